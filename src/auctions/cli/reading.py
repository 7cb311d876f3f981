"""One asset's file: what it is, what happened, how its price came down."""

import sys
from datetime import date
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import typer

from auctions.application.recording import today
from auctions.cli.common import Json, database, language, print_json, print_table
from auctions.cli.two_times import AsOf, KnownAt, day, known
from auctions.domain.asset.events import Seized, asset_id
from auctions.domain.asset.law import LawOf
from auctions.domain.asset.state import State, fold
from auctions.domain.errors import Refused
from auctions.domain.event import Recorded
from auctions.store.connect import connection
from projections import log
from projections.projection import Folded, folded
from projections.views import View, asset_view, history_view, ladder_view

Ref = Annotated[str, typer.Argument(metavar="REF", help="The agency's own reference of the asset.")]
Office = Annotated[str | None, typer.Option(help="The seizing office, where several use the reference.")]


def show(
    ref: Ref, office: Office = None, as_of: AsOf = None, known_at: KnownAt = None, json: Json = False
) -> None:
    """Show what is known of an asset: the seizure, the stage, the price in force, the rounds."""
    stream_id, lines = _file(ref, office, known_at)
    view = asset_view(stream_id, len(lines), _state(lines, as_of))
    if json:
        print_json(view)
        return
    rounds = view.pop("rounds")
    facts = [(name, shown(name, value)) for name, value in view.items() if value not in (None, [], {}, False)]
    print_table(ref, ("field", "value"), facts)
    if rounds:
        print_table("Rounds", tuple(rounds[0]), [[shown(*cell) for cell in each.items()] for each in rounds])


def history(
    ref: Ref,
    office: Office = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the entries as CSV.")] = False,
) -> None:
    """List every entry of an asset's file as it was recorded, a struck one with the entry that strikes it."""
    until = day(as_of)
    _, lines = _file(ref, office, known_at)
    view = history_view(lines)
    view["entries"] = [each for each in view["entries"] if until is None or each["on"] <= until.isoformat()]
    if json and csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    if json:
        print_json(view)
        return
    if csv:
        from api.history_csv import history_csv  # noqa: PLC0415 - slow, and no other command needs it

        sys.stdout.buffer.write(history_csv(view).encode())
        return
    columns = ("entry_no", "entry", "on", "recorded_at", "actor", "struck_by", "data")
    rows = [[shown(name, each[name]) for name in columns] for each in view["entries"]]
    print_table(f"History of {ref}", columns, rows)


def ladder(
    ref: Ref,
    office: Office = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the steps as CSV.")] = False,
    svg: Annotated[bool, typer.Option("--svg", help="Print a picture, one A4 page across.")] = False,
) -> None:
    """Show how an asset's price came down: each level with its cause, its shares, the days it took.

    The shares are of the level before, of the first one and of the loan value; the hammer comes last.
    """
    if json + csv + svg > 1:
        raise typer.BadParameter("--json, --csv and --svg exclude each other")
    stream_id, lines = _file(ref, office, known_at)
    view = ladder_view(stream_id, _state(lines, as_of))
    if json:
        print_json(view)
    elif csv or svg:
        times = {"as_of": (day(as_of) or today()).isoformat(), "known_at": lines[-1].position}
        _print_file(view | times, svg=svg)
    else:
        columns = ("step", "cause", "on", "price", "of_previous", "of_first", "of_loan", "days")
        rows = [[shown(name, step[name]) for name in columns] for step in view["steps"]]
        print_table(f"Price ladder of {ref}", columns, rows)
        if view["loan_value"]:
            print_table("", ("", "dong"), [("loan_value", view["loan_value"])])


def _print_file(view: View, *, svg: bool) -> None:
    from api.decline_csv import ladder_csv  # noqa: PLC0415 - slow, and no other command needs it
    from api.ladder_svg import ladder_svg  # noqa: PLC0415 - slow, and no other command needs it

    written = ladder_svg(view, language()) if svg else ladder_csv(view)
    sys.stdout.buffer.write(written.encode())


def shown(name: str, value: Any) -> object:  # noqa: ANN401 - a field of a view
    """Return a field of a view for a table: days as days."""
    is_day = value and (name == "on" or name.endswith("_on"))
    return date.fromisoformat(value) if is_day else value


def _state(lines: list[Recorded], as_of: Any) -> State:  # noqa: ANN401 - the option's own type
    state = fold(log.numbered(lines), until=day(as_of))
    if state.seized is None:
        raise Refused("not-seized", f"no seizure stands as of {day(as_of) or today()}")
    return state


class KnownFile(NamedTuple):
    """An asset's file as known at a position of the log, and which law each office judges by there."""

    asset_id: UUID
    lines: list[Recorded]
    position: int
    law_of: LawOf


def known_file(ref: str, office: str | None, known_at: str | None) -> KnownFile:
    """Return an asset's file as known at a time. Raises Refused."""
    stream_id, lines = _file(ref, office, known_at)
    with connection(database()) as reader:
        asked = known(reader, known_at)
        position = log.head(reader) if asked is None else asked
        return KnownFile(stream_id, lines, position, log.laws(reader, position))


def folded_file(ref: str, office: str | None, until: date, known_at: str | None) -> Folded:
    """Return an asset's file as known at a time, folded up to the end of a legal day. Raises Refused."""
    file = known_file(ref, office, known_at)
    return folded(file.asset_id, log.numbered(file.lines), file.law_of, until=until)


def file_id(ref: str, office: str | None) -> UUID:
    """Return the id of the file under a reference. Raises Refused where there is none, or several."""
    return _file(ref, office)[0]


def file_places(ref: str, office: str | None) -> tuple[UUID, list[tuple[int, int]]]:
    """Return the id of the file under a reference, and the number and position of each of its entries.

    Raises Refused where there is none, or several.
    """
    stream_id, recorded = _file(ref, office)
    return stream_id, [(line.entry_no, line.position) for line in recorded]


def _file(ref: str, office: str | None, known_at: str | None = None) -> tuple[UUID, list[Recorded]]:
    with connection(database()) as reader:
        position = known(reader, known_at)
        offices = [office] if office else log.seizing_offices(reader, ref)
        if len(offices) > 1:
            raise Refused("ambiguous-asset", f"{ref} is of {', '.join(offices)}: say which by --office")
        lines = log.file(reader, asset_id(offices[0], ref)) if offices else []
        lines = [line for line in lines if position is None or line.position <= position]
        if not any(isinstance(line.entry, Seized) for line in lines):
            raise Refused(
                "unknown-asset", f"no asset is recorded under {ref}: `auctions assets --q` finds one"
            )
        return lines[0].stream_id, lines
