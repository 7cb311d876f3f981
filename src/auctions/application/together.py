"""Commands of many who ask, decided and recorded in a few round trips."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from auctions.application.kept_files import KeptFiles
from auctions.application.recording import Asked, OfficeLaws, Outcome, decide, loaded
from auctions.domain.asset.decisions import File
from auctions.domain.asset.law import Law
from auctions.domain.errors import Refused
from auctions.store.port import Command, Store


def record_each(store: Store, asked: Sequence[Asked], kept: KeptFiles) -> list[Outcome | None]:
    """Record commands, each for itself, and return their outcomes in order.

    None stands in the place of one that was not recorded: it is refused, or was recorded before, or another
    of these is of the same file. Recorded alone (`record`), it is told why. `kept` are files from before.
    Raises NoDatabase.
    """
    first = {each.stream_id: each for each in reversed(asked)}
    at_hand = {each.stream_id: kept.taken(each.stream_id, each.expected) for each in first.values()}
    missing = [stream_id for stream_id, file in at_hand.items() if file is None]
    read, known = loaded(store, missing, {each.by.office for each in asked if not each.as_found})
    files = {stream_id: file or read[stream_id] for stream_id, file in at_hand.items()}
    decided = [
        _decided(store, files, each, known) if each is first[each.stream_id] else None for each in asked
    ]
    receipts = iter(store.append_each([found[0] for found in decided if found]))
    outcomes: list[Outcome | None] = []
    for found in decided:
        receipt = next(receipts) if found else None
        if found and receipt:
            kept.keep(found[0].stream_id, files[found[0].stream_id])
            outcomes.append(found[1]._replace(positions=receipt.positions))
        else:
            outcomes.append(None)
    return outcomes


def _decided(
    store: Store, files: Mapping[UUID, File], asked: Asked, known: Mapping[str, Law]
) -> tuple[Command, Outcome] | None:
    try:
        return decide(store, files[asked.stream_id], asked, OfficeLaws(store, known))
    except Refused:
        return None
