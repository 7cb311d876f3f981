from collections.abc import Iterator
from itertools import chain
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import entry
from tests.web.register import FIELD, LAND, OFFICE, OTHER, Id

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
    assert item.pop("message_vi").endswith("đã ghi 2025-01-12, được phép từ 2025-01-22")
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


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_paging_to_the_end_shows_each_finding_once(broken: TestClient, limit: int) -> None:
    every = list(pages(broken, limit=str(limit)))
    assert list(chain.from_iterable(every)) == [TOO_EARLY, SHORT, LATE]
    assert {len(page) for page in every[:-1]} <= {limit}
    assert every[-1] != []


def test_a_filter_of_findings_holds_on_every_page(broken: TestClient) -> None:
    assert list(pages(broken, office=OFFICE, limit="1")) == [[TOO_EARLY], [SHORT]]
