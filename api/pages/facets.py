"""The counts beside a list as links that ask for one of the values, or no longer."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from api.pages.searching import Search
from projections.bands import PRICE_BANDS, PRICES, ROUNDS, ROUNDS_BANDS


class Value(NamedTuple):
    """One value of a facet: what it is, how many there are, where a click leads, whether it is asked for."""

    value: str
    n: int
    address: str
    chosen: bool


def facets(found: Search, counted: Mapping[str, Any]) -> dict[str, list[Value]]:
    """Return the values of kind, province, price band and rounds, each with its link."""
    return {
        "kind": list(_values(found, "kind", counted["kind"])),
        "province": list(_values(found, "province", counted["province"])),
        "price": list(_prices(found, counted["price_band"])),
        "rounds": list(_rounds(found, counted["rounds"])),
    }


def _values(found: Search, name: str, counted: Sequence[Mapping[str, Any]]) -> Iterator[Value]:
    for each in sorted(counted, key=lambda one: (-one["n"], one["value"])):
        if each["value"]:
            chosen = found.asked.get(name) == each["value"]
            address = found.address(**{name: None if chosen else each["value"]})
            yield Value(each["value"], each["n"], address, chosen)


def _prices(found: Search, counted: Sequence[Mapping[str, Any]]) -> Iterator[Value]:
    n = {each["value"]: each["n"] for each in counted}
    ends = ("", *(str(end) for end in PRICES), "")
    for band, low, high in zip(PRICE_BANDS[1:], ends, ends[1:], strict=False):
        asking = {"price_min": low, "price_max": str(int(high) - 1) if high else ""}
        chosen = all(found.asked.get(name, "") == value for name, value in asking.items())
        if n.get(band):
            address = found.address(**dict.fromkeys(asking)) if chosen else found.address(**asking)
            yield Value(band, n[band], address, chosen)


def _rounds(found: Search, counted: Sequence[Mapping[str, Any]]) -> Iterator[Value]:
    """Yield how many have had so many rounds at least: as the search asks for them."""
    n = {each["value"]: each["n"] for each in counted}
    over = list(accumulate(n.get(band, 0) for band in reversed(ROUNDS_BANDS)))[-2::-1]
    for least, many in zip(map(str, ROUNDS), over, strict=True):
        chosen = found.asked.get("rounds_min") == least
        if many:
            yield Value(least, many, found.address(rounds_min=None if chosen else least), chosen)
