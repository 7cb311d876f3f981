"""Registers in and out."""

import sys
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from rich.console import Console
from rich.progress import Progress

from auctions.application.recording import Actor
from auctions.cli.common import Json, database
from auctions.cli.reports import By, ByOffice, opened_store, print_report
from auctions.domain.errors import Refused
from auctions.journal.exporting import FORMATS, export_journal
from auctions.journal.importing import Import, Mode
from auctions.store.connect import connection


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
    with opened_store() as store, Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=1.0)

        def progress(phase: str, done: float) -> None:
            bar.update(task, description=phase, completed=done)

        run = Import(store, Actor(actor, office), mode, file.name, progress)
        report = run.run(read_rows(file, lambda done: progress("reading", done)))
    print_report(report, mode, json=json)


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
    """Write every asset's file as a register in the journal form, to standard output or to a file.

    Imported into an empty database it gives identical answers, and exported again identical bytes. The rules
    that offices have chosen or set are not in it: `auctions offices list` tells them.
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
