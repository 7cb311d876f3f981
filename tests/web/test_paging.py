from base64 import urlsafe_b64encode
from itertools import chain, permutations

import pytest
from starlette.testclient import TestClient

from tests.web.register import NEWEST, UNSOLD

LISTS = ["/v1/assets", "/v1/findings", "/v1/next-actions"]


def pages(web: TestClient, **asked: str) -> list[list[str]]:
    page = web.get("/v1/assets", params=asked).json()
    found = [[item["asset_ref"] for item in page["items"]]]
    return found + pages(web, **asked | {"cursor": page["next"]}) if page["next"] else found


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_paging_to_the_end_shows_each_asset_once(web: TestClient, limit: int) -> None:
    found = pages(web, limit=str(limit))
    assert list(chain.from_iterable(found)) == NEWEST
    assert {len(page) for page in found[:-1]} == {limit}
    assert found[-1] != []


def test_a_last_page_that_is_full_has_no_next(web: TestClient) -> None:
    assert pages(web, unsold="true", limit="3") == [UNSOLD]


def test_filters_hold_on_every_page(web: TestClient) -> None:
    assert pages(web, unsold="true", limit="1") == [[ref] for ref in UNSOLD]


GARBAGE = {
    "words": "first-page",
    "not of base64": "a!b",
    "of a wrong length": "abcde",
    "letters with marks": "đấu",
    "nothing": "",
    "a control character in the reference": urlsafe_b64encode(b'["a\\u0000", "' + b"0" * 32 + b'"]').decode(),
    "no id": urlsafe_b64encode(b'["TS-1", "TS-1"]').decode(),
    "a row that no file has": urlsafe_b64encode(b'["TS-1", "' + b"0" * 32 + b'", 0]').decode(),
    "more than a key": urlsafe_b64encode(b'["2025-01-01", "TS-1", "' + b"0" * 32 + b'", 1, 1]').decode(),
    "a day that is a number": urlsafe_b64encode(b'[0, "TS-1", "' + b"0" * 32 + b'", 1]').decode(),
    "an object": urlsafe_b64encode(b"{}").decode(),
}


def refused(web: TestClient, path: str, cursor: str) -> None:
    answer = web.get(path, params={"cursor": cursor})
    assert answer.status_code == 422
    assert [(fault["parameter"], fault["code"]) for fault in answer.json()["errors"]] == [
        ("cursor", "cursor-unknown")
    ]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", GARBAGE.values(), ids=GARBAGE.keys())
def test_a_cursor_that_no_page_gave_is_refused(web: TestClient, path: str, cursor: str) -> None:
    refused(web, path, cursor)


@pytest.mark.parametrize(("path", "other"), list(permutations(LISTS, 2)))
def test_a_cursor_of_another_list_is_refused(web: TestClient, path: str, other: str) -> None:
    refused(web, path, web.get(f"{other}?limit=1").json()["next"])
