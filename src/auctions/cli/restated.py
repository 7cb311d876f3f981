"""What was entered in a closed book after its close."""

import sys
from typing import Annotated

import orjson
import typer

from auctions.cli.closing import AsQuarter, Office, quarter_of
from auctions.cli.common import Json, language, print_json, print_table
from auctions.cli.pages import answering
from auctions.cli.reading import shown
from auctions.cli.two_times import KnownAt
from projections import log
from projections.after_close import after_close
from projections.asset_list import READ
from projections.views import View
from projections.views_of_closes import found_close

_ENTRY = ("asset_ref", "entry_no", "entry", "on", "recorded_at", "actor", "basis", "reason", "note")
_CSV = (*_ENTRY, "remark_vi", "remark", "days_late", "role", "struck", "asset_id", "position", "data")


def restated(
    office: Office,
    quarter: AsQuarter,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the entries as CSV.")] = False,
) -> None:
    """List what was entered after a quarter's close of days before its end: by whom, why, with the remark.

    The stock that was unsold at the end of the quarter is told as it was closed and as it is known now.
    The same --known-at prints the same again.
    """
    asked = quarter_of(quarter)
    if json and csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    with answering(READ, None, known_at) as answer:
        position = answer.position if answer.times.known_at is None else answer.times.known_at
        close = found_close(log.office_file(answer.reader, office), asked, position)
        told = after_close(answer.reader, close, position)
    if json:
        print_json(told)
    elif csv:
        _print_csv(told)
    else:
        _print(told)


def _print_csv(told: View) -> None:
    from api.list_files import CsvFile, written  # noqa: PLC0415 - slow, and only CSV needs it

    rows = [(orjson.dumps(entry),) for entry in told["entries"]]
    sys.stdout.buffer.writelines(written(CsvFile(_CSV), iter([rows])))


def _print(told: View) -> None:
    closed, known_at = told["known_at"]
    title = f"{told['quarter']} of {told['office']}, closed at {closed:,}, as known at {known_at:,}"
    totals = [(when, *told["unsold"][when].values()) for when in ("before", "after")]
    print_table(f"Unsold at the end of {title}", ("told", "n", "price", "first_price"), totals)
    remark = "remark_vi" if language() == "vi" else "remark"
    entries = [[*(shown(name, entry[name]) for name in _ENTRY), entry[remark]] for entry in told["entries"]]
    print_table(f"Entered after the close: {len(entries):,}", (*_ENTRY, "remark"), entries)
