"""A supervisor approves that a wrong entry is struck and entered again, as a coordinator proposed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.below_cap import REF, VESSEL, cut_below_cap
from tests.browser.forms import fill
from tests.browser.site import Site, account, followed, site
from tests.browser.ways import WAYS, Way
from tests.journeys.databases import created

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WRONG, RIGHT = "3,000,000,000", "3,600,000,000"


@pytest.fixture
def correcting_site(browser: "Browser", server: str, filled: str) -> Iterator[Site]:
    """The service on a register of the test's own, in which a price stands too low."""
    with created(server, filled) as url:
        cut_below_cap(url)
        with followed(url), site(browser, url) as opened:
            yield opened
            opened.end()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_approves_a_strike_that_a_coordinator_proposed(correcting_site: Site, way: Way) -> None:
    _proposes(correcting_site.window("coordinator", way.look, java_script_enabled=way.scripts))
    page = correcting_site.window("supervisor", way.look, java_script_enabled=way.scripts)
    page.goto("/")
    page.get_by_role("link", name="Strikes", exact=True).click()
    page.get_by_role("link", name=REF, exact=True).click()
    page.locator("h1", has_text="Correction of").wait_for()
    said = page.locator("main").inner_text()
    assert WRONG in said
    assert RIGHT in said
    assert account("coordinator") in said
    page.get_by_role("button", name="Approve the correction").click()
    page.get_by_role("link", name="See the file as it stands now").click()
    page.locator("tbody s", has_text=WRONG).wait_for()
    assert RIGHT in page.locator("dt", has_text="Price in force now").locator("+ dd").inner_text()


def _proposes(page: "Page") -> None:
    page.goto(f"/assets/{VESSEL}/file")
    page.get_by_role("link", name="Strike entry 5", exact=True).click()
    fill(page, strike_basis="QĐ 12/QĐ-CCTHADS", strike_reason="3.600.000.000 on paper")
    page.locator("main form [name=again]").check()
    fill(page, to_price="3.600.000.000")
    page.get_by_role("button", name="Propose it").click()
    page.locator("h1", has_text="Correction of").wait_for()
    assert page.get_by_role("button", name="Approve the correction").count() == 0
