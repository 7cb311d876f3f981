"""What remains unsold, as a member of the public searches it."""

from html import escape

import pytest
from starlette.testclient import TestClient

from projections.runner import Runner
from tests.web.keys import in_session
from tests.web.reading_pages import Page, opened
from tests.web.register import BARE, FIELD, HOUSE, LAND, OTHER, UNSOLD, VESSEL, Id

REFS = [LAND, HOUSE, VESSEL, BARE, FIELD]


def listed(page: Page) -> list[str]:
    """The references of the assets that a page lists, in its order."""
    return [words for words in page.links if words in REFS]


def searched(web: TestClient, path: str = "/", **typed: str) -> Page:
    """What comes of typing into the search form of a page and sending it."""
    form = opened(web, path).form(path)
    assert form.method == "get"
    answer = web.get(path, params=form.fields | typed, headers={"Accept-Language": "en"})
    return Page(answer)


def test_the_first_page_lists_what_is_unsold_and_how_far_it_has_fallen(web: TestClient, ids: Id) -> None:
    page = opened(web, "/")
    assert listed(page) == UNSOLD
    assert page.links[LAND] == f"/assets/{ids[LAND]}"
    for told in ("855,000,000", "85.5% of first", "42.8% of loan", "Thửa 7, tờ 12", "3 assets"):
        assert told in page.words
    assert page.html.count('class="search-spark"') == 1


def test_the_page_of_all_assets_lists_those_that_were_sold_too(web: TestClient) -> None:
    assert sorted(listed(opened(web, "/assets"))) == REFS
    assert listed(searched(web, "/assets", unsold="false")) == [HOUSE, VESSEL]


def test_two_choices_find_what_is_under_a_part_of_its_loan_value(web: TestClient) -> None:
    found = searched(web, kind="land", of_loan_max="0.5")
    assert listed(found) == [LAND]
    assert found.answer.url.query == b"kind=land&of_loan_max=0.5"
    assert listed(searched(web, kind="land", of_loan_max="0.4")) == []


@pytest.mark.parametrize("typed", ["855.000.000", "855,000,000", "855 000 000", "855000000"])
def test_money_is_typed_as_people_write_it(web: TestClient, typed: str) -> None:
    found = searched(web, price_max=typed)
    assert found.answer.url.query == b"price_max=855000000"
    assert listed(found) == [LAND]
    assert found.form("/").fields["price_max"] == "855,000,000"


def test_what_is_no_amount_of_money_is_kept_as_typed_and_told_at_its_field(web: TestClient) -> None:
    page = searched(web, price_max="1.5", q="Thửa")
    assert page.status == 422
    assert page.form("/").fields["price_max"] == "1.5"
    assert page.form("/").fields["q"] == "Thửa"
    assert "An amount in dong is expected" in page.words
    assert 'aria-invalid="true" aria-describedby="price_max-about"' in page.html
    told = opened(web, "/?as_of=yesterday", language="vi")
    assert "Cần một ngày không sau hôm nay" in told.words
    assert told.form("/").fields["as_of"] == "yesterday"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ruong", [FIELD]),
        ("province=Bình Định", [FIELD, LAND]),
        (f"office={OTHER}", [FIELD]),
        ("stage=announced", [LAND]),
        ("rounds_min=3&failed_rounds_min=2&reductions_min=2&left_max=0.9", [LAND]),
        ("suspended=true", [BARE]),
        ("year=2025", UNSOLD),
        ("year=2024", []),
        ("in_lieu_open=true", []),
        ("days_since_round_min=10&days_since_seizure_min=10", [LAND]),
        ("sort=asset_ref", [LAND, BARE, FIELD]),
        ("as_of=2025-01-05", [BARE, LAND, HOUSE, VESSEL]),
    ],
)
def test_an_address_is_a_search(web: TestClient, query: str, found: list[str]) -> None:
    assert listed(opened(web, f"/?{query}")) == found


def test_a_count_leads_to_what_it_counts_and_back(web: TestClient) -> None:
    for words in ("Bình Định 2", "land-use right 2", "500 million to 1 billion 1", "3 and more 1"):
        name, _, n = words.rpartition(" ")
        page = opened(web, "/")
        narrowed = opened(web, page.links[name])
        assert len(listed(narrowed)) == int(n)
        assert listed(opened(web, narrowed.links[name])) == UNSOLD


def test_what_is_asked_for_can_be_left_out_again_one_by_one(web: TestClient) -> None:
    page = opened(web, "/?kind=vessel&q=ruong")
    assert "Nothing is found" in page.words
    assert listed(opened(web, page.links["words: ruong"])) == [BARE]
    assert listed(opened(web, page.links["kind: fishing vessel"])) == [FIELD]


def test_blanks_and_what_cannot_be_asked_are_dropped_from_the_address(web: TestClient) -> None:
    answer = web.get("/?q=&kind=vessel&utm_source=x&unsold=false&officer=CB-7", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?kind=vessel")


def test_a_register_without_assets_says_what_brings_them(empty: TestClient, database: str) -> None:
    assert opened(empty, "/").status == 503
    Runner(database).catch_up()
    assert "once an enforcement office has recorded a seizure" in opened(empty, "/").words


def test_everyone_sees_the_same_list(web: TestClient, register: str) -> None:
    for role in ("auditor", "coordinator", "administrator"):
        page = opened(web, "/", in_session(register, role), language="vi")
        assert listed(page) == UNSOLD
        assert "Tài sản còn chưa bán được" in page.words


def test_a_search_tells_how_to_subscribe_to_it_and_take_it_along(web: TestClient) -> None:
    page = opened(web, "/?kind=land&office=KV-3")
    feed = "/assets.atom?kind=land&office=KV-3&unsold=true"
    assert page.links["News of this search as a feed (Atom)"] == feed
    assert f'type="application/atom+xml" title="News of this search" href="{escape(feed)}"' in page.html
    assert "auctions webhooks add https://… --kind land --office KV-3" in page.words
    for kind in ("CSV", "XLSX", "GeoJSON", "iCalendar"):
        assert web.get(page.links[kind]).status_code == 200
    assert LAND in web.get(page.links["CSV"]).text


def test_a_long_list_is_paged(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.pages.routes.unsold._ROWS", 2)
    first = opened(web, "/?sort=asset_ref")
    second = opened(web, first.links["Further assets"])
    assert listed(first) + listed(second) == [LAND, BARE, FIELD]
    assert second.links["Back to the first page"] == "/?sort=asset_ref"
    assert opened(web, "/?cursor=nothing").status == 422


def test_a_list_is_sorted_by_the_head_of_a_column_one_way_and_the_other(web: TestClient) -> None:
    by_ref = opened(web, opened(web, "/?kind=land").links["Asset"])
    assert listed(by_ref) == [LAND, FIELD]
    assert 'aria-sort="ascending"' in by_ref.html
    assert listed(opened(web, by_ref.links["Asset"])) == [FIELD, LAND]


def test_a_search_of_a_large_register_is_counted_when_that_is_asked(
    web: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.pages.routes.unsold._COUNTED_AT_ONCE", 2)
    assert "3 assets" in opened(web, "/").words
    assert "2 assets" in opened(web, "/?province=Bình Định&sort=price").words
    page = opened(web, "/?q=ruong")
    assert listed(page) == [FIELD]
    assert "1 asset" not in page.words
    assert "1 asset" in opened(web, page.links["Count all that is found"]).words
    assert "Count all that is found" in opened(web, "/assets").links
