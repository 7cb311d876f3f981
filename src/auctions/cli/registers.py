"""Registers in and out, and the rows an import set aside."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import psycopg
import typer
from rich.console import Console
from rich.progress import Progress

from auctions.application.recording import Actor
from auctions.cli.common import Json, database, print_json, print_table
from auctions.domain.errors import Refused
from auctions.journal.columns import COLUMNS, nearest
from auctions.journal.exporting import FORMATS, export_journal
from auctions.journal.importing import Import, Mode, Report
from auctions.journal.retrying import retry
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from auctions.store.quarantine import SetAside, quarantined

SHOWN = 20
By = Annotated[str, typer.Option("--actor", help="Who records: a reference, never a name.")]
ByOffice = Annotated[str, typer.Option("--office", help="The office the actor records for.")]
Ids = Annotated[list[UUID] | None, typer.Argument(metavar="ID", help="Rows by id; all by default.")]


def import_(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV, XLSX or JSON lines.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; record nothing.")
    ] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help="Record nothing if a row is refused (the default).")
    ] = False,
    quarantine: Annotated[
        bool, typer.Option("--quarantine", help="Record what is possible, set the other rows aside.")
    ] = False,
    actor: By = "importer",
    office: ByOffice = "",
    json: Json = False,
) -> None:
    """Record a register in the journal form: one row an entry, columns asset_ref, entry, on and its fields.

    Importing a file twice changes nothing. Every refused row is reported with its row, column and reason.
    """
    if dry_run + all_or_nothing + quarantine > 1:
        raise typer.BadParameter("one of --dry-run, --all-or-nothing and --quarantine")
    from auctions.journal.read import read_rows  # noqa: PLC0415 - slow, and no other command needs it

    mode = Mode.DRY_RUN if dry_run else Mode.QUARANTINE if quarantine else Mode.ALL_OR_NOTHING
    with _store() as store, Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=1.0)

        def progress(phase: str, done: float) -> None:
            bar.update(task, description=phase, completed=done)

        run = Import(store, Actor(actor, office), mode, file.name, progress)
        report = run.run(read_rows(file, lambda done: progress("reading", done)))
    _print_report(report, mode, json=json)


@contextmanager
def _store() -> Iterator[PostgresStore]:
    store = PostgresStore(database())
    try:
        yield store
    finally:
        store.close()


def _print_report(report: Report, mode: Mode, *, json: bool) -> None:
    if json:
        print_json(_report(report))
    else:
        _print_words(report, mode)
    if report.problems:
        raise typer.Exit(1)


def _report(report: Report) -> dict[str, Any]:
    problems = [
        {"row": problem.row, "column": problem.column, "code": problem.code, "message": problem.message}
        for problem in report.problems
    ]
    return report._asdict() | {"problems": problems}


def _print_words(report: Report, mode: Mode) -> None:
    would = "would be " if mode is Mode.DRY_RUN else ""
    kept = " and set aside" if mode is Mode.QUARANTINE and report.refused else ""
    typer.echo(
        f"{report.rows:,} rows of {report.assets:,} assets: {report.recorded:,} {would}recorded, "
        f"{report.already:,} recorded already, {report.refused:,} refused{kept}"
    )
    if mode is Mode.ALL_OR_NOTHING and report.problems:
        typer.echo("nothing was recorded: mend the rows below, or record the possible part with --quarantine")
    if report.problems:
        rows = [(each.row, each.column, each.code, each.message) for each in report.problems[:SHOWN]]
        print_table("Problems", ("row", "column", "code", "message"), rows)
    if len(report.problems) > SHOWN:
        typer.echo(f"… and {len(report.problems) - SHOWN:,} more; --json lists all")


def export(
    what: Annotated[str, typer.Argument(metavar="journal", help="What to export: journal.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            dir_okay=False,
            writable=True,
            help="The file to write; its suffix is the format.",
        ),
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", help=f"One of {', '.join(FORMATS)}; csv by default.")
    ] = None,
) -> None:
    """Write the whole log as a register in the journal form, to standard output or to a file.

    Imported into an empty database it gives identical answers, and exported again identical bytes.
    """
    form = form or (out.suffix.removeprefix(".").lower() if out else "csv")
    if what != "journal" or form not in FORMATS or (form == "xlsx" and out is None):
        raise typer.BadParameter(
            f"expected journal, --format one of {', '.join(FORMATS)}, and --out for xlsx"
        )
    if out and not out.parent.is_dir():
        raise typer.BadParameter(f"{out.parent} is no folder")
    with connection(database()) as reader:
        try:
            _export(reader, out, form)
        except ValueError as error:
            raise Refused("cell-too-large", str(error)) from error


def _export(reader: psycopg.Connection[Any], out: Path | None, form: str) -> None:
    if out is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # a text stream in a terminal program
        export_journal(reader, sys.stdout, form)
    elif form == "xlsx":
        export_journal(reader, out, form)
    else:
        with out.open("w", encoding="utf-8", newline="") as stream:
            export_journal(reader, stream, form)


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
    with _store() as store, connection(database()) as writer:
        report = retry(store, writer, Actor(actor, office), ids=ids, mended=mended)
    _print_report(report, Mode.QUARANTINE, json=json)


def _pair(text: str) -> tuple[str, str]:
    column, separator, value = text.partition("=")
    if not separator or column not in COLUMNS:
        hint = nearest(column, COLUMNS)
        raise typer.BadParameter(f"{text}: expected COLUMN=VALUE with a column of the journal form{hint}")
    return column, value
