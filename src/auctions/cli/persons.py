"""Persons: who stands behind a reference, kept apart from the log, shown to those who may, and erased."""

import json as json_
from pathlib import Path
from typing import Annotated, Any, LiteralString

import typer
from pydantic import ValidationError

from auctions.cli import person_requests
from auctions.cli.common import Json, database, print_json, print_table
from auctions.domain.errors import Refused
from auctions.domain.person import Person
from auctions.domain.roles import Role
from auctions.settings import Settings
from auctions.store import master_key
from auctions.store import persons as kept
from auctions.store.connect import connection
from auctions.store.sealing import NotOpened

persons = typer.Typer(
    no_args_is_help=True,
    help="""Persons behind references: new-key, add, show, reads, erase, rewrap; request, answer, requests.

    Entries name parties by reference alone. Names, numbers and contacts are kept apart, each person's under a
    key of its own, which the key in AUCTIONS_PERSONS_KEY_FILE seals. Erasing that key erases the person, and
    every entry stays as it is.""",
)

persons.command()(person_requests.request)
persons.command()(person_requests.answer)
persons.command()(person_requests.requests)

Ref = Annotated[str, typer.Argument(metavar="REF", help="The person's reference, as entries name it.")]
Office = Annotated[str, typer.Option(metavar="CODE", help="The office that keeps the person.")]
As = Annotated[str, typer.Option("--as", metavar="ACTOR", help="Who asks: a reference, never a name.")]
Why = Annotated[str, typer.Option("--reason", help="Why; it is kept, so no name belongs into it.")]
_MOST = 1_000_000


@persons.command()
def new_key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; nothing is written over.")],
) -> None:
    """Make a key under which persons are kept, in a file that only you read.

    Without it nobody reads a name again, so keep a copy; with it a dump is readable, so keep that apart.
    """
    master_key.make(file)
    typer.echo(f"{file}: made; name it in AUCTIONS_PERSONS_KEY_FILE")


@persons.command()
def add(
    reference: Ref,
    office: Office,
    from_: Annotated[
        typer.FileBinaryRead,
        typer.Option("--from", help="A file, or - for standard input: JSON with name, identity_no, contact."),
    ],
    actor: As,
) -> None:
    """Enter a person, or enter the person of a reference anew.

    What is entered is read from a file, because arguments stay in the history of a shell. A reference whose
    person was erased takes no other person.
    """
    asked = kept.sealed(_master(), office, reference, _person(from_.read()))
    kept.not_erased(_row(kept.ENTER, {**asked, "actor": actor}), reference)
    typer.echo(f"{reference}: kept by {office}")


@persons.command()
def show(reference: Ref, office: Office, actor: As, reason: Why, json: Json = False) -> None:
    """Show a person; who is shown it, when and why is noted first, for good."""
    note = {
        "actor": actor,
        "actor_office": "",
        "role": Role.ADMINISTRATOR,
        "reason": reason,
        "request_id": "",
    }
    master = _master()
    row = _row(kept.READ, {"office": office, "reference": reference, **note})
    person = kept.shown(master, kept.Kept(*kept.there(row, reference))).model_dump()
    if json:
        print_json({"office": office, "reference": reference, **person})
    else:
        print_table(f"{reference} of {office}", list(person), [list(person.values())])


@persons.command()
def reads(reference: Ref, office: Office, json: Json = False) -> None:
    """List to whom a person was shown, when and why: the answer that is owed to the person who asks.

    Law 91/2025/QH15 gives two working days for it. The list stays after the person is erased.
    """
    asked = {"office": office, "reference": reference, "after": 0, "limit": _MOST}
    kept.there(_row(kept.FIND, asked), reference)
    with connection(database()) as own:
        items = [json_.loads(row[1]) for row in own.execute(kept.READS, asked)]
    if json:
        print_json({"items": items})
    else:
        columns = ("read_at", "actor", "actor_office", "role", "reason", "request_id")
        print_table(f"{reference} of {office}", columns, [[each[name] for name in columns] for each in items])


@persons.command()
def erase(reference: Ref, office: Office, actor: As, reason: Why) -> None:
    """Erase a person for good: name, numbers and their key. Entries keep the reference.

    Dumps made before still hold it: see "Persons" in deploy/RUNBOOK.md.
    """
    asked = {"office": office, "reference": reference, "actor": actor, "reason": reason}
    kept.there(_row(kept.ERASE, asked), reference)
    typer.echo(f"{reference}: erased")


@persons.command()
def rewrap(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The other key, as new-key made it.")],
) -> None:
    """Seal the keys of all persons by another key; after it AUCTIONS_PERSONS_KEY_FILE must name that one.

    Stop the service before. Where the key before is destroyed, no dump from before can be read any more.
    """
    old, new = _master(), master_key.read(file)
    try:
        with connection(database()) as own:
            number = kept.rewrap(own, old, new)
    except NotOpened as error:
        raise Refused("person-unreadable", f"nothing was changed: {error}") from error
    typer.echo(f"{number:,} sealed by the key in {file}; name it in AUCTIONS_PERSONS_KEY_FILE")


def _master() -> bytes:
    return master_key.read(Settings().persons_key_file)


def _row(statement: LiteralString, asked: dict[str, Any]) -> tuple[Any, ...] | None:
    with connection(database()) as own:
        return own.execute(statement, asked).fetchone()


def _person(given: bytes) -> Person:
    try:
        return Person.model_validate_json(given)
    except ValidationError as error:
        fault = error.errors(include_input=False)[0]
        place = "/".join(["", *map(str, fault["loc"])])
        raise Refused("body-refused", f"{place or '/'}: {fault['msg']}") from error
