"""Recording entries in an asset's file."""

from collections.abc import Collection, Mapping, Sequence
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
from auctions.domain.office.state import State, fold
from auctions.rules.kinds import asset_kinds
from auctions.store.port import Command, Reading, Store

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

    `version` is the number of the last of them in its file, 0 for a lot's; `leaves` are their leaf hashes,
    where they were asked for. A command sent again is answered as it was at first, as far as the law it was
    decided under still stands.
    """

    positions: tuple[int, ...]
    notes: Sequence[Breach] = ()
    version: int = 0
    leaves: Sequence[bytes] = ()


def today() -> date:
    """Return the legal day it is now in Vietnam."""
    return legal_day(datetime.now(UTC))


class Asked(NamedTuple):
    """Entries to record together in one asset's file, and by whom, as `record` takes them."""

    stream_id: UUID
    entries: Sequence[AssetEntry]
    by: Actor
    command_id: UUID
    as_found: bool = False
    expected: int | None = None
    own_only: bool = False
    request_id: str = ""


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
    known = command_id or uuid4()
    asked = Asked(stream_id, tuple(entries), by, known, as_found, expected, own_only, request_id)
    given = Command(stream_id, 0, asked.entries, by.envelope(known, request_id))
    tries = _TRIES if expected is None else 1
    while True:
        if command_id and (before := _answered(store, given, asked)):
            return before
        try:
            return _record(store, asked)
        except Refused as refused:
            tries -= 1
            answered = command_id and store.answer(given)
            if not answered and not (tries and isinstance(refused, StaleFile)):
                raise


def _record(store: Store, asked: Asked) -> Outcome:
    file = load(store, [asked.stream_id])[asked.stream_id]
    command, outcome = decide(store, file, asked, OfficeLaws(store))
    return outcome._replace(positions=store.append(command).positions)


def decide(store: Reading, file: File, asked: Asked, laws: "OfficeLaws") -> tuple[Command, Outcome]:
    """Add entries to a file; return the command that appends them, and its outcome but for the positions.

    Raises Refused; the file is then as it was.
    """
    version = file.version
    law_of = None if asked.as_found else laws
    if asked.own_only:
        _refuse_other(file, asked.entries, asked.by.office)
    if asked.expected not in {None, version}:
        raise StaleFile(asked.expected or 0, version)
    if law_of:
        _refuse_alone(store, file, asked.entries)
    notes = admit(file, asked.stream_id, asked.entries, by=asked.by, law_of=law_of).notes
    envelope = asked.by.envelope(asked.command_id, asked.request_id, law_of.versions if law_of else "")
    return Command(asked.stream_id, version, asked.entries, envelope), Outcome((), notes, file.version)


def _refuse_other(file: File, entries: Sequence[AssetEntry], office: str) -> None:
    first = next((entry.office for entry in entries if isinstance(entry, Seized)), office)
    if (file.state.office or first) != office:
        message = f"{file.state.office or first} has the file: {office or 'no office'} records in its own"
        raise Refused("another-office", message)


def _answered(store: Store, given: Command, asked: Asked) -> Outcome | None:
    """Return what a command was answered that was recorded before, None if it was not."""
    receipt = store.answer(given)
    if receipt is None:
        return None
    lines = store.read([asked.stream_id])[asked.stream_id]
    before = File(
        [
            (line.entry_no, line.entry)  # type: ignore[misc]  # files of assets hold asset entries
            for line in lines
            if line.position < receipt.positions[0]
        ]
    )
    version = before.version + len(asked.entries)
    law_of = None if asked.as_found else OfficeLaws(store)
    try:
        notes = admit(before, asked.stream_id, asked.entries, by=asked.by, law_of=law_of).notes
    except Refused:  # the law it was decided under has changed
        notes = []
    return Outcome(receipt.positions, notes, version)


def lot_of(store: Reading, lot_ref: str, office: str) -> dict[UUID, File]:
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


def _refuse_alone(store: Reading, file: File, entries: Sequence[AssetEntry]) -> None:
    lot_ref = _lot_under_way(file)
    if lot_ref and any(isinstance(entry, RoundFailed | RoundWon) for entry in entries):
        others = len(lot_of(store, lot_ref, file.state.office)) - 1
        if others:
            message = f"the round is of lot {lot_ref}: enter its result for the whole lot"
            raise Refused("whole-lot", message, lot_ref=lot_ref, others=others)


class OfficeLaws:
    """The law each office judges by now, read when it is first asked for."""

    def __init__(self, store: Reading, known: Mapping[str, Law] | None = None) -> None:
        """Take the store to read from, and what was read of it just now."""
        self._store = store
        self._known = known or {}
        self._asked: dict[str, Law] = {}

    def __call__(self, office: str) -> Law:
        """Return the law of the office of that code."""
        if office not in self._asked:
            self._asked[office] = self._known.get(office) or laws(self._store, [office])[office]
        return self._asked[office]

    @property
    def versions(self) -> str:
        """The versions of the laws that were asked for."""
        return ", ".join(law.version for law in self._asked.values())


def laws(store: Reading, offices: Collection[str]) -> dict[str, Law]:
    """Return the law each of some offices judges by now."""
    return {office: rules.law for office, rules in loaded(store, [], offices)[1].items()}


def loaded(
    store: Reading, stream_ids: Collection[UUID], offices: Collection[str]
) -> tuple[dict[UUID, File], dict[str, State]]:
    """Return files as they stand, and what rules each of some offices judges by now, in one go."""
    own = {office_id(office): office for office in offices}
    found = store.lines([*stream_ids, *own])
    known = {office: fold([entry for _, entry in found[own_id]]) for own_id, office in own.items()}  # type: ignore[misc]  # files of offices hold office entries
    return {stream_id: File(found[stream_id]) for stream_id in stream_ids}, known  # type: ignore[arg-type]  # files of assets hold asset entries


def load(store: Reading, stream_ids: Sequence[UUID]) -> dict[UUID, File]:
    """Return the files as they stand."""
    return loaded(store, stream_ids, [])[0]


def admit(
    file: File, stream_id: UUID, entries: Sequence[AssetEntry], *, by: Actor, law_of: LawOf | None = None
) -> Admitted:
    """Add entries to a file as `by` enters them today, decided under a law or as found. Raises Refused."""
    for entry in entries:
        if isinstance(entry, Seized) and asset_id(entry.office, entry.asset_ref) != stream_id:
            raise Refused("another-asset", f"{entry.asset_ref} of {entry.office} has a file of its own")
    return file.admit(entries, actor=by.actor, today=today(), kinds=asset_kinds(), law_of=law_of)
