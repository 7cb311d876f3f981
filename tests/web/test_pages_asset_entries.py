"""Every entry of an asset's file on pages: what was struck and why, what came late, long files in parts."""

import re
from contextlib import closing
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import PRICE, entry
from tests.web.keys import in_session
from tests.web.reading_pages import Page, opened
from tests.web.register import FIELD, LAND, OFFICE, OTHER, Id

KB = 1024


def entry_of(page: Page, number: int) -> str:
    """The HTML of one entry."""
    return page.html.partition(f'<li value="{number}"')[2].partition("</li>")[0]


def numbers(page: Page) -> list[int]:
    return [int(number) for number in re.findall(r'<li value="(\d+)"', page.html)]


@pytest.fixture
def long_file(database: str, recording: TestClient) -> UUID:
    """A file of 230 entries: a vessel that 32 rounds did not sell, each followed by a cut, and its costs."""
    assert recording
    told = [entry("seized", 0, asset_ref="TAU-32", kind="vessel", loan_value=9 * PRICE)]
    told.append(entry("appraised", 0, value=PRICE))
    price = PRICE
    for number in range(1, 33):
        told.append(entry("round_announced", number, round_no=number, starting_price=price))
        told.append(entry("round_failed", number, round_no=number, registrants=0, bidders=0))
        price = price * 19 // 20
        told.append(entry("price_reduced", number, to_price=price))
    told += [entry("cost_accrued", 40) for _ in range(230 - len(told))]
    stream_id = asset_id(OFFICE, "TAU-32")
    with closing(PostgresStore(database)) as store:
        record(store, stream_id=stream_id, entries=told, by=Actor("clerk", OFFICE), as_found=True)
    Runner(database).catch_up()
    return stream_id


def test_what_was_struck_stands_struck_through_with_the_reason(web: TestClient, ids: Id) -> None:
    struck = entry_of(opened(web, f"/assets/{ids[FIELD]}"), 2)
    assert "<s>a cost of 2,500,000 dong arose: custody</s>" in struck
    assert "Struck by entry 4" in struck
    assert "another asset&#39;s page" in struck
    assert "BB-9" in struck
    assert "head" not in struck


def test_who_struck_it_is_told_to_the_office(web: TestClient, ids: Id, register: str) -> None:
    page = opened(web, f"/assets/{ids[FIELD]}", in_session(register, "supervisor", OTHER))
    assert "clerk; Basis: BB-9" in entry_of(page, 2)
    assert "Approved by: head" in entry_of(page, 2)


def test_an_entry_that_came_after_a_later_one_is_marked(changing: TestClient, database: str) -> None:
    late = [entry("cost_accrued", 4, amount=1)]
    vessel_id = asset_id(OFFICE, LAND)
    with closing(PostgresStore(database)) as store:
        record(store, stream_id=vessel_id, entries=late, by=Actor("clerk", OFFICE), as_found=True)
    page = opened(changing, f"/assets/{vessel_id}")
    assert "entered late" in entry_of(page, 10)
    assert page.html.count("entered late") == 1


def test_the_latest_fifty_stand_on_the_assets_page_and_the_rest_on_pages_of_200(
    recording: TestClient, long_file: UUID
) -> None:
    page = opened(recording, f"/assets/{long_file}")
    assert numbers(page) == list(range(181, 231))
    whole = opened(recording, page.links["All 230 from the first on"])
    assert numbers(whole) == list(range(1, 201))
    rest = opened(recording, whole.links["Entries after 200"])
    assert numbers(rest) == list(range(201, 231))
    assert "Entries after" not in rest.html


def test_a_short_file_stands_whole_on_its_assets_page(web: TestClient, ids: Id) -> None:
    page = opened(web, f"/assets/{ids[LAND]}")
    assert numbers(page) == list(range(1, 10))
    assert "from the first on" not in page.html


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_of_a_vessel_with_32_cuts_is_not_heavy(
    recording: TestClient, long_file: UUID, language: str
) -> None:
    page = opened(recording, f"/assets/{long_file}", language=language)
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.html)
    weights = [len(page.answer.content), *(len(recording.get(file).content) for file in files)]
    assert page.html.count("#mark-reduced") == 32 + 1
    assert sum(weights) <= 60 * KB


def test_entries_are_told_in_vietnamese_too(web: TestClient, ids: Id) -> None:
    page = opened(web, f"/assets/{ids[FIELD]}/entries", language="vi")
    assert "Các mục của TS-5" in page.words
    assert "Bị gạch bỏ bởi mục 4 ngày" in page.words
