"""The words and numbers by which an asset is found, and what a reader should look at twice."""

from functools import lru_cache
from typing import NamedTuple

from auctions.domain.asset.events import Seized
from auctions.domain.asset.state import State
from auctions.rules.kinds import asset_kinds, is_regular_vessel_no
from projections.search import compact, folded

_HIGHEST = {"longitude": 180.0, "latitude": 90.0}


class Point(NamedTuple):
    """Where an asset is, in degrees (WGS 84); None for both where the file does not tell both, or wrongly."""

    longitude: float | None = None
    latitude: float | None = None


def point(state: State) -> Point:
    """Return where an asset is, by its attributes."""
    told = {name: float(value) for name, value in state.attributes.items() if name in _HIGHEST}
    is_there = told.keys() == _HIGHEST.keys() and all(told[name] <= _HIGHEST[name] for name in told)
    return Point(**told) if is_there else Point()


def flags(state: State, seized: Seized) -> list[str]:
    """Return what a reader should look at twice: `vessel-no-form` for a number not of the regular form."""
    kind = asset_kinds().get(seized.kind)
    numbers = [
        str(state.attributes[name])
        for name, attribute in (kind.attributes.items() if kind else ())
        if attribute.type == "vessel_no" and name in state.attributes
    ]
    return [] if all(map(is_regular_vessel_no, numbers)) else ["vessel-no-form"]


def search(state: State, seized: Seized) -> str:
    """Return the text a search looks in: words without marks, then each number as #, without its dashes.

    A space stands before and after each of them. Where an asset is, is no number that it is known by.
    """
    words = (seized.case_ref, seized.description, seized.province, seized.commune)
    numbers = [str(value) for name, value in state.attributes.items() if name not in _HIGHEST]
    numbers += [alias.value for alias in state.aliases]
    return _text(words, (seized.asset_ref, *numbers))


@lru_cache(10_000)  # one file's words are asked for at each of its entries
def _text(words: tuple[str | None, ...], numbers: tuple[str, ...]) -> str:
    texts = [folded(text) for text in (*words, *numbers) if text]
    return " ".join(["", *texts, *(f"#{compact(number)}" for number in numbers), ""])
