"""What became known of a day between two positions: assets before and after, entries, and the totals."""

import json
from datetime import date
from typing import Any

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections.asset_list import Filter, page_query
from projections.restatement import restatement
from projections.runner import Runner
from projections.times import Times
from tests.contract.pasts import Lives, asked, counts, page
from tests.contract.registers import add, head, seeded, seized, write
from tests.unit.given import PRICE, day, entry, struck
from tests.unit.situations import FAILED, HAMMER

NOTHING = {"n": 0, "price": 0, "first_price": 0}
SHOWN = ("office", "stage", "price", "failed_rounds", "reductions")
"""What both an item of a list and a restated asset tell."""


def restated(url: str, as_of: date, earlier: int, later: int | None = None) -> dict[str, Any]:
    Runner(url).catch_up()
    with connection(url) as own, own.transaction():
        return restatement(own, as_of, earlier, head(url) if later is None else later)


def told(url: str, as_of: date, known_at: int) -> dict[str, Any]:
    """Return what the list of two knowledges tells of each asset."""
    query, params = page_query(Filter(as_of, times=Times(as_of, known_at), limit=1000))
    with connection(url) as own:
        items = [json.loads(item) for *_, item in own.execute(query.encode(), params)]
    return {item["asset_id"]: {name: item[name] for name in SHOWN} for item in items}


def test_late_entries_strikes_and_late_seizures_restate_a_day(database: str, store: PostgresStore) -> None:
    cut = write(store, seized("TS-1"), *FAILED[1:])
    wrong = write(store, seized("TS-2", province="Phú Yên"), *HAMMER[1:])
    write(store, seized("TS-4"), "appraised")
    known = head(database)
    add(store, cut, entry("price_reduced", 9, to_price=900_000_000))
    add(store, wrong, struck(4, on=30), entry("round_failed", 8, round_no=1))
    write(store, seized("TS-3", 5))
    add(store, cut, entry("cost_accrued", 40))
    later = head(database)
    found = restated(database, day(10), known)
    assert (found["as_of"], found["known_at"]) == (day(10).isoformat(), [known, later])
    assert [asset["asset_ref"] for asset in found["assets"]] == ["TS-1", "TS-2", "TS-3"]
    first, second, third = found["assets"]
    assert (first["before"]["price"], first["after"]["price"]) == (PRICE, 900_000_000)
    assert [each["entry"] for each in first["entries"]] == ["price_reduced"]
    assert (second["before"]["stage"], second["after"]["stage"]) == ("won", "awaiting_reduction")
    assert (second["before"]["sold_for"], second["after"]["sold_for"]) == (PRICE, None)
    assert [(each["entry"], each["struck"]) for each in second["entries"]] == [
        ("entry_struck", 4),
        ("round_failed", None),
    ]
    assert third["before"] is None
    assert third["after"]["stage"] == "awaiting_appraisal"
    assert found["unsold"] == {
        "before": {"n": 2, "price": 2 * PRICE, "first_price": 2 * PRICE},
        "after": {"n": 4, "price": 2_900_000_000, "first_price": 3 * PRICE},
    }


def test_of_an_earlier_day_only_what_bears_on_it_is_restated(database: str, store: PostgresStore) -> None:
    asset = write(store, seized("TS-1"), *FAILED[1:])
    known = head(database)
    add(store, asset, entry("price_reduced", 9, to_price=900_000_000), entry("cost_accrued", 2))
    found = restated(database, day(3), known)
    (one,) = found["assets"]
    assert [each["entry"] for each in one["entries"]] == ["cost_accrued"]
    assert one["after"] == one["before"] | {"costs": 2_500_000}
    assert found["unsold"]["before"] == found["unsold"]["after"]
    assert restated(database, day(1), known)["assets"] == []
    assert restated(database, day(60), head(database))["assets"] == []


def test_an_entry_says_who_recorded_it_when_and_how_many_days_after_its_fact(
    database: str, store: PostgresStore
) -> None:
    write(store, seized("TS-1"), entry("appraised", 9, basis="QĐ 17"))
    (asset,) = restated(database, day(10), 1)["assets"]
    (line,) = asset["entries"]
    recorded_on = date.fromisoformat(line["recorded_at"][:10])
    assert abs(line["days_late"] - (recorded_on - day(9)).days) <= 1
    named = ("entry_no", "on", "position", "actor", "role", "basis", "reason", "struck")
    told_of = tuple(line[name] for name in named)
    assert told_of == (2, day(9).isoformat(), 2, "clerk", "coordinator", "QĐ 17", "prices have moved", None)
    assert line["data"]["value"] == PRICE


def test_from_an_empty_log_everything_became_known(database: str, store: PostgresStore) -> None:
    assert restated(database, day(5), 0, 0) == {
        "as_of": day(5).isoformat(),
        "known_at": [0, 0],
        "unsold": {"before": NOTHING, "after": NOTHING},
        "assets": [],
    }
    write(store, seized("TS-2"))
    write(store, seized("TS-1"))
    found = restated(database, day(5), 0)
    assert [(each["asset_ref"], each["before"]) for each in found["assets"]] == [
        ("TS-1", None),
        ("TS-2", None),
    ]
    assert found["unsold"] == {"before": NOTHING, "after": {"n": 2, "price": 0, "first_price": 0}}


def test_an_asset_of_which_two_knowledges_tell_differently_is_restated_with_both(past: Lives) -> None:
    random, changed = seeded(6), 0
    for _ in range(10):
        as_of = past.days[random.randrange(len(past.days))]
        earlier, later = sorted(random.sample(range(past.head + 1), 2))
        found = restated(past.url, as_of, earlier, later)
        by_id = {each["asset_id"]: each for each in found["assets"]}
        before, after = told(past.url, as_of, earlier), told(past.url, as_of, later)
        for each in before.keys() | after.keys():
            if before.get(each) != after.get(each):
                changed += 1
                assert _shown(by_id[each]["before"]) == before.get(each), (each, as_of, earlier, later)
                assert _shown(by_id[each]["after"]) == after.get(each), (each, as_of, earlier, later)
    assert changed > 50


def _shown(state: dict[str, Any] | None) -> dict[str, Any] | None:
    return state and {name: state[name] for name in SHOWN}


def test_the_totals_before_and_after_are_those_of_the_lists_of_then(past: Lives) -> None:
    as_of, earlier, later = past.days[len(past.days) // 2], past.head // 3, past.head // 2
    found = restated(past.url, as_of, earlier, later)["unsold"]
    assert found["before"] != found["after"]
    with connection(past.url) as own:
        for when, known_at in (("before", earlier), ("after", later)):
            wanted = asked(Times(as_of, known_at), unsold=True)
            assert found[when] == counts(own, wanted)["total"]
            assert found[when]["n"] == len(page(own, wanted))
