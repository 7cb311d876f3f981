"""What the law sets for an entry, asked before it is entered."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.keys import held
from tests.web.register import BARE, HOUSE, LAND, OFFICE, Id
from tests.web.test_commands import posted
from tests.web.test_problems import told


def limits(web: TestClient, asset: object, **asked: str) -> list[dict[str, Any]]:
    answer = web.get(f"/v1/assets/{asset}/limits", params=asked)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def bounds(web: TestClient, asset: object, **asked: str) -> set[tuple[str | None, str, object, str]]:
    items = limits(web, asset, **asked)
    return {(item["field"], item["bound"], item["allowed"], item["rule"]) for item in items}


@pytest.fixture
def failed(recording: TestClient, database: str, ids: Id) -> TestClient:
    """The register, with the land's third round failed."""
    entry = {"on": "2025-02-01", "round_no": 3, "reason": "no_bid"}
    who = held(database, "coordinator")
    path = f"/{ids[LAND]}/round-failures"
    assert posted(recording, path, entry, who, {"If-Match": '"v9"'}).status_code == 201
    return recording


def test_a_reduction_is_told_its_lowest_price_and_what_it_is_a_share_of(failed: TestClient, ids: Id) -> None:
    asked = {"entry": "price_reduced", "on": "2025-02-20", "decided_by": "officer"}
    (cut,) = limits(failed, ids[LAND], **asked)
    message = {name: cut.pop(name) for name in ("message", "message_vi")}
    assert "10 %" in message["message"]
    assert "10 %" in message["message_vi"]
    assert cut == {
        "field": "to_price",
        "bound": "at_least",
        "allowed": 769_500_000,
        "asked": None,
        "limit": 10,
        "unit": "percent",
        "whole": 855_000_000,
        "rule": "FAIL-03",
        "part": "",
        "article": "L26/2008 art 104(5)",
        "confidence": "sure",
        "refuses": True,
    }


def test_a_limit_is_of_the_law_of_the_day_that_is_asked_about(failed: TestClient, ids: Id) -> None:
    reduced = bounds(failed, ids[LAND], entry="price_reduced", on="2026-08-03")
    assert reduced == {("to_price", "at_least", 769_500_000, "N-FAIL-03")}
    assert bounds(failed, ids[LAND], entry="in_lieu_offered", on="2026-08-03") == set()


def test_a_round_is_told_its_deposit_and_the_first_day_of_the_auction_from_its_posting(
    failed: TestClient, ids: Id
) -> None:
    asked = {"entry": "round_announced", "on": "2025-02-03", "posted_on": "2025-02-03"}
    assert bounds(failed, ids[LAND], **asked) == {
        ("deposit", "at_least", 42_750_000, "LDG-04"),
        ("deposit", "at_most", 171_000_000, "LDG-04"),
        ("auction_at", "first", "2025-02-10", "LDG-13"),
    }


def test_a_posting_is_told_its_last_day_from_the_auction(failed: TestClient, ids: Id) -> None:
    asked = {"entry": "round_announced", "on": "2025-02-03", "auction_on": "2025-02-28"}
    found = bounds(failed, ids[LAND], **asked)
    assert ("posted_on", "last", "2025-02-21", "LDG-13") in found
    assert ("registration_to", "last", "2025-02-27", "LDG-13") in found


def test_a_payment_is_told_its_last_day(web: TestClient, ids: Id) -> None:
    found = bounds(web, ids[HOUSE], entry="sale_paid", on="2025-01-20")
    assert found == {("on", "last", "2025-02-10", "PAY-01")}


def test_where_the_file_stands_against_an_entry_no_field_is_named(web: TestClient, ids: Id) -> None:
    (closed,) = limits(web, ids[LAND], entry="reappraisal_requested", on="2025-01-31")
    names = ("field", "bound", "allowed", "asked", "refuses")
    assert [closed[name] for name in names] == [None, "at_most", 0, 3, False]


def test_words_are_told_that_the_law_takes(web: TestClient, ids: Id) -> None:
    found = bounds(web, ids[BARE], entry="appraised", on="2025-01-31")
    assert ("method", "one_of", "agreed; appraiser; officer", "VAL-03") in found


def test_what_is_within_its_limits_is_recorded_and_what_is_not_is_refused(
    failed: TestClient, database: str, ids: Id
) -> None:
    who, path = held(database, "coordinator", OFFICE), f"/{ids[LAND]}/price-reductions"
    asked = {"entry": "price_reduced", "on": "2025-02-20", "decided_by": "officer"}
    (cut,) = limits(failed, ids[LAND], **asked)
    entry = {"on": "2025-02-20", "decided_by": "officer"}
    too_low = entry | {"to_price": cut["allowed"] - 2}
    version = {"If-Match": '"v10"'}
    assert told(posted(failed, path, too_low, who, version)).code == "refused"
    assert posted(failed, path, entry | {"to_price": cut["allowed"]}, who, version).status_code == 201
