from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.models_of_steps import FindingCounts
from auctions.application.recording import Actor, record
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import entry
from tests.web.register import AUCTION, FIELD, LAND, OFFICE, OTHER, Id

Found = list[tuple[str, str]]
TOO_EARLY, SHORT, LATE = (LAND, "FAIL-02"), (LAND, "LDG-13"), (FIELD, "VAL-01")


@pytest.fixture
def broken(changing: TestClient, ids: Id, database: str, store: PostgresStore) -> TestClient:
    """The register in which another office too has broken a rule: it contracted an appraisal too late."""
    late = [entry("appraisal_contracted", 50)]
    record(store, stream_id=ids[FIELD], entries=late, by=Actor("clerk", OTHER), as_found=True)
    Runner(database).catch_up()
    return changing


def pages(web: TestClient, **asked: str) -> Iterator[Found]:
    answer = web.get("/v1/findings", params=asked)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    yield [(item["asset_ref"], item["rule"]) for item in page["items"]]
    if page["next"]:
        yield from pages(web, **asked | {"cursor": page["next"]})


def found(web: TestClient, **asked: str) -> Found:
    return list(chain.from_iterable(pages(web, **asked)))


def test_a_finding_tells_what_was_asked_and_what_the_rule_of_that_day_allowed(
    web: TestClient, ids: Id
) -> None:
    answer = web.get("/v1/findings?rule=FAIL-02").json()
    assert (answer["position"], answer["next"]) == (25, None)
    (item,) = answer["items"]
    assert item.pop("message").endswith("asked 2025-01-12, allowed from 2025-01-22")
    assert item.pop("message_vi").endswith("đã ghi 12/01/2025, được phép từ 22/01/2025")
    assert item.pop("article").startswith("L26/2008 art 104")
    assert item == {
        "asset_id": str(ids[LAND]),
        "asset_ref": LAND,
        "office": OFFICE,
        "entry_no": 5,
        "on": "2025-01-12",
        "rule": "FAIL-02",
        "part": "",
        "confidence": "sure",
        "asked": "2025-01-12",
        "allowed": "2025-01-22",
    }


def test_findings_are_filtered_by_office_rule_and_asset(broken: TestClient, ids: Id) -> None:
    assert found(broken) == [TOO_EARLY, SHORT, LATE]
    assert found(broken, office=OTHER) == [LATE]
    assert found(broken, office=OFFICE) == [TOO_EARLY, SHORT]
    assert found(broken, rule="LDG-13") == [SHORT]
    assert found(broken, asset_id=str(ids[LAND])) == [TOO_EARLY, SHORT]
    assert found(broken, asset_id=str(ids[LAND]), rule="VAL-01") == []
    assert found(broken, asset_id=str(uuid4())) == []
    assert found(broken, year="2025") == [TOO_EARLY, SHORT, LATE]
    assert found(broken, year="2024") == []


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_paging_to_the_end_shows_each_finding_once(broken: TestClient, limit: int) -> None:
    every = list(pages(broken, limit=str(limit)))
    assert list(chain.from_iterable(every)) == [TOO_EARLY, SHORT, LATE]
    assert {len(page) for page in every[:-1]} <= {limit}
    assert every[-1] != []


def test_a_filter_of_findings_holds_on_every_page(broken: TestClient) -> None:
    assert list(pages(broken, office=OFFICE, limit="1")) == [[TOO_EARLY], [SHORT]]


def counts(web: TestClient, **asked: str) -> list[tuple[str, str, int, int]]:
    answer = web.get("/v1/findings/counts", params=asked)
    told = FindingCounts.model_validate_json(answer.content, strict=True)
    assert told.model_dump(mode="json") == answer.json()
    return [(each.rule, each.office, each.n, each.assets) for each in told.items]


def test_findings_are_counted_by_rule_and_office(broken: TestClient, ids: Id) -> None:
    early, short, late = ("FAIL-02", OFFICE, 1, 1), ("LDG-13", OFFICE, 1, 1), ("VAL-01", OTHER, 1, 1)
    assert counts(broken) == [early, short, late]
    assert counts(broken, office=OTHER) == [late]
    assert counts(broken, rule="LDG-13") == [short]
    assert counts(broken, asset_id=str(ids[LAND])) == [early, short]
    assert counts(broken, asset_id=str(uuid4())) == []
    assert counts(broken, year="2025", office=OTHER) == [late]
    assert counts(broken, year="2024") == []


def test_findings_of_one_file_are_counted_of_one_asset_and_by_the_years_of_their_steps(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    reported_late = [
        entry("round_failed", 50, round_no=3),
        entry("price_reduced", 51, to_price=800_000_000),
        entry(
            "round_announced", 52, round_no=4, starting_price=800_000_000, auction_at=AUCTION + timedelta(60)
        ),
        entry("round_failed", 400, round_no=4),
    ]
    for line in reported_late:
        record(store, stream_id=ids[LAND], entries=[line], by=Actor("clerk", OFFICE), as_found=True)
    Runner(database).catch_up()
    (told,) = changing.get("/v1/findings/counts?rule=LDG-12").json()["items"]
    assert told == {
        "rule": "LDG-12",
        "office": OFFICE,
        "n": 2,
        "assets": 1,
        "years": [{"year": 2025, "n": 1, "assets": 1}, {"year": 2026, "n": 1, "assets": 1}],
    }


def test_counts_are_told_of_a_past_day_as_it_was_known(web: TestClient) -> None:
    assert counts(web, as_of="2025-01-11") == counts(web, known_at="4") == []
    assert counts(web, as_of="2025-01-12", rule="FAIL-02") == [("FAIL-02", OFFICE, 1, 1)]


@pytest.mark.parametrize("asked", [{}, {"office": OFFICE}, {"as_of": "2025-01-25", "known_at": "9"}])
def test_the_counts_are_of_the_findings_that_are_listed(broken: TestClient, asked: dict[str, str]) -> None:
    items = broken.get("/v1/findings", params=asked | {"limit": "200"}).json()["items"]
    assert sum(n for _, _, n, _ in counts(broken, **asked)) == len(items) > 0
