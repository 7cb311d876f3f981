"""The page of how value declined: figures with their pictures, numbers, filters and downloads."""

import re

from starlette.testclient import TestClient

from tests.web.reading_pages import Page, opened

PICTURE = re.compile(r'<svg class="chart"[^>]* role="img" aria-label="([^"]*)"')


def drawn(page: Page) -> list[str]:
    """What the pictures of a page show, in words."""
    return PICTURE.findall(page.html)


def test_each_picture_stands_with_its_numbers_its_n_and_a_sentence(web: TestClient) -> None:
    page = opened(web, "/decline")
    assert drawn(page) == [
        "Price left after each reduction",
        "Not yet sold, by auction rounds",
        "Not yet sold, by days",
    ]
    assert "After reduction 1 (n = 1) half of the assets are down to 90.0%" in page.words
    assert "1 1 90.0% 90.0% 90.0% 2 1 85.5% 85.5% 85.5%" in page.words
    assert "n = 3 announced: 2 sold, 1 censored" in page.words
    assert "Half were sold by round 1." in page.words
    assert "sold at auction 2 40.0% unsold still 3 60.0%" in page.words


def test_figures_are_of_the_assets_chosen_and_the_form_keeps_the_choice(web: TestClient) -> None:
    page = opened(web, "/decline?kind=vessel&year=2025&office=KV-3")
    assert "Assets: 2 · fishing vessel · KV-3 · seized in 2025" in page.words
    kept = page.form("/decline").fields
    assert (kept["kind"], kept["year"], kept["office"], kept["province"]) == ("vessel", "2025", "KV-3", "")


def test_downloads_hold_what_was_chosen(web: TestClient) -> None:
    page = opened(web, "/decline?kind=land&as_of=2025-01-12")
    addresses = set(re.findall(r'href="(/v1/decline[^"]*)"', page.html))
    assert addresses == {
        f"/v1/decline{ending}?kind=land&amp;as_of=2025-01-12" for ending in (".csv", ".svg", "")
    }
    assert all(web.get(address.replace("&amp;", "&")).status_code == 200 for address in addresses)


def test_groups_are_drawn_on_one_axis_with_what_they_are_called(web: TestClient) -> None:
    page = opened(web, "/decline?by=kind")
    assert drawn(page).count("Not yet sold, by auction rounds") == 4
    assert "Group by group" in page.words
    assert "land-use right" in page.words
    assert "not stated" in opened(web, "/decline?by=province").words
    assert "before 1 July 2026" in opened(web, "/decline?by=regime").words


def test_another_day_as_known_then_tells_what_was_known_of_it(web: TestClient) -> None:
    page = opened(web, "/decline?as_of=2025-01-12&known_at=9")
    assert "Assets: 1" in page.words
    assert "as of the end of 2025-01-12, as known at position 9 of the log" in page.words
    always = page.links["This page with exactly these figures, for ever"]
    assert always.endswith("as_of=2025-01-12&known_at=9")


def test_where_no_asset_fits_the_page_says_what_to_do(web: TestClient) -> None:
    page = opened(web, "/decline?year=1999")
    assert "No asset fits what you chose." in page.words
    assert page.links["All assets"] == "/decline"
    assert drawn(page) == []


def test_what_is_refused_stays_in_the_form_with_the_reason_beside_it(web: TestClient) -> None:
    page = opened(web, "/decline?year=last&kind=land")
    assert page.status == 422
    kept = page.form("/decline").fields
    assert (kept["year"], kept["kind"]) == ("last", "land")
    assert (
        'name="year" type="text" value="last" inputmode="numeric" autocomplete="off" aria-invalid="true"'
        in (page.html)
    )


def test_the_page_is_there_in_vietnamese(web: TestClient) -> None:
    page = opened(web, "/decline?by=regime", language="vi")
    assert "Phần giá còn lại sau mỗi lần giảm giá" in page.words
    assert "trước 01/07/2026" in page.words
    assert "Sau 1 lần giảm giá (n = 1)" in page.words
