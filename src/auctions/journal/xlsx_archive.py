"""Whether an XLSX file can be opened at all, told from its archive before anything is unpacked."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from auctions.journal.problems import Problem

_MOST_BYTES = 1 << 30
_LARGE_PART, _HIGHEST_RATIO = 10 << 20, 200
_LARGEST_IN_MEMORY = 64 << 20
_OLE = b"\xd0\xcf\x11\xe0"


def archive_problem(path: Path) -> Problem | None:
    """Return why the XLSX file at `path` is not opened: damaged, encrypted, or too large when unpacked."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except BadZipFile:
        return Problem(1, None, "unreadable-file", f"the file is no XLSX file{_hint(path)}")
    if any(part.flag_bits & 1 for part in parts):
        return Problem(1, None, "unreadable-file", "the file is encrypted: save it without a password")
    if sum(part.file_size for part in parts) > _MOST_BYTES or any(map(_is_bomb, parts)):
        message = "the file would unpack to far more than a register: save it as CSV UTF-8"
        return Problem(1, None, "zip-too-large", message)
    return None


def _hint(path: Path) -> str:
    with path.open("rb") as file:
        is_ole = file.read(len(_OLE)) == _OLE
    return ": it is an old XLS file or has a password; save it as XLSX without one" if is_ole else ""


def _is_bomb(part: ZipInfo) -> bool:
    """Tell whether a part is packed too densely, or too large to be held; only sheets are streamed."""
    if part.file_size > _LARGEST_IN_MEMORY and not part.filename.startswith("xl/worksheets/"):
        return True
    return part.file_size > max(_LARGE_PART, _HIGHEST_RATIO * part.compress_size)
