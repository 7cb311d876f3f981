"""A member of the public finds what is nearly worthless beside its loan, and hears of it from then on."""

from xml.etree import ElementTree as ET

import psycopg
import pytest

from api.database import OPTIONS
from tests.browser.forms import fill
from tests.browser.site import Site
from tests.browser.ways import WAYS, Way

ATOM = "{http://www.w3.org/2005/Atom}"
FALLEN = """SELECT asset_ref FROM assets
    WHERE unsold AND kind = 'vessel' AND price * 10 <= loan_value ORDER BY asset_ref"""


@pytest.fixture
def fallen(sample_register: str) -> list[str]:
    """Unsold vessels priced at a tenth of their loan value at most, as the register has them."""
    with psycopg.connect(sample_register, options=OPTIONS) as own:
        return [ref for (ref,) in own.execute(FALLEN)]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_finds_all_vessels_under_a_tenth_of_their_loan_and_subscribes(
    sample_site: Site, fallen: list[str], way: Way
) -> None:
    page = sample_site.window(look=way.look, java_script_enabled=way.scripts)
    page.goto("/")
    fill(page, kind="vessel", of_loan_max="0.1")
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url("**/?*of_loan_max=0.1*")
    assert page.locator("h1").inner_text() == "What remains unsold"
    refs = page.locator("tbody th a").all_inner_texts()
    assert len(fallen) > 5
    assert sorted(refs) == fallen
    feed = page.get_by_role("link", name="News of this search as a feed").get_attribute("href")
    told = ET.fromstring(page.request.get(feed).body())  # noqa: S314 - our own service's
    titles = [entry.findtext(f"{ATOM}title", "") for entry in told.iter(f"{ATOM}entry")]
    assert {title.partition(" ")[0] for title in titles} >= set(fallen)
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/assets/*")
    assert refs[0] in page.locator("h1").inner_text()
