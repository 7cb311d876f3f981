"""What importing and retrying share: the store, who records, and the report."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from auctions.cli.common import database, print_json, print_table
from auctions.journal.importing import Mode, Report
from auctions.store.postgres import PostgresStore

SHOWN = 20
By = Annotated[str, typer.Option("--actor", help="Who records: a reference, never a name.")]
ByOffice = Annotated[str, typer.Option("--office", help="The office the actor records for.")]


@contextmanager
def opened_store() -> Iterator[PostgresStore]:
    """Lend a store on the database."""
    store = PostgresStore(database())
    try:
        yield store
    finally:
        store.close()


def print_report(report: Report, mode: Mode, *, json: bool) -> None:
    """Print what became of rows; end with 1 where there were problems."""
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
    counts = ("rows", "recorded", "already", "refused", "assets")
    return {name: getattr(report, name) for name in counts} | {"problems": problems}


def _print_words(report: Report, mode: Mode) -> None:
    would = "would be " if mode is Mode.DRY_RUN else ""
    kept = " and set aside" if mode is Mode.QUARANTINE and report.kept and report.refused else ""
    typer.echo(
        f"{report.rows:,} rows of {report.assets:,} assets: {report.recorded:,} {would}recorded, "
        f"{report.already:,} recorded already, {report.refused:,} refused{kept}"
    )
    if mode is Mode.ALL_OR_NOTHING and report.problems:
        typer.echo("nothing was recorded: mend the rows below, or record the possible part with --quarantine")
    if mode is Mode.QUARANTINE and not report.kept:
        typer.echo("nothing was recorded or set aside: the file itself is not right, see below")
    if report.problems:
        rows = [(each.row, each.column, each.code, each.message) for each in report.problems[:SHOWN]]
        print_table("Problems", ("row", "column", "code", "message"), rows)
    if len(report.problems) > SHOWN:
        typer.echo(f"… and {len(report.problems) - SHOWN:,} more; --json lists all")
