"""Recording entries in an asset's file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from auctions.domain.asset.breaches import Breach
from auctions.domain.asset.decisions import Admitted, File
from auctions.domain.asset.events import AssetEntry, RoundFailed, RoundWon, Seized, asset_id
from auctions.domain.asset.law import Law, LawOf
from auctions.domain.days import legal_day
from auctions.domain.errors import Refused, StaleFile
from auctions.domain.event import Envelope
from auctions.domain.office.events import office_id
from auctions.domain.office.state import fold
from auctions.rules.kinds import asset_kinds
from auctions.store.port import Command, Store

_TRIES = 5


class Actor(NamedTuple):
    """Who records: a reference, never a name; for which office and in which role."""

    actor: str
    office: str
    role: str = "coordinator"

    def envelope(self, command_id: UUID, request_id: str = "", rulebook: str = "") -> Envelope:
        """Return the envelope of what this actor records by a command; `rulebook` judged what was decided."""
        return Envelope(self.actor, self.office, self.role, command_id, request_id, rulebook)


class Outcome(NamedTuple):
    """Where a command's entries stand in the log, and what the law notes about them without refusing any.

    `version` is the number of the last of them in its file, 0 for a lot's. A command sent again is answered
    as it was at first, as far as the law it was decided under still stands.
    """

    positions: tuple[int, ...]
    notes: Sequence[Breach] = ()
    version: int = 0


def today() -> date:
    """Return the legal day it is now in Vietnam."""
    return legal_day(datetime.now(UTC))


def record(
    store: Store,
    *,
    stream_id: UUID,
    entries: Sequence[AssetEntry],
    by: Actor,
    as_found: bool = False,
    expected: int | None = None,
    own_only: bool = False,
    command_id: UUID | None = None,
    request_id: str = "",
) -> Outcome:
    """Record entries together in one asset's file: all or none, exactly once for a command id.

    They are decisions, which the law of the file's office may refuse, or facts `as_found`, which it does not:
    what they broke is found later. A strike and what is entered anew are one such command. `expected` is the
    file's version that they were decided on; without it they are decided anew when others write meanwhile.
    `own_only` refuses what is of another office than the actor's (`another-office`).
    Raises Refused with its stable code (Contradicted names the entry that stands against it, Unlawful the
    rules), StaleFile where the file is not as expected, CommandMismatch, NoDatabase.
    """
    given = Command(stream_id, 0, tuple(entries), by.envelope(command_id or uuid4(), request_id))
    tries = _TRIES if expected is None else 1
    while True:
        if command_id and (before := _answered(store, given, entries, by, as_found=as_found)):
            return before
        try:
            return _record(store, given, entries, by, expected, as_found=as_found, own_only=own_only)
        except Refused as refused:
            tries -= 1
            answered = command_id and store.answer(given)
            if not answered and not (tries and isinstance(refused, StaleFile)):
                raise


def _record(
    store: Store,
    given: Command,
    entries: Sequence[AssetEntry],
    by: Actor,
    expected: int | None,
    *,
    as_found: bool,
    own_only: bool,
) -> Outcome:
    file = load(store, [given.stream_id])[given.stream_id]
    law_of = None if as_found else OfficeLaws(store)
    version = file.version
    if own_only:
        _refuse_other(file, entries, by.office)
    if expected not in {None, version}:
        raise StaleFile(expected or 0, version)
    if law_of:
        _refuse_alone(store, file, entries)
    admitted = admit(file, given.stream_id, entries, by=by, law_of=law_of)
    envelope = given.envelope._replace(rulebook=law_of.versions if law_of else "")
    receipt = store.append(given._replace(expected=version, envelope=envelope))
    return Outcome(receipt.positions, admitted.notes, file.version)


def _refuse_other(file: File, entries: Sequence[AssetEntry], office: str) -> None:
    first = next((entry.office for entry in entries if isinstance(entry, Seized)), office)
    if (file.state.office or first) != office:
        message = f"{file.state.office or first} has the file: {office or 'no office'} records in its own"
        raise Refused("another-office", message)


def _answered(
    store: Store, given: Command, entries: Sequence[AssetEntry], by: Actor, *, as_found: bool
) -> Outcome | None:
    """Return what a command was answered that was recorded before, None if it was not."""
    receipt = store.answer(given)
    if receipt is None:
        return None
    lines = store.read([given.stream_id])[given.stream_id]
    before = File(
        [
            (line.entry_no, line.entry)  # type: ignore[misc]  # files of assets hold asset entries
            for line in lines
            if line.position < receipt.positions[0]
        ]
    )
    version = before.version + len(entries)
    law_of = None if as_found else OfficeLaws(store)
    try:
        notes = admit(before, given.stream_id, entries, by=by, law_of=law_of).notes
    except Refused:  # the law it was decided under has changed
        notes = []
    return Outcome(receipt.positions, notes, version)


def lot_of(store: Store, lot_ref: str, office: str) -> dict[UUID, File]:
    """Return the files of an office whose round under way belongs to the lot. Raises Refused for none."""
    files = load(store, store.lot(lot_ref))
    found = {
        stream_id: file
        for stream_id, file in files.items()
        if file.state.office == office and _lot_under_way(file) == lot_ref
    }
    if not found:
        raise Refused("unknown-lot", f"no round of lot {lot_ref} is under way at {office}")
    return found


def _lot_under_way(file: File) -> str | None:
    announced = file.state.round
    return announced.lot_ref if announced and announced.outcome is None else None


def _refuse_alone(store: Store, file: File, entries: Sequence[AssetEntry]) -> None:
    lot_ref = _lot_under_way(file)
    if lot_ref and any(isinstance(entry, RoundFailed | RoundWon) for entry in entries):
        others = len(lot_of(store, lot_ref, file.state.office)) - 1
        if others:
            message = f"the round is of lot {lot_ref}: enter its result for the whole lot"
            raise Refused("whole-lot", message, lot_ref=lot_ref, others=others)


class OfficeLaws:
    """The law each office judges by now, read when it is first asked for."""

    def __init__(self, store: Store) -> None:
        """Take the store to read from."""
        self._store = store
        self._laws: dict[str, Law] = {}

    def __call__(self, office: str) -> Law:
        """Return the law of the office of that code."""
        if office not in self._laws:
            lines = self._store.read([office_id(office)])[office_id(office)]
            self._laws[office] = fold([line.entry for line in lines]).law  # type: ignore[misc]  # files of offices hold office entries
        return self._laws[office]

    @property
    def versions(self) -> str:
        """The versions of the laws that were asked for."""
        return ", ".join(law.version for law in self._laws.values())


def load(store: Store, stream_ids: Sequence[UUID]) -> dict[UUID, File]:
    """Return the files as they stand."""
    found = store.lines(stream_ids)
    return {stream_id: File(lines) for stream_id, lines in found.items()}  # type: ignore[arg-type]  # files of assets hold asset entries


def admit(
    file: File, stream_id: UUID, entries: Sequence[AssetEntry], *, by: Actor, law_of: LawOf | None = None
) -> Admitted:
    """Add entries to a file as `by` enters them today, decided under a law or as found. Raises Refused."""
    for entry in entries:
        if isinstance(entry, Seized) and asset_id(entry.office, entry.asset_ref) != stream_id:
            raise Refused("another-asset", f"{entry.asset_ref} of {entry.office} has a file of its own")
    return file.admit(entries, actor=by.actor, today=today(), kinds=asset_kinds(), law_of=law_of)
