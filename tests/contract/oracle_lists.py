"""What a whole log told of a day as known at a position: lists, counts, and what was restated in between."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from tests.contract.oracle import Line, Log, Told, file_at

Filters = Mapping[str, Any]
"""What is asked of an asset, by the name of the question."""
Sums = tuple[int, int, int]
"""How many, the sum of their prices in force, the sum of their first prices."""

_REGULAR = re.compile("[A-ZĐ][A-Za-zĐ]{0,3}-[0-9]{5}-TS")
_BANDS = (
    (100_000_000, "under_100m"),
    (500_000_000, "100m_500m"),
    (1_000_000_000, "500m_1b"),
    (5_000_000_000, "1b_5b"),
    (20_000_000_000, "5b_20b"),
)


def _is(name: str) -> Callable[[Told, Any], bool]:
    return lambda told, asked: bool(told[name] == asked)


def _at_least(name: str) -> Callable[[Told, Any], bool]:
    return lambda told, asked: told[name] is not None and bool(told[name] >= asked)


def _at_most(name: str) -> Callable[[Told, Any], bool]:
    return lambda told, asked: told[name] is not None and bool(told[name] <= asked)


_IS = ("kind", "province", "commune", "office", "officer", "stage", "suspended", "in_lieu_open", "unsold")
_ASKED: dict[str, Callable[[Told, Any], bool]] = {
    **{name: _is(name) for name in _IS},
    "year": lambda told, asked: bool(told["seized_on"][:4] == str(asked)),
    "price_min": _at_least("price"),
    "price_max": _at_most("price"),
    "rounds_min": _at_least("rounds"),
    "failed_rounds_min": _at_least("failed_rounds"),
    "reductions_min": _at_least("reductions"),
    "left_min": _at_least("left_of_first"),
    "left_max": _at_most("left_of_first"),
    "of_loan_max": _at_most("of_loan"),
    "q": lambda told, asked: all(map(_Words(told).are_there, asked.split())),
    "number": lambda told, asked: _letters(asked) in _Words(told).numbers,
}


def list_at(log: Log, day: date, known: int, filters: Filters) -> dict[UUID, Told]:
    """Return what each asset that was seized by the end of a day, and is asked for, told of it."""
    every = ((asset_id, file_at(file, day, known)) for asset_id, file in log.items())
    return chosen(((asset_id, told) for asset_id, told in every if told), filters)


def chosen(found: Iterable[tuple[UUID, Told]], filters: Filters) -> dict[UUID, Told]:
    """Return the assets that are asked for."""
    return {
        asset_id: told
        for asset_id, told in found
        if all(_ASKED[name](told, asked) for name, asked in filters.items())
    }


def unsold_at(log: Log, day: date, known: int, filters: Filters) -> dict[UUID, Told]:
    """Return the assets that remained unsold at the end of a day, as known at a position."""
    return list_at(log, day, known, {**filters, "unsold": True})


def counted(found: Mapping[UUID, Told], filters: Filters) -> dict[tuple[str, str], Sums]:
    """Return counts and sums by facet and value; kind and province tell of the values not asked for too."""
    sums: dict[tuple[str, str], list[Told]] = defaultdict(list)
    others = {name: asked for name, asked in filters.items() if name not in {"kind", "province"}}
    for told in chosen(found.items(), others).values():
        fits = {name: filters.get(name) in {None, told[name]} for name in ("kind", "province")}
        if fits["province"]:
            sums["kind", told["kind"]].append(told)
        if fits["kind"]:
            sums["province", told["province"] or ""].append(told)
        if all(fits.values()):
            sums["total", ""].append(told)
            sums["price_band", _band(told["price"])].append(told)
            sums["rounds", _rounds(told["rounds"])].append(told)
    return {key: _sums(each) for key, each in sums.items()}


def total(found: Iterable[Told]) -> Sums:
    """Return how many assets there are, at which prices in force, at which first prices."""
    return _sums(list(found))


def _sums(found: list[Told]) -> Sums:
    prices = [each["price"] or 0 for each in found]
    return len(found), sum(prices), sum(each["first_price"] or 0 for each in found)


def _band(price: int | None) -> str:
    if price is None:
        return "none"
    return next((band for end, band in _BANDS if price < end), "20b_and_over")


def _rounds(rounds: int) -> str:
    bands = {"0": range(1), "1-2": range(1, 3), "3-5": range(3, 6), "6-10": range(6, 11)}
    return next((band for band, numbers in bands.items() if rounds in numbers), "11+")


def flags(told: Told) -> list[str]:
    """Return what a reader should look at twice."""
    number = told["attributes"].get("vessel_no") if told["kind"] == "vessel" else None
    return [] if number is None or _REGULAR.fullmatch(number) else ["vessel-no-form"]


class _Words:
    """The words by which an asset is found, and its numbers by letters and digits alone."""

    def __init__(self, told: Told) -> None:
        texts = [told[name] for name in ("case_ref", "description", "province", "commune") if told[name]]
        numbers = [told["asset_ref"], *map(str, told["attributes"].values()), *told["aliases"]]
        words: set[str] = {word for text in texts + numbers for word in _plain(text).split()}
        self.numbers: set[str] = set(map(_letters, numbers))
        self.whole: set[str] = words | self.numbers

    def are_there(self, word: str) -> bool:
        forms = {_plain(word), _letters(word)} - {""}
        return any(form in each for form in forms for each in self.whole)


def _plain(text: str) -> str:
    """Return a text in lower case without marks."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in apart if unicodedata.category(char) != "Mn")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", _plain(text))


class Restated(NamedTuple):
    """Of an asset: the positions that bear on a day, and what was told of the day before and after them."""

    positions: list[int]
    before: Told | None
    after: Told | None


def restated(log: Log, day: date, earlier: int, later: int) -> dict[UUID, Restated]:
    """Return the assets on which entries recorded between two positions bear, of those up to a day."""
    return {
        asset_id: Restated(positions, file_at(file, day, earlier), file_at(file, day, later))
        for asset_id, file in log.items()
        if (positions := _bearing(file, day, earlier, later))
    }


def _bearing(file: list[Line], day: date, earlier: int, later: int) -> list[int]:
    days = {line.number: line.on for line in file}
    between = [line for line in file if earlier < line.position <= later]
    return [line.position for line in between if days[_about(line)] <= day.isoformat()]


def _about(line: Line) -> int:
    return int(line.data["entry_no"]) if line.name == "entry_struck" else line.number
