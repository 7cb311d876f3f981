"""Files as they stood after the last command on each, for the next that was decided on just that version."""

from collections import OrderedDict
from uuid import UUID

from auctions.domain.asset.decisions import File

_MOST = 1000
_LONGEST = 100
"""Files, and the entries of one that is kept."""


class KeptFiles:
    """A file is taken by one command at a time, and kept again when what was added to it is in the log.

    Others may have written to it since: appending refuses a version that the log is past.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._files: OrderedDict[UUID, File] = OrderedDict()

    def taken(self, stream_id: UUID, version: int | None) -> File | None:
        """Take a file, None where it is not kept as it stood at that version."""
        file = self._files.pop(stream_id, None)
        return file if file and file.version == version else None

    def keep(self, stream_id: UUID, file: File) -> None:
        """Keep a file all of whose entries are in the log."""
        if file.version > _LONGEST:
            return
        self._files[stream_id] = file
        if len(self._files) > _MOST:
            self._files.popitem(last=False)
