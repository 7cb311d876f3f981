"""The lines of a file of text, each bounded, so that no file can take the memory."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from auctions.journal.problems import Problem

LONGEST_LINE = 1 << 20
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Line(NamedTuple):
    """A physical line: its number (from 1), where it starts in bytes, its bytes, at most the first MiB."""

    row: int
    offset: int
    raw: bytes
    is_whole: bool


def read_lines(file: BinaryIO) -> Iterator[Line]:
    """Yield the lines of `file`; of one longer than 1 MiB only the start."""
    row, offset = 1, _skip_bom(file)
    while raw := file.readline(LONGEST_LINE):
        is_whole = len(raw) < LONGEST_LINE or raw.endswith(b"\n")
        yield Line(row, offset, raw, is_whole)
        offset += len(raw) + (0 if is_whole else _skip_line(file))
        row += 1


def _skip_bom(file: BinaryIO) -> int:
    if file.read(len(_BOM)) == _BOM:
        return len(_BOM)
    file.seek(0)
    return 0


def _skip_line(file: BinaryIO) -> int:
    skipped = 0
    while piece := file.readline(LONGEST_LINE):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def decoded(row: int, offset: int, raw: bytes) -> str | Problem:
    """Return the text of `raw`, which starts at byte `offset` of the file, or its first bad byte."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        place = offset + error.start
        if offset == 0 and raw.startswith(_UTF16):
            return Problem(row, None, "not-utf8", "the file is UTF-16: save it as CSV UTF-8")
        message = f"byte {place} of the file (0x{raw[error.start]:02x}) is not UTF-8: save it as CSV UTF-8"
        return Problem(row, None, "not-utf8", message)
