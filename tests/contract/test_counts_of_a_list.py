"""The counts beside a list: sums kept by day, a query of the moment and the items counted say the same."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import asset_list
from projections.asset_list import Filter, facets_query
from projections.bands import PRICE_BAND, ROUNDS_BAND, price_band, rounds_band
from projections.runner import Runner
from projections.times import NOW, Times
from tests.contract.pasts import Item, Lives, asked, counts, page
from tests.contract.registers import add, differences, seized, write
from tests.unit.given import PRICE, day, entry, struck
from tests.unit.situations import FAILED, HAMMER

BETWEEN = [
    ({"kind": kind, "province": province}) for kind in (None, "land") for province in (None, "Bình Định")
]
BILLION = 1_000_000_000


def counted(items: Iterable[Item], kind: str | None, province: str | None) -> dict[str, Any]:
    """Count the items by hand; the facet of what is asked for tells of its other values too."""
    of_kind = [item for item in items if kind in {None, item["kind"]}]
    there = [item for item in items if province in {None, item["province"]}]
    both = [item for item in of_kind if item in there]
    return {
        "total": _sums(both),
        "kind": _by(there, lambda item: item["kind"]),
        "province": _by(of_kind, lambda item: item["province"] or ""),
        "price_band": _by(both, lambda item: price_band(item["price"])),
        "rounds": _by(both, lambda item: rounds_band(item["rounds"])),
    }


def _sums(items: list[Item]) -> dict[str, int]:
    prices = {name: sum(item[name] or 0 for item in items) for name in ("price", "first_price")}
    return {"n": len(items), **prices}


def _by(items: list[Item], value_of: Callable[[Item], str]) -> list[Item]:
    values = sorted({value_of(item) for item in items})
    return [{"value": each, **_sums([item for item in items if value_of(item) == each])} for each in values]


def told(own: psycopg.Connection, wanted: Filter, between: dict[str, Any]) -> tuple[Item, Item]:
    """Return the counts that are answered, and those of the items of the list without kind and province."""
    items = [item for *_, item in page(own, wanted)]
    return counts(own, asked(**{**vars(wanted), **between})), counted(items, **between)


def test_the_counts_of_what_is_unsold_are_those_of_its_items_on_any_day_and_as_known_at_any_position(
    past: Lives,
) -> None:
    pairs = past.drawn(12)
    times = [NOW, *(Times(pair.as_of) for pair in pairs), *pairs]
    seen = Counter[str]()
    with connection(past.url) as own:
        for each in times:
            for between in BETWEEN:
                answer, by_hand = told(own, asked(each, unsold=True), between)
                assert answer == by_hand, (each, between)
                seen.update(band["value"] for band in answer["price_band"] + answer["rounds"])
    assert {"none", "500m_1b", "1b_5b", "0", "1-2", "3-5"} <= set(seen)


@pytest.mark.parametrize(
    "question", [{}, {"unsold": False}, {"unsold": True, "q": "thua"}, {"rounds_min": 1}]
)
def test_the_counts_of_any_other_list_are_those_of_its_items_too(
    past: Lives, question: dict[str, Any]
) -> None:
    with connection(past.url) as own:
        for times in (NOW, past.times(0.5, None), past.times(None, 0.5), past.times(0.5, 0.5)):
            for between in BETWEEN:
                answer, by_hand = told(own, asked(times, **question), between)
                assert answer == by_hand, (times, between)


def test_the_sums_that_are_kept_equal_a_query_of_the_moment(
    past: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = past.days[:: len(past.days) // 20]
    with connection(past.url) as own:
        for times in (NOW, *map(Times, days)):
            for between in BETWEEN:
                wanted = asked(times, unsold=True, **between)
                assert "unsold_totals" in facets_query(wanted)[0]
                kept = counts(own, wanted)
                with monkeypatch.context() as patch:
                    patch.setattr(asset_list, "_in_totals", lambda _: False)
                    assert "unsold_totals" not in facets_query(wanted)[0]
                    assert counts(own, wanted) == kept, (times, between)


def total(url: str, *days: int | None) -> list[tuple[int, int, int]]:
    """Return number, prices and first prices of the unsold as of some days; None is now."""
    Runner(url).catch_up()
    times = [NOW if number is None else Times(day(number)) for number in days]
    with connection(url) as own:
        return [tuple(counts(own, asked(each, unsold=True))["total"].values()) for each in times]


def test_the_totals_of_past_days_follow_late_entries_and_strikes(database: str, store: PostgresStore) -> None:
    assert total(database, 5, None) == [(0, 0, 0)] * 2
    asset = write(store, seized("TS-1"), *FAILED[1:])
    write(store, seized("TS-2"), *HAMMER[1:])
    once, twice = (1, PRICE, PRICE), (2, 2 * PRICE, 2 * PRICE)
    assert total(database, 0, 1, 2, 3, 4, None) == [(0, 0, 0), (2, 0, 0), twice, twice, once, once]
    cut = add(store, asset, entry("price_reduced", 20, to_price=900_000_000)) and (1, 900_000_000, PRICE)
    assert total(database, 19, 20, None) == [once, cut, cut]
    late = write(store, entry("seized", 3, asset_ref="TS-3"), entry("appraised", 12, value=PRICE))
    assert total(database, 2, 3, 12, 20) == [
        twice,
        (3, 2 * PRICE, 2 * PRICE),
        twice,
        (2, 1_900_000_000, 2 * PRICE),
    ]
    add(store, asset, struck(5, on=30), entry("price_reduced", 25, to_price=950_000_000))
    assert total(database, 20, 24, 25, None) == [twice, twice, *[(2, 1_950_000_000, 2 * PRICE)] * 2]
    add(store, late, struck(2, on=30), struck(1, on=30))
    assert total(database, 3, 20, 25) == [twice, once, (1, 950_000_000, PRICE)]
    assert differences(database) == {}


def test_assets_of_no_province_and_no_price_are_counted_as_such(database: str, store: PostgresStore) -> None:
    write(store, seized("TS-1", province="Phú Yên"))
    write(store, seized("TS-2"), "appraised")
    Runner(database).catch_up()
    with connection(database) as own:
        found = counts(own, asked(NOW, unsold=True))
    assert found["province"] == [
        {"value": "", "n": 1, "price": PRICE, "first_price": PRICE},
        {"value": "Phú Yên", "n": 1, "price": 0, "first_price": 0},
    ]
    assert [(band["value"], band["n"]) for band in found["price_band"]] == [("1b_5b", 1), ("none", 1)]


def test_sql_and_python_put_prices_and_rounds_into_the_same_bands(admin: psycopg.Connection) -> None:
    edges = [BILLION * tenths // 10 for tenths in (1, 5, 10, 50, 200)]
    prices: list[int | None] = [None, 0, 1, 10**16, *edges, *(each - 1 for each in edges)]
    query = f"SELECT price, {PRICE_BAND} FROM unnest(%s::int8[]) AS price"  # noqa: S608 - a constant
    assert admin.execute(query.encode(), [prices]).fetchall() == [
        (price, price_band(price)) for price in prices
    ]
    numbers = list(range(40))
    query = f"SELECT rounds, {ROUNDS_BAND} FROM unnest(%s::int4[]) AS rounds"  # noqa: S608 - a constant
    assert admin.execute(query.encode(), [numbers]).fetchall() == [(n, rounds_band(n)) for n in numbers]
