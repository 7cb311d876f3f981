"""What a part of the benchmark is given."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Bench:
    """The server all sides share, a folder for files, and how much is asked."""

    server: str
    folder: Path
    turns: int = 5
    log_files: int = 5000
    """Files of the log that is read and caught up with."""
    entries: int = 100_000
    """Entries of the imported register."""
    files: int = 50_000
    """Young files of the rebuild."""
    seconds: int = 20
    """How long the steady load is sent."""
    assets: int = 10_000
    """Assets of the list, at most."""

    @property
    def few(self) -> int:
        """Turns of what takes long."""
        return min(self.turns, 3)
