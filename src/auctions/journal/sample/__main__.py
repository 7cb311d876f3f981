"""`python -m auctions.journal.sample OUT.csv --assets N --seed S` writes a sample register."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from auctions.journal.sample import write_register


def main() -> None:
    """Write the register and say how many entries it has."""
    parser = ArgumentParser(prog="python -m auctions.journal.sample", description="Write a sample register.")
    parser.add_argument("out", type=Path, metavar="OUT.csv")
    parser.add_argument("--assets", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=2026, metavar="S")
    asked = parser.parse_args()
    entries = write_register(asked.out, assets=asked.assets, seed=asked.seed)
    sys.stdout.write(f"{entries} entries of {asked.assets} assets\n")


if __name__ == "__main__":
    main()
