"""The daily seal of the register, and which there are."""

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from auctions.application.recording import Actor
from auctions.cli.common import Json, database, print_json, print_table
from auctions.cli.pages import answering
from auctions.cli.reading import shown
from auctions.cli.reports import By, opened_store
from auctions.domain.register.events import REGISTER_ID
from auctions.store.connect import connection
from auctions.store.port import Command
from projections.asset_list import READ
from projections.log import register_file
from projections.views import View
from projections.views_of_closes import seal_view, seals_view

if TYPE_CHECKING:
    from auctions.domain.register.events import RegisterSealed

_SEAL = ("on", "known_at", "assets", "entries", "unsold", "price", "first_price", "sha256")


def seal(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be sealed; nothing is recorded.")
    ] = False,
    actor: By = "sealer",
    json: Json = False,
) -> None:
    """Seal the register as it is known now, as a timer does every day.

    One digest commits to every asset, by its last entry's number and hash, with the stock that is unsold
    today. Where nothing was entered since the last seal, that one is told and none is recorded.
    """
    entry = _sealing()
    last = next(iter(_seals()), None)
    if last and last["sha256"] == entry.sha256:
        told = last
    else:
        told = seal_view(entry) if dry_run else _recorded(entry, actor)
    if json:
        print_json(told)
    elif told["position"] is None:
        _print("The register would be sealed", [told])
    else:
        _print(f"The register is sealed at position {told['position']:,}", [told])


def seals(json: Json = False) -> None:
    """List the seals of the register, the last first."""
    told = _seals()
    if json:
        print_json({"items": told})
    else:
        _print("Seals of the register", told)


def _sealing() -> "RegisterSealed":
    from api.register_seals import register_seal  # noqa: PLC0415 - slow, and no other command needs it

    with answering(READ, None, None) as answer:
        return register_seal(answer.reader, answer.position)


def _seals() -> list[View]:
    with connection(database()) as reader:
        return seals_view(register_file(reader))


def _recorded(entry: "RegisterSealed", actor: str) -> View:
    with opened_store() as store:
        version = len(store.lines([REGISTER_ID])[REGISTER_ID])
        envelope = Actor(actor, "").envelope(uuid4(), "")
        store.append(Command(REGISTER_ID, version, (entry,), envelope))
    return _seals()[0]


def _print(title: str, told: list[View]) -> None:
    rows = [each | each["unsold"] | {"unsold": each["unsold"]["n"]} for each in told]
    print_table(title, _SEAL, [[shown(name, row[name]) for name in _SEAL] for row in rows])
