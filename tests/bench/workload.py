"""The entries every side records and reads: lives of assets, round after round without a buyer.

The log mixes files as life does: in groups of files, each takes one command after another in turn. The first
group stands whole before the second begins, so a slow peer can be measured over the first groups alone.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple
from uuid import UUID, uuid4

from auctions.domain.asset import events as e
from auctions.domain.event import Envelope
from auctions.store.port import Command

GROUP = 500
"""Files in a group."""
_ROUNDS = 6
ENTRIES = 2 + 3 * _ROUNDS
"""Entries of a file of the log."""
_OFFICES = 40


class Recorded(NamedTuple):
    """A command of one file, as the peers take it too."""

    number: int
    expected: int
    entries: tuple[e.AssetEntry, ...]

    def command(self) -> Command:
        office = office_of(self.number)
        envelope = Envelope("bench", office, "coordinator", uuid4())
        return Command(file_id(self.number), self.expected, self.entries, envelope)


def office_of(number: int) -> str:
    return f"KV-{number % _OFFICES}"


def file_id(number: int) -> UUID:
    return e.asset_id(office_of(number), f"TS-{number:06}")


def stream(number: int) -> str:
    """Return the name of a file's stream in stores that keep streams by category and id."""
    return f"asset-{file_id(number)}"


def life(number: int, rounds: int = _ROUNDS) -> list[tuple[e.AssetEntry, ...]]:
    """Return the commands of a file: seized and appraised, then rounds that fail, each with a reduction."""
    day, price = date(2015, 1, 5) + timedelta(number % 900), 1_000_000_000 + number * 1000
    reference = f"TS-{number:06}"
    begun = (
        e.Seized(on=day, asset_ref=reference, office=office_of(number), kind="land", province="Bình Định"),
        e.Appraised(on=day + timedelta(20), value=price, method="appraiser"),
    )
    return [begun, *_rounds(day + timedelta(30), price, rounds)]


def _rounds(day: date, price: int, rounds: int) -> Iterator[tuple[e.AssetEntry, ...]]:
    for number in range(1, rounds + 1):
        announced = e.RoundAnnounced(on=day, round_no=number, starting_price=price, posted_on=day)
        failed = e.RoundFailed(on=day + timedelta(20), round_no=number, reason="no_registrant")
        price = price * 95 // 100
        yield announced, failed, e.PriceReduced(on=day + timedelta(32), to_price=price, decided_by="officer")
        day += timedelta(40)


def commands(files: int) -> Iterator[Recorded]:
    """Yield the commands of all files in the order of the log."""
    for first in range(0, files, GROUP):
        lives = {number: life(number) for number in range(first, min(files, first + GROUP))}
        for turn in range(_ROUNDS + 1):
            for number, ones in lives.items():
                expected = sum(map(len, ones[:turn]))
                yield Recorded(number, expected, ones[turn])


def long_file(number: int, entries: int) -> list[e.AssetEntry]:
    """Return the entries of a file of exactly that many."""
    return list(chain(*life(number, rounds=entries // 3 + 1)))[:entries]
