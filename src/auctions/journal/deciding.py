"""What of an asset's rows goes into its file: recorded already, possible, or refused with the reason."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, cast
from uuid import uuid5

from auctions.application.recording import Actor, admit
from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import EntryStruck, Seized
from auctions.domain.asset.state import struck_by
from auctions.domain.errors import Refused
from auctions.journal.columns import ATTRIBUTES
from auctions.journal.problems import Problem
from auctions.journal.spool import Asset, Spooled
from auctions.store.codec import MAX_BYTES, encode
from auctions.store.port import Command


class Decided(NamedTuple):
    """One asset's rows decided: commands to record, the rows recorded before, what is refused."""

    commands: list[Command]
    already: list[Spooled]
    refused: list[tuple[Spooled, Problem]]


def decide(asset: Asset, file: File, by: Actor, broken: Collection[str] = ()) -> Decided:
    """Decide the rows of an asset against its file, in their order; the file takes what is possible.

    Rows of one `together` value are a unit: taken together or refused together, the latter also where one of
    them could not be read (`broken`). A unit is recorded already when the file holds entries of the same
    content that no row before it stands for.
    """
    recorded = Counter(entry.TOPIC.encode() + b"\n" + encode(entry) for _, entry in file.lines)
    held = set(recorded)
    decided = Decided([], [], [])
    for unit in _units(asset.rows):
        contents = Counter(row.content for row in unit)
        if all(recorded[content] >= count for content, count in contents.items()):
            recorded.subtract(contents)
            decided.already.extend(unit)
            continue
        try:
            _refuse_foreign(unit, file, by)
            _refuse_broken(unit, broken)
            _refuse_duplicates(unit, file, held)
            decided.commands.append(_command(asset, file, unit, by))
            held.update(contents)
        except Refused as refused:
            decided.refused.extend((row, _problem(asset, row, refused)) for row in unit)
    return decided


def _units(rows: Sequence[Spooled]) -> Iterable[list[Spooled]]:
    units: dict[object, list[Spooled]] = defaultdict(list)
    for row in rows:
        units[row.together or row.row].append(row)
    return units.values()


def _refuse_foreign(unit: Sequence[Spooled], file: File, by: Actor) -> None:
    """Refuse what is of another office's file; an actor without an office records for any."""
    seizing = next((row.entry.office for row in unit if isinstance(row.entry, Seized)), by.office)
    office = file.state.office or seizing
    if by.office and office != by.office:
        raise Refused("another-office", f"the file is of {office}, and you record for {by.office}")


def _refuse_broken(unit: Sequence[Spooled], broken: Collection[str]) -> None:
    if unit[0].together in broken:
        raise Refused("together-refused", "another row that is recorded together with this one is refused")
    if any(len(row.content) > MAX_BYTES for row in unit):
        raise Refused("entry-too-large", f"an entry takes at most {MAX_BYTES:,} bytes")


def _refuse_duplicates(new: Sequence[Spooled], file: File, held: set[bytes]) -> None:
    for row in new:
        if row.content in held:
            _refuse_alike(
                row, file, {each.entry.entry_no for each in new if isinstance(each.entry, EntryStruck)}
            )


def _refuse_alike(row: Spooled, file: File, striking: set[int]) -> None:
    struck = struck_by(file.lines).keys() | striking
    for number, entry in file.lines:
        if entry == row.entry and number not in struck:
            message = f"the same as entry {number}; tell two alike entries apart by a note"
            raise Refused("duplicate-row", message, entry_no=number)


def _command(asset: Asset, file: File, new: Sequence[Spooled], by: Actor) -> Command:
    version = file.version
    entries = tuple(row.entry for row in new)
    admit(file, asset.stream_id, entries, by=by)
    digest = hashlib.sha256(b"\n".join(row.content for row in new)).hexdigest()
    command_id = uuid5(asset.stream_id, f"import after entry {version}: {digest}")
    return Command(asset.stream_id, version, entries, by.envelope(command_id))


_COLUMNS: dict[str, str | None] = {
    "another-office": "office",
    "another-round": "round_no",
    "already-struck": "entry_no",
    "contradicted": "on",
    "dated-in-the-future": "on",
    "duplicate-row": None,
    "no-such-entry": "entry_no",
    "price-not-in-force": "starting_price",
    "price-not-reduced": "to_price",
    "reappraisal-without-reason": "reason",
    "round-not-announced": "round_no",
    "round-not-won": "round_no",
    "round-number-used": "round_no",
    "second-person-needed": "approved_by",
    "strike-of-a-strike": "entry_no",
    "together-refused": "together",
}
"""The column a refusal speaks of, None for the whole row; of others it is the entry itself."""


def _problem(asset: Asset, row: Spooled, refused: Refused) -> Problem:
    column = cast("str | None", refused.details.get("field", _COLUMNS.get(refused.code, "entry")))
    if column not in {None, "together", "office", *type(row.entry).model_fields, *ATTRIBUTES}:
        column = "entry"
    return Problem(row.row, column, refused.code, refused.message, asset.asset_ref, row.entry.entry_name())
