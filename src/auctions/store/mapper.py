"""The library's mapper for our lines: entry and envelope as bytes, ids not repeated inside."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from auctions.domain.errors import Refused
from auctions.domain.event import Recorded
from auctions.store.codec import MAX_BYTES, decode, decode_envelope, encode, encode_envelope
from auctions.store.port import Command

NOT_YET = datetime.min.replace(tzinfo=UTC)


class Line(Recorded):
    """A recorded entry under the names the library looks for."""

    __slots__ = ()

    @property
    def originator_id(self) -> UUID:
        """The file's id."""
        return self.stream_id

    @property
    def originator_version(self) -> int:
        """The entry's number."""
        return self.entry_no


@dataclass(frozen=True, slots=True)
class StoredLine(StoredEvent):
    """A stored event with what stands beside it."""

    envelope: bytes
    position: int = 0
    recorded_at: datetime = NOT_YET


class LineMapper(Mapper[UUID]):
    """Maps lines to stored ones, through the codec, with upcasting."""

    def __init__(self) -> None:
        """Take no transcoder to heart: the codec writes the JSON."""
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredLine:
        """Return the bytes of a line. Raises Refused for an entry over 32 KiB."""
        line = cast("Line", domain_event)
        payload = encode(line.entry)
        if len(payload) > MAX_BYTES:
            raise Refused("entry-too-large", f"{line.entry.entry_name()} is over {MAX_BYTES} bytes")
        return StoredLine(
            line.stream_id, line.entry_no, line.entry.TOPIC, payload, encode_envelope(line.envelope)
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Line:
        """Return the line of stored bytes, upcast to the present form."""
        stored = cast("StoredLine", stored_event)
        return Line(
            cast("UUID", stored.originator_id),
            stored.originator_version,
            decode(stored.topic, stored.state),
            stored.position,
            stored.recorded_at,
            decode_envelope(stored.envelope),
        )


def lines_of(command: Command) -> list[Line]:
    """Return a command's entries as lines, numbered from the file's version on. Raises Refused for none."""
    if not command.entries:
        raise Refused("no-entries", "a command records at least one entry")
    numbered = enumerate(command.entries, command.expected + 1)
    return [
        Line(command.stream_id, number, entry, 0, NOT_YET, command.envelope) for number, entry in numbered
    ]
