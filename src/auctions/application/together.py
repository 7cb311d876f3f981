"""Commands of many who ask, decided and recorded in a few round trips."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from auctions.application.recording import Asked, OfficeLaws, Outcome, decide, loaded
from auctions.domain.asset.decisions import File
from auctions.domain.asset.law import Law
from auctions.domain.errors import Refused
from auctions.store.port import Command, Store


def record_each(store: Store, asked: Sequence[Asked]) -> list[Outcome | None]:
    """Record commands, each for itself, and return their outcomes in order.

    None stands in the place of one that was not recorded: it is refused, or was recorded before, or another
    of these is of the same file. Recorded alone (`record`), it is told why. Raises NoDatabase.
    """
    first = {each.stream_id: each for each in reversed(asked)}
    files, known = loaded(store, first, {each.by.office for each in asked if not each.as_found})
    decided = [
        _decided(store, files, each, known) if each is first[each.stream_id] else None for each in asked
    ]
    receipts = iter(store.append_each([found[0] for found in decided if found]))
    outcomes: list[Outcome | None] = []
    for found in decided:
        receipt = next(receipts) if found else None
        outcomes.append(found[1]._replace(positions=receipt.positions) if found and receipt else None)
    return outcomes


def _decided(
    store: Store, files: Mapping[UUID, File], asked: Asked, known: Mapping[str, Law]
) -> tuple[Command, Outcome] | None:
    try:
        return decide(store, files[asked.stream_id], asked, OfficeLaws(store, known))
    except Refused:
        return None
