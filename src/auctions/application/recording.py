"""Recording entries in an asset's file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import AssetEntry, Seized, asset_id
from auctions.domain.days import legal_day
from auctions.domain.errors import Refused, StaleFile
from auctions.domain.event import Envelope
from auctions.rules.kinds import asset_kinds
from auctions.store.port import Command, Receipt, Store

_TRIES = 5


class Actor(NamedTuple):
    """Who records: a reference, never a name; for which office and in which role."""

    actor: str
    office: str
    role: str = "coordinator"

    def envelope(self, command_id: UUID, request_id: str = "") -> Envelope:
        """Return the envelope of what this actor records by a command."""
        return Envelope(self.actor, self.office, self.role, command_id, request_id)


def today() -> date:
    """Return the legal day it is now in Vietnam."""
    return legal_day(datetime.now(UTC))


def record(
    store: Store,
    *,
    stream_id: UUID,
    entries: Sequence[AssetEntry],
    by: Actor,
    command_id: UUID | None = None,
    request_id: str = "",
) -> Receipt:
    """Record entries together in one asset's file: all or none, exactly once for a command id.

    A strike and what is entered anew are one such command. Raises Refused with its stable code
    (Contradicted names the entry that stands against it), CommandMismatch, NoDatabase.
    """
    envelope = by.envelope(command_id or uuid4(), request_id)
    for _ in range(_TRIES):
        file = load(store, [stream_id])[stream_id]
        command = Command(stream_id, file.version, tuple(entries), envelope)
        try:
            admit(file, stream_id, entries, by=by)
            return store.append(command)
        except StaleFile as stale:
            last = stale
        except Refused:
            if command_id and (before := store.answer(command)):
                return before
            raise
    raise last


def load(store: Store, stream_ids: Sequence[UUID]) -> dict[UUID, File]:
    """Return the files as they stand."""
    found = store.read(stream_ids)
    return {
        stream_id: File([(line.entry_no, line.entry) for line in lines])  # type: ignore[misc]  # files of assets hold asset entries
        for stream_id, lines in found.items()
    }


def admit(file: File, stream_id: UUID, entries: Sequence[AssetEntry], *, by: Actor) -> None:
    """Add entries to a file as `by` enters them today. Raises Refused."""
    for entry in entries:
        if isinstance(entry, Seized) and asset_id(entry.office, entry.asset_ref) != stream_id:
            raise Refused("another-asset", f"{entry.asset_ref} of {entry.office} has a file of its own")
    file.admit(entries, actor=by.actor, today=today(), kinds=asset_kinds())
