"""Commands of many who ask, decided together on what is at hand."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, NoReturn
from uuid import UUID

from auctions.application.recording import Asked, OfficeLaws, Outcome, decide
from auctions.domain.asset.decisions import File
from auctions.domain.asset.law import Law
from auctions.domain.errors import Refused
from auctions.store.group import Write, write_of


class Decided(NamedTuple):
    """A command as it is written, its outcome but for the positions, and its file with what it adds."""

    write: Write
    outcome: Outcome
    file: File


def decide_each(
    asked: Sequence[Asked], files: Mapping[UUID, File], laws: Mapping[str, Law]
) -> list[Decided | None]:
    """Decide commands, each for itself, on their files and the laws of their offices; nothing is read.

    None stands in the place of one that is refused, that needs more than is at hand or its whole file folded
    anew, or whose file another of these writes to. Recorded alone (`record`), it is told why.
    """
    first = {each.stream_id: each for each in reversed(asked)}
    return [
        _decided(each, files[each.stream_id], laws) if each is first[each.stream_id] else None
        for each in asked
    ]


def _decided(asked: Asked, file: File, laws: Mapping[str, Law]) -> Decided | None:
    if not file.goes_on(asked.entries):
        return None
    try:
        command, outcome = decide(_NOTHING, file, asked, OfficeLaws(_NOTHING, laws))
        return Decided(write_of(command), outcome, file)
    except Refused:
        return None


class _Nothing:
    """What deciding would have to wait for is left to `record`."""

    def lines(self, stream_ids: Sequence[UUID]) -> NoReturn:
        raise Refused("not-at-hand", f"{len(stream_ids)} more files would have to be read")

    def lot(self, lot_ref: str) -> NoReturn:
        raise Refused("not-at-hand", f"the files of lot {lot_ref} would have to be read")


_NOTHING = _Nothing()
