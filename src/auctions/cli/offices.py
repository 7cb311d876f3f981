"""Offices: which rulebook each judges by, and the limits it has set."""

import re
from datetime import datetime
from typing import Annotated

import typer
from pydantic import ValidationError

from auctions.application.offices import change_rules
from auctions.application.recording import Actor, today
from auctions.cli.common import Json, database, print_json, print_table
from auctions.cli.reading import shown
from auctions.cli.reports import By, opened_store
from auctions.domain.office.events import LimitOverridden, OfficeEntry, RulebookChosen
from auctions.rules.rulebook import rulebooks
from auctions.store.connect import connection
from projections import log
from projections.views_of_laws import office_view, offices_view

offices = typer.Typer(no_args_is_help=True, help="Offices and the rules they judge by: set, list, show.")

_NUMBER = re.compile(r"[0-9]{1,16}")
Code = Annotated[str, typer.Argument(metavar="CODE", help="The office's code, as files name it.")]


@offices.command("set")
def set_(
    code: Code,
    rulebook: Annotated[
        str | None, typer.Option(metavar="ID", help=f"Judge by this rulebook: {', '.join(rulebooks())}.")
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE=NUMBER", help="Another number for a rule: N-FAIL-03=8. May be repeated."),
    ] = None,
    effective_on: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="The limits count for steps from this day on."),
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why the limits are set; needed with --limit.")] = None,
    basis: Annotated[str | None, typer.Option(help="The number of the decision that says so.")] = None,
    actor: By = "administrator",
) -> None:
    """Choose the rulebook an office judges by, or set limits of its own.

    A limit the law leaves no doubt about can only be made stricter. Findings and deadlines follow at once;
    who changed what, when and why stays on the office's file: `auctions offices show CODE`.
    """
    entries: list[OfficeEntry] = []
    try:
        if rulebook:
            entries.append(RulebookChosen(on=today(), office=code, rulebook=rulebook.lower(), basis=basis))
        entries += [_limit(code, each, effective_on, reason, basis) for each in limit or ()]
    except ValidationError as error:
        fault = error.errors()[0]
        raise typer.BadParameter(f"{fault['loc'][0]}: {fault['msg']}") from error
    if not entries:
        raise typer.BadParameter("expected --rulebook or --limit")
    with opened_store() as store:
        change_rules(store, entries, by=Actor(actor, code, "administrator"))
    typer.echo(f"{code}: {len(entries)} recorded")


def _limit(
    code: str, asked: str, effective_on: datetime | None, reason: str | None, basis: str | None
) -> LimitOverridden:
    rule, _, number = asked.partition("=")
    if not _NUMBER.fullmatch(number):
        raise typer.BadParameter(f"{asked}: expected RULE=NUMBER, such as N-FAIL-03=8")
    if effective_on is None or not reason or not reason.strip():
        raise typer.BadParameter("--limit needs --from, the day it counts from, and --reason")
    return LimitOverridden(
        on=today(),
        office=code,
        rule=rule,
        limit=int(number),
        effective_on=effective_on.date(),
        reason=reason,
        basis=basis,
    )


@offices.command("list")
def list_(json: Json = False) -> None:
    """List the offices that have changed their rules; all others judge by rulebook vn as it stands."""
    with connection(database()) as reader:
        laws = log.laws(reader, log.head(reader))
    told = offices_view(laws.offices)
    if json:
        print_json(told)
    else:
        rows = [tuple(each.values()) for each in told["items"]]
        print_table("Offices", ("office", "rulebook", "version", "limits"), rows)


@offices.command()
def show(code: Code, json: Json = False) -> None:
    """Show an office's file: who chose which rulebook and set which limit, when and why."""
    with connection(database()) as reader:
        told = office_view(code, log.office_file(reader, code))
    if json:
        print_json(told)
        return
    columns = ("entry_no", "entry", "on", "recorded_at", "actor", "data")
    lines = [[shown(name, entry[name]) for name in columns] for entry in told["entries"]]
    print_table(f"Rules of {code}", columns, lines)
