"""The bytes of an entry of a file: which file and number, what came before, when, and what was recorded."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from auctions.verifier.errors import Undecided

FAMILY = b"auctions-entry-"
FORM = FAMILY + b"1"
"""What an entry begins with: its form and the form's version."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FILE = len(FORM) + 16
_NUMBER = _FILE + 4
_PREV = _NUMBER + 32
_MOMENT = _PREV + 8


class Entry(NamedTuple):
    """An entry as it is recorded; `prev` is the leaf hash of its file's entry before, zeros at first."""

    stream_id: UUID
    number: int
    prev: bytes
    recorded_at: datetime
    topic: str
    envelope: bytes
    payload: bytes

    @property
    def content(self) -> bytes:
        """The bytes of which the leaf hash is taken."""
        micros = (self.recorded_at - _EPOCH) // timedelta(microseconds=1)
        head = (
            FORM
            + self.stream_id.bytes
            + self.number.to_bytes(4)
            + self.prev
            + micros.to_bytes(8, signed=True)
        )
        parts = (self.topic.encode(), self.envelope, self.payload)
        return head + b"".join(len(part).to_bytes(4) + part for part in parts)


def is_of(content: bytes, stream_id: bytes) -> bool:
    """Whether bytes are an entry of a file, in whichever version of the form; its id is given as bytes."""
    return content[len(FORM) : _FILE] == stream_id and content.startswith(FAMILY)


def read_entry(content: bytes) -> Entry:
    """Return the entry that the bytes are, all of them. Raises Undecided."""
    if not content.startswith(FORM):
        raise Undecided("unknown-form", f"not an entry of the form {FORM.decode()}")
    topic, envelope, payload = _parts(content)
    number = int.from_bytes(content[_FILE:_NUMBER], signed=True)
    if number < 1:
        raise Undecided("malformed-entry", f"byte {_FILE}: {number} is no number of an entry")
    try:
        moment = _EPOCH + timedelta(microseconds=int.from_bytes(content[_PREV:_MOMENT], signed=True))
        name = topic.decode("utf-8")
    except (OverflowError, UnicodeDecodeError) as error:
        raise Undecided("malformed-entry", f"from byte {_PREV} on: {error}") from error
    stream_id = UUID(bytes=content[len(FORM) : _FILE])
    return Entry(stream_id, number, content[_NUMBER:_PREV], moment, name, envelope, payload)


def _parts(content: bytes) -> list[bytes]:
    """Return topic, envelope and payload, each of which stands behind its length."""
    parts: list[bytes] = []
    at = _MOMENT
    for _ in range(3):
        start = at + 4
        end = start + int.from_bytes(content[at:start])
        if len(content) < max(start, end):
            raise Undecided("malformed-entry", f"byte {at}: cut off after {len(content)} bytes")
        parts.append(content[start:end])
        at = end
    if at != len(content):
        raise Undecided("malformed-entry", f"byte {at}: {len(content) - at} bytes too many")
    return parts
