"""Recording one event for all assets of a lot: all of them or none."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from auctions.application.recording import Actor, OfficeLaws, Outcome, admit, lot_of
from auctions.domain.asset.breaches import Breach
from auctions.domain.asset.events import AssetEntry
from auctions.domain.errors import Refused
from auctions.store.port import Command, Store


def record_lot(
    store: Store,
    lot_ref: str,
    entries: Mapping[UUID, AssetEntry],
    *,
    by: Actor,
    as_found: bool = False,
) -> Outcome:
    """Record an entry for every asset of a lot at `by`'s office: all or none.

    Raises Refused (`whole-lot` where an asset of the lot is left out or one of another lot is in,
    Contradicted, Unlawful), StaleFile when others wrote to one of the files meanwhile, NoDatabase.
    """
    files = lot_of(store, lot_ref, by.office)
    if files.keys() != entries.keys():
        refs = sorted(file.state.seized.asset_ref for file in files.values() if file.state.seized)
        message = f"lot {lot_ref} is {', '.join(refs)}: an entry is recorded for each of them or for none"
        raise Refused("whole-lot", message, expected=refs)
    notes: list[Breach] = []
    commands: list[Command] = []
    law_of = None if as_found else OfficeLaws(store)
    for stream_id, entry in entries.items():
        file = files[stream_id]
        version = file.version
        notes += admit(file, stream_id, [entry], by=by, law_of=law_of).notes
        envelope = by.envelope(uuid4(), rulebook=law_of.versions if law_of else "")
        commands.append(Command(stream_id, version, (entry,), envelope))
    with store.transaction() as transaction:
        receipts = transaction.append_all(commands)
    return Outcome(tuple(position for receipt in receipts for position in receipt.positions), notes)
