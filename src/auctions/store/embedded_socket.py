"""The folder of the embedded server's socket: private, and short enough for one."""

import hashlib
import os
import stat
from pathlib import Path

from auctions.store.connect import NoDatabase

PORT = "5432"  # said everywhere, or PGPORT would choose the socket's name
LONGEST = 100  # bytes of a socket's path; systems allow 103 to 107
# Not tempfile's folder: every process must find the same one, whatever its TMPDIR.
SHORT = Path("/tmp")  # noqa: S108 - the folder made in it is trusted only when it is ours


def socket_folder(data: Path) -> Path:
    """Name the socket's folder: the data folder, or a short one for a long path.

    Also for a path with a comma, which PostgreSQL reads as two.
    """
    path = os.fsencode(data)
    if len(path) + len(f"/.s.PGSQL.{PORT}") <= LONGEST and b"," not in path:
        return data
    return SHORT / f"auctions-{hashlib.sha256(path).hexdigest()[:24]}"


def trusted(folder: Path, data: Path) -> bool:
    """Tell whether only the owner of the data folder can put a socket there."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == data.stat().st_uid
    return ours and not found.st_mode & 0o022


def make_socket_folder(data: Path) -> Path:
    """Make the socket's folder unless it is there.

    Raises NoDatabase when somebody else's stands in its place.
    """
    folder, owner = socket_folder(data), data.stat()
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, owner.st_uid, owner.st_gid)
    except FileExistsError:
        if not trusted(folder, data):
            message = (
                f"{folder} is not private to the database's user: remove it, or set a shorter AUCTIONS_HOME"
            )
            raise NoDatabase(message) from None
    return folder
