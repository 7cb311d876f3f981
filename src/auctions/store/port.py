"""What the recording side asks of a store, whichever it is."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol
from uuid import UUID

from auctions.domain.event import Entry, Envelope, Recorded
from auctions.store.quarantine import SetAside


class Command(NamedTuple):
    """Entries to record together in one file whose last entry is number `expected`."""

    stream_id: UUID
    expected: int
    entries: Sequence[Entry]
    envelope: Envelope


class Receipt(NamedTuple):
    """Where a command's entries stand in the log, one position each."""

    positions: tuple[int, ...]


class Transaction(Protocol):
    """Takes commands of which all are recorded or none."""

    def append_all(self, commands: Sequence[Command]) -> list[Receipt]:
        """Record commands in order. Raises StaleFile or CommandMismatch for the first that is refused."""

    def set_aside(self, rows: Sequence[SetAside]) -> None:
        """Keep refused rows with the rest of the transaction."""

    def tell_recorded(self, import_id: UUID, entries: int) -> None:
        """Count entries as recorded by an import that was sent in. Raises ImportCancelled."""


class Reading(Protocol):
    """What deciding asks of a store."""

    def lines(self, stream_ids: Sequence[UUID]) -> dict[UUID, list[tuple[int, Entry]]]:
        """Return the entries of each file with their numbers, which is all that deciding needs."""

    def lot(self, lot_ref: str) -> list[UUID]:
        """Return the files in which a round of the lot was announced, by id."""


class Store(Reading, Protocol):
    """The log of every file's entries."""

    def append(self, command: Command) -> Receipt:
        """Record the command's entries, all or none, exactly once for its command id.

        Sent again, it answers as before. Raises StaleFile when others wrote meanwhile, CommandMismatch when
        the id was used for another command, NoDatabase when no answer can be had: then send it again.
        """

    def read(self, stream_ids: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
        """Return the entries of each file by number; a file not begun is an empty list."""

    def answer(self, command: Command) -> Receipt | None:
        """Return the stored answer to a command recorded before, None if it was not.

        Raises CommandMismatch when its id was used for another command.
        """

    def leaves(self, positions: Sequence[int]) -> list[bytes]:
        """Return the leaf hashes (RFC 6962) of the entries at some positions, in their order."""

    def seizures(self, asset_refs: Sequence[str]) -> list[tuple[str, str]]:
        """Return reference and seizing office of every seizure entered under one of the references."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Record everything appended inside, or nothing; other writers wait meanwhile."""

    def close(self) -> None:
        """Let go of connections."""
