"""The rows an import set aside: listed, shown, tried again."""

from typing import Annotated
from uuid import UUID

import typer

from auctions.application.recording import Actor
from auctions.cli.common import Json, database, print_json, print_table
from auctions.cli.reports import By, ByOffice, opened_store, print_report
from auctions.domain.errors import Refused
from auctions.journal.columns import COLUMNS, nearest
from auctions.journal.importing import Mode
from auctions.journal.retrying import retry
from auctions.store.connect import connection
from auctions.store.quarantine import SetAside, quarantined

Ids = Annotated[list[UUID] | None, typer.Argument(metavar="ID", help="Rows by id; all by default.")]

quarantine = typer.Typer(no_args_is_help=True, help="Rows that an import set aside: list, show, retry.")


@quarantine.command("list")
def list_(json: Json = False) -> None:
    """List the rows that wait, with their reasons."""
    with connection(database()) as reader:
        rows = quarantined(reader)
    if json:
        print_json({"items": [row._asdict() for row in rows]})
        return
    lines = [(str(row.quarantine_id), row.source, row.row_no, row.asset_ref, _reasons(row)) for row in rows]
    print_table(f"Quarantine: {len(rows):,} rows", ("id", "file", "row", "asset_ref", "reasons"), lines)


def _reasons(row: SetAside) -> str:
    return "; ".join(f"{each['code']}: {each['message']}" for each in row.problems)


@quarantine.command()
def show(
    quarantine_id: Annotated[UUID, typer.Argument(metavar="ID", help="The row's id in the list.")],
    json: Json = False,
) -> None:
    """Show one row that waits: its cells as they were, and what was wrong."""
    with connection(database()) as reader:
        found = quarantined(reader, [quarantine_id])
    if not found:
        raise Refused("unknown-row", f"no row {quarantine_id} waits in the quarantine")
    if json:
        print_json(found[0]._asdict())
        return
    print_table(
        f"Row {found[0].row_no} of {found[0].source}", ("column", "value"), list(found[0].cells.items())
    )
    problems = [tuple(each.values()) for each in found[0].problems]
    print_table("Problems", ("column", "code", "message"), problems)


@quarantine.command("retry")
def retry_(
    ids: Ids = None,
    mend: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="COLUMN=VALUE", help="Mend a cell of the rows first; nothing after = empties it."
        ),
    ] = None,
    actor: By = "importer",
    office: ByOffice = "",
    json: Json = False,
) -> None:
    """Try rows again, mended or after others were recorded; what is recorded waits no more."""
    mended = dict(_pair(each) for each in mend or ())
    if mended and not ids:
        raise typer.BadParameter("--set mends the rows you name by id")
    with opened_store() as store, connection(database()) as writer:
        report = retry(store, writer, Actor(actor, office), ids=ids, mended=mended)
    print_report(report, Mode.QUARANTINE, json=json)


def _pair(text: str) -> tuple[str, str]:
    column, separator, value = text.partition("=")
    if not separator or column not in COLUMNS:
        hint = nearest(column, COLUMNS)
        raise typer.BadParameter(f"{text}: expected COLUMN=VALUE with a column of the journal form{hint}")
    return column, value
