"""The quarterly close: an office's book is closed for a quarter, and what was closed is listed."""

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.progress import Progress

from auctions.application.closing import close_book
from auctions.application.recording import Actor
from auctions.cli.common import Json, database, print_json, print_table
from auctions.cli.pages import answering
from auctions.cli.reading import shown
from auctions.cli.reports import By, opened_store
from auctions.domain.event import Recorded
from auctions.domain.quarters import Quarter
from auctions.store.connect import connection
from projections import log
from projections.asset_list import READ
from projections.views import View
from projections.views_of_closes import close_view, closes_view

if TYPE_CHECKING:
    from api.closing import Closing

Office = Annotated[str, typer.Option(metavar="CODE", help="The office whose book it is.")]
AsQuarter = Annotated[str, typer.Option("--quarter", metavar="QUARTER", help="A quarter such as 2025-Q3.")]
_CLOSE = ("quarter", "on", "known_at", "assets", "entries", "unsold", "price", "first_price", "sha256")


def close(
    office: Office,
    quarter: AsQuarter,
    basis: Annotated[str | None, typer.Option(help="The number of the minutes of the closing.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be closed; nothing is recorded.")
    ] = False,
    actor: By = "supervisor",
    json: Json = False,
) -> None:
    """Close an office's book for a quarter that is over, once: closed again, it tells of the first close.

    What is known now of all its assets is committed to by one digest, with the stock that was unsold at the
    end of the quarter. What is entered later of days before then is told apart: `auctions restated`.
    """
    asked = quarter_of(quarter)
    told = closes_view(office_file(office)).get(str(asked))
    if told is None:
        made = _closing(office, asked, basis)
        told = close_view(made.entry) if dry_run else _recorded(made, actor)
    if json:
        print_json(told)
    elif told["position"] is None:
        _print(f"{asked} of {office} would be closed", [told])
    else:
        _print(f"{asked} of {office} closed at position {told['position']:,}", [told])


def closes_(office: Office, json: Json = False) -> None:
    """List the quarters for which an office's book is closed, the last first, as known at which position."""
    told = list(closes_view(office_file(office)).values())
    if json:
        print_json({"office": office, "items": told})
    else:
        _print(f"Closes of {office}", told)


def quarter_of(name: str) -> Quarter:
    """Return the quarter that --quarter names; another word is wrong use."""
    try:
        return Quarter.named(name)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def office_file(office: str) -> list[Recorded]:
    """Return an office's file as it stands."""
    with connection(database()) as reader:
        return log.office_file(reader, office)


def _closing(office: str, quarter: Quarter, basis: str | None) -> "Closing":
    from api.closing import closing  # noqa: PLC0415 - slow, and no other command needs it

    console = Console(stderr=True)
    with (
        answering(READ, None, None) as answer,
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task(f"reading the book of {office}", total=None)
        return closing(
            answer.reader,
            log.office_file(answer.reader, office),
            office,
            quarter,
            answer.position,
            basis=basis,
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )


def _recorded(made: "Closing", actor: str) -> View:
    entry, open_since = made
    with opened_store() as store:
        by = Actor(actor, entry.office, "supervisor")
        close_book(store, entry, open_since=open_since, by=by, command_id=uuid4())
    return closes_view(office_file(entry.office))[str(entry.quarter)]


def _print(title: str, told: list[View]) -> None:
    rows = [each | each["unsold"] | {"unsold": each["unsold"]["n"]} for each in told]
    print_table(title, _CLOSE, [[shown(name, row[name]) for name in _CLOSE] for row in rows])
