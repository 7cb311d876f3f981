"""Recording what an office changes about the rules it judges by."""

from uuid import UUID, uuid4

from auctions.application.recording import Actor, today
from auctions.domain.event import Envelope
from auctions.domain.office.decisions import check
from auctions.domain.office.events import OfficeEntry, office_id
from auctions.domain.office.state import evolve, fold
from auctions.store.port import Command, Receipt, Store


def change_rules(
    store: Store,
    entries: list[OfficeEntry],
    *,
    by: Actor,
    command_id: UUID | None = None,
    request_id: str = "",
) -> Receipt:
    """Record entries of one office together, once for the command's id where one is given.

    Raises Refused, StaleFile when others changed it meanwhile.
    """
    stream_id = office_id(entries[0].office)
    lines = store.read([stream_id])[stream_id]
    state = fold([line.entry for line in lines])  # type: ignore[misc]  # files of offices hold office entries
    for entry in entries:
        check(state, entry, today=today())
        state = evolve(state, entry)
    envelope: Envelope = by.envelope(command_id or uuid4(), request_id)
    return store.append(Command(stream_id, len(lines), tuple(entries), envelope))
