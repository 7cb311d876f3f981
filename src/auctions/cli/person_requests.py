"""What persons ask about their data: noted, answered, listed with the day by which an answer is due."""

from datetime import datetime
from typing import Annotated

import typer

from auctions.application.recording import today
from auctions.cli.common import Json, database, print_json, print_table
from auctions.cli.two_times import day, written_day
from auctions.store import person_requests as kept
from auctions.store.connect import connection

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `auctions persons requests` shows it.")]
Ref = Annotated[str, typer.Argument(metavar="REF", help="Who asks: the reference in entries, never a name.")]
Office = Annotated[str, typer.Option(metavar="CODE", help="The office that is asked.")]
As = Annotated[str, typer.Option("--as", metavar="ACTOR", help="Who notes it: a reference, never a name.")]


def requests(
    office: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only what this office is asked.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Those that are answered too.")] = False,
    json: Json = False,
) -> None:
    """List what persons ask about their data and are not answered, the first due first.

    A person is answered within two working days after the day of receipt (Law 91/2025/QH15, Decree
    356/2025/NĐ-CP). Late is what was answered after that day, or is not answered and the day is over.
    """
    with connection(database()) as own:
        found = kept.requests(own, today(), office=office, answered_too=all_)
    if json:
        print_json({"items": [each._asdict() for each in found]})
    else:
        print_table(f"Requests: {len(found):,}", kept.Request._fields, found)


def request(
    reference: Ref,
    office: Office,
    what: Annotated[
        kept.What, typer.Option(help="To see the data, to have them corrected or erased, to object.")
    ],
    actor: As,
    received: Annotated[
        datetime | None,
        typer.Option(parser=written_day, metavar="DAY", help="When it came.", show_default="today"),
    ] = None,
) -> None:
    """Note what a person asks about its data, and tell by which day an answer is due.

    Nothing else is done: `show`, `add`, `erase` do what is asked for, `answer` notes what was answered.
    """
    received_on = day(received) or today()
    with connection(database()) as own:
        number = kept.note(
            own, office=office, reference=reference, what=what, received_on=received_on, actor=actor
        )
    typer.echo(f"request {number}: to be answered by {kept.due_on(received_on)}")


def answer(
    number: Number,
    actor: As,
    words: Annotated[str, typer.Option("--answer", help="What was answered; no name, no number of a paper.")],
    on: Annotated[
        datetime | None,
        typer.Option(parser=written_day, metavar="DAY", help="When it was answered.", show_default="today"),
    ] = None,
) -> None:
    """Note what a person was answered, once."""
    with connection(database()) as own:
        kept.answer(own, number=number, on=day(on) or today(), actor=actor, answer=words)
    typer.echo(f"request {number}: answered")
