"""Recording one event for all assets of a lot: all of them or none."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4, uuid5

from auctions.application.recording import Actor, OfficeLaws, Outcome, admit, lot_of
from auctions.domain.asset.breaches import Breach
from auctions.domain.asset.events import AssetEntry
from auctions.domain.errors import Refused
from auctions.store.port import Command, Receipt, Store


def record_lot(
    store: Store,
    lot_ref: str,
    entries: Mapping[UUID, AssetEntry],
    *,
    by: Actor,
    as_found: bool = False,
    command_id: UUID | None = None,
    request_id: str = "",
) -> Outcome:
    """Record an entry for every asset of a lot at `by`'s office: all or none, exactly once for a command id.

    The positions come in the order of `entries`. Raises Refused (`whole-lot` where an asset of the lot is
    left out or one of another lot is in, Contradicted, Unlawful), StaleFile when others wrote to one of the
    files meanwhile, CommandMismatch, NoDatabase.
    """
    given = command_id or uuid4()
    asked = [
        Command(stream_id, 0, (entry,), by.envelope(uuid5(given, str(stream_id)), request_id))
        for stream_id, entry in entries.items()
    ]
    if command_id and (before := _answered(store, asked)):
        return before
    files = lot_of(store, lot_ref, by.office)
    if files.keys() != entries.keys():
        refs = sorted(file.state.seized.asset_ref for file in files.values() if file.state.seized)
        message = f"lot {lot_ref} is {', '.join(refs)}: an entry is recorded for each of them or for none"
        raise Refused("whole-lot", message, expected=refs)
    notes: list[Breach] = []
    commands: list[Command] = []
    law_of = None if as_found else OfficeLaws(store)
    for command in asked:
        stream_id, file = command.stream_id, files[command.stream_id]
        version = file.version
        notes += admit(file, stream_id, [entries[stream_id]], by=by, law_of=law_of).notes
        envelope = command.envelope._replace(rulebook=law_of.versions if law_of else "")
        commands.append(command._replace(expected=version, envelope=envelope))
    with store.transaction() as transaction:
        return Outcome(_positions(transaction.append_all(commands)), notes)


def _answered(store: Store, asked: Sequence[Command]) -> Outcome | None:
    found = [receipt for command in asked if (receipt := store.answer(command))]
    return Outcome(_positions(found)) if found else None


def _positions(receipts: Sequence[Receipt]) -> tuple[int, ...]:
    return tuple(position for receipt in receipts for position in receipt.positions)
