"""The pictures of decline: valid, within the page, no two texts over each other, in the reader's words."""

from datetime import timedelta
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from api.decline_svg import decline_svg
from api.ladder_svg import ladder_svg
from api.languages import Language
from api.svg import HEIGHT, WIDTH
from projections.decline import Asked, decline
from projections.rungs import rungs
from tests.unit.lives import AS_OF, BEGINNING, day, life, sample

SVG = "{http://www.w3.org/2000/svg}"
CHARACTER = 0.5
"""About as wide as the narrower of usual fonts, as part of the size."""


def many(answer: Any, times: int) -> Any:  # noqa: ANN401 - any part of an answer
    """The answer as if every asset stood for so many."""
    if isinstance(answer, list):
        return [many(each, times) for each in answer]
    if not isinstance(answer, dict):
        return answer
    counts = ("n", "at_risk", "sold", "assets", "unsold")
    return {
        name: value * times if name in counts and isinstance(value, int) else many(value, times)
        for name, value in answer.items()
    }


def sixty_reductions() -> dict[str, Any]:
    answer: dict[str, Any] = many(decline(sample(), AS_OF, 123_456_789), 5_000)
    last = answer["by_reductions"][-1]
    answer["by_reductions"] += [last | {"reductions": number, "n": 999_999} for number in range(33, 61)]
    return answer


VESSEL = {"kind": "vessel", "loan_value": 10**10, "province": "Bà Rịa - Vũng Tàu"}
ANSWERS: dict[str, dict[str, Any]] = {
    "the sample": decline(sample(), AS_OF, 7831),
    "nothing": decline([], AS_OF, None),
    "one asset": decline([life(10**9, 9 * 10**8, rounds="f.", **VESSEL)], AS_OF, 0),
    "one asset sold at once": decline([life(9, rounds="w", sold_on=day(10), sold_for=9, **VESSEL)], AS_OF, 1),
    "prices that rose": decline(
        [life(levels=(("appraised", day(0), 1), ("reappraised", day(1), 9), ("reduced", day(2), 8)))],
        AS_OF,
        1,
    ),
    "everything asked": decline(
        sample(), AS_OF, 1, Asked("vessel", 'Tỉnh <&"> ' * 30, "KV-3", 2024, "old", "kind")
    ),
    "a million assets and sixty reductions": sixty_reductions(),
}
LONG = tuple(int(9_999_999_999_999 * 0.93**number) for number in range(61))
SOLD = next(each for each in sample() if each.sold_for and len(each.levels) > 8)
LADDERS = {
    "a sold asset": SOLD,
    "an unsold vessel": next(each for each in sample() if each.asset_ref == "PYE-0194"),
    "no price yet": life(),
    "one price": life(5_000_000),
    "sixty reductions of a name too long": life(*LONG, asset_ref="<x> & 'y' " * 20, loan_value=18 * 10**12),
    "a few dong": life(
        9, 8, 7, levels=tuple(("reduced", BEGINNING + timedelta(each), 9) for each in range(3))
    ),
}


def drawn(picture: str) -> ET.Element:
    root = ET.fromstring(picture)  # noqa: S314 - our own picture
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    return root


def box(text: ET.Element) -> tuple[float, float, float, float]:
    """About where a text lies: left, top, right, bottom."""
    x, y, size = (float(text.get(name, "0")) for name in ("x", "y", "font-size"))
    long = len(text.text or "") * size * CHARACTER
    before = {"start": 0.0, "middle": long / 2, "end": long}[text.get("text-anchor", "start")]
    if text.get("transform"):
        return x - size * 0.7, y - long + before, x, y + before
    return x - before, y - size * 0.7, x - before + long, y


def meet(one: ET.Element, other: ET.Element) -> bool:
    left, top, right, bottom = box(one)
    its_left, its_top, its_right, its_bottom = box(other)
    return left < its_right and its_left < right and top < its_bottom and its_top < bottom


def assert_legible(picture: str) -> None:
    texts = [text for text in drawn(picture).iter(f"{SVG}text") if text.text]
    for text in texts:
        left, top, right, bottom = box(text)
        assert left > 0 and top > 0 and right < WIDTH and bottom < HEIGHT, text.text  # noqa: PT018 - one box
    assert [(one.text, other.text) for one, other in combinations(texts, 2) if meet(one, other)] == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ANSWERS)
def test_no_text_of_the_picture_of_many_runs_off_the_page_or_into_another(
    name: str, language: Language
) -> None:
    assert_legible(decline_svg(ANSWERS[name], language))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", LADDERS)
def test_no_text_of_the_picture_of_one_runs_off_the_page_or_into_another(
    name: str, language: Language
) -> None:
    told = LADDERS[name]
    view = {"asset_ref": told.asset_ref, "loan_value": told.loan_value, "steps": rungs(told)}
    assert_legible(ladder_svg(view, language))
    assert_legible(ladder_svg(view | {"as_of": "2026-10-31", "known_at": 7831}, language))


def words(picture: str) -> list[str]:
    return [text.text or "" for text in drawn(picture).iter(f"{SVG}text")]


def test_every_median_stands_with_its_number_of_assets_and_the_page_with_its_two_times() -> None:
    said = words(decline_svg(ANSWERS["the sample"], "en"))
    rows = ANSWERS["the sample"]["by_reductions"]
    assert {f"{row['n']}" for row in rows} <= set(said)
    assert {f"{row['median']:.1%}" for row in rows} <= set(said)
    assert said[-1] == "Source: the asset files as of the end of 2026-10-31, as known at position 7,831."


def test_numbers_and_days_are_written_as_the_reader_writes_them() -> None:
    said = words(decline_svg(ANSWERS["a million assets and sixty reductions"], "vi"))
    assert {"92,0%", "830.000", "tất cả tài sản (n = 1.000.000)"} <= set(said)
    assert "31/10/2026" in said[-1]


def test_who_cannot_see_a_picture_is_told_its_figures() -> None:
    told = drawn(decline_svg(ANSWERS["the sample"], "en")).findtext(f"{SVG}desc") or ""
    assert "reductions 1: median 92.0% (n = 166)" in told
    assert "2026-10-31" in told


def test_a_picture_tells_which_assets_it_is_about() -> None:
    asked = decline(sample(), AS_OF, 1, Asked(kind="vessel", year=2024, regime="old"))
    assert words(decline_svg(asked, "vi"))[1].startswith("loại tàu cá, năm kê biên 2024, theo luật trước")
    assert words(decline_svg(asked, "en"))[1].startswith("kind fishing vessel, seized in 2024, under the law")


def test_characters_that_xml_has_no_place_for_are_replaced() -> None:
    picture = ladder_svg({"asset_ref": "A\x00\x0b\ud800B", "loan_value": None, "steps": []}, "en")
    assert words(picture)[0] == "Price ladder of A\ufffd\ufffd\ufffdB"


def test_the_ladder_gives_every_price_in_dong_and_marks_what_caused_it() -> None:
    view = {"asset_ref": "TS-17", "loan_value": None, "steps": rungs(SOLD)}
    said = words(ladder_svg(view, "en"))
    assert {f"{price:,}" for _, _, price in SOLD.levels} <= set(said)
    assert {"appraised", "reduced", "reappraised", "sold"} <= set(said)
