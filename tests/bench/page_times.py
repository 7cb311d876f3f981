"""Milliseconds of the pages of the unsold over HTTP, and of the lists as JSON; nothing kept in memory."""

import json
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

from tests.bench import web
from tests.bench.figures import alternating
from tests.bench.served import serving

_ASKINGS = 9
_NARROWED = {"all unsold": "", "of a kind": "kind=vessel", "up to a price": "price_max=2000000000"}


def taken(url: str, turns: int) -> dict[str, list[float]]:
    """Return the milliseconds of each page, first and next, and of its list as JSON with facets, by turns."""
    with serving(url, memory=0, runner=False) as site:
        sides: dict[str, Callable[[], float]] = {}
        for what, asked in _NARROWED.items():
            listed = f"{site}/v1/assets?unsold=true&limit=25&{asked}".rstrip("&")
            following = json.loads(web.answer(listed)[1])["next"]
            sides[f"{what}: page as HTML"] = partial(_milliseconds, f"{site}/?{asked}")
            sides[f"{what}: next page as HTML"] = partial(
                _milliseconds, f"{site}/?{asked}&cursor={following}".replace("?&", "?")
            )
            sides[f"{what}: JSON with facets"] = partial(_milliseconds, f"{listed}&facets=true")
        return alternating(sides, turns)


def _milliseconds(address: str) -> float:
    took = list[float]()
    for _ in range(_ASKINGS):
        start = perf_counter()
        web.answer(address)
        took.append((perf_counter() - start) * 1000)
    return median(took)
