"""Everything that a mouse reaches, Tab reaches too, and one sees where one is."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.looks import PHONE, Look
from tests.browser.site import Site, places
from tests.web.pages_paths import PATHS

if TYPE_CHECKING:
    from playwright.sync_api import Page

TABBED = {
    "/",
    "/sign-in",
    "/assets/{asset_id}",
    "/assets/{asset_id}/file",
    "/assets/{asset_id}/history",
    "/board",
    "/calendar",
    "/decline",
    "/findings",
    "/imports",
    "/seizure",
    "/administration/accounts",
}
"""Pages of each kind: lists, forms, charts, a file."""
_NUMBERED = """() => {
    const can = "a[href], area[href], button, input, select, textarea, summary, [tabindex]";
    const reached = [...document.querySelectorAll(can)].filter(each =>
        each.tabIndex >= 0 && !each.disabled && each.type !== "hidden" && each.checkVisibility());
    const radios = new Set();
    const first = each => !radios.has(each.name) && radios.add(each.name);
    const wanted = reached.filter(each => each.type !== "radio" || first(each));
    wanted.forEach((each, number) => { each.dataset.number = number });
    return wanted.length;
}"""
_FOCUSED = """() => {
    const focused = document.activeElement, style = getComputedStyle(focused);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const seen = focused.getBoundingClientRect();
    const within = seen.bottom > 0 && seen.top < innerHeight && seen.right > 0 && seen.left < innerWidth;
    const what = focused.outerHTML.slice(0, 120);
    return {number: focused.dataset.number ?? "", shown: outlined && within, what};
}"""


@pytest.mark.parametrize("path", [path for path in PATHS if path.partition("?")[0] in TABBED])
def test_tab_reaches_everything_and_shows_where_it_is(sample_site: Site, path: str) -> None:
    page = sample_site.window(PATHS[path], Look("vi", PHONE), reduced_motion="reduce")
    page.goto(path.format(**places()))
    wanted = page.evaluate(_NUMBERED)
    assert wanted > 3
    reached = _tabbed(page, 3 * wanted)  # a field for a day is passed in parts, of which one is shown itself
    assert {each["number"] for each in reached} == {str(number) for number in range(wanted)}
    seen = {each["number"] for each in reached if each["shown"]}
    assert [each["what"] for each in reached if each["number"] not in seen] == []


def _tabbed(page: "Page", times: int) -> list[dict[str, str]]:
    """Press Tab; what has the focus after each time, until it has left the page."""
    found = list[dict[str, str]]()
    for _ in range(times):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if not focused["number"]:
            break
        found.append(focused)
    return found
