"""A sample register of the project's own: invented assets, distributed as real registers are."""

import csv
from pathlib import Path

from auctions.journal.columns import COLUMNS
from auctions.journal.sample.lives import lives

_ABSENT = dict.fromkeys(COLUMNS, "")
__all__ = ["lives", "write_register"]


def write_register(path: Path, *, assets: int, seed: int) -> int:
    """Write the lives of `assets` assets to `path` as CSV in the journal form; return how many entries."""
    entries = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in lives(assets, seed):
            writer.writerow((_ABSENT | row).values())
            entries += 1
    return entries
