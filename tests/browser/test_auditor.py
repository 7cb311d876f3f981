"""An auditor finds who cut a price below the cap, and proves it away from the service."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from auctions.verifier.commandline import main as verify
from tests.browser.below_cap import REF, VESSEL, WHO, cut_below_cap
from tests.browser.forms import fill
from tests.browser.site import OFFICE, Site, site
from tests.browser.ways import WAYS, Way
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.journeys.databases import created

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def signed_site(browser: "Browser", server: str, filled: str, tmp_path: Path) -> Iterator[Site]:
    """The service on a register of the test's own in which a price was cut too deep, its log signed."""
    with created(server, filled) as url:
        cut_below_cap(url)
        log = SignedLog(url, tmp_path / "evidence")
        log.sign()
        with site(browser, url, log.path) as opened:
            yield opened
            opened.end()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_finds_who_cut_below_the_cap_and_proves_it(signed_site: Site, way: Way, tmp_path: Path) -> None:
    page = signed_site.window("auditor", way.look, java_script_enabled=way.scripts)
    page.goto("/")
    page.get_by_role("link", name="Findings", exact=True).click()
    page.get_by_role("link", name="Price cut by more than the cap").first.click()
    page.wait_for_url("**/findings?*rule=*")
    fill(page, office=OFFICE)
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/findings?*office=*")
    row = page.locator("tr", has_text=REF)
    assert "3,000,000,000" in row.inner_text()
    row.locator('a[href*="/history"]').click()
    page.locator("h1", has_text=f"{REF}, as known then").wait_for()
    cut = page.locator("li", has_text="3,000,000,000").last.inner_text()
    assert WHO in cut
    page.get_by_role("link", name="Evidence", exact=True).last.click()
    page.locator("h1", has_text=f"{REF}: evidence").wait_for()
    if way.scripts:
        _verifies_here(page)
    _verifies_away(page, tmp_path)


def _verifies_here(page: "Page") -> None:
    page.get_by_role("button", name="Verify in this browser").click()
    page.locator("[role=status]", has_text="All 5 entries stand in the signed log").wait_for()


def _verifies_away(page: "Page", folder: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Proofs as one archive").click()
    archive = folder / "proofs.zip"
    download.value.save_as(archive)
    with ZipFile(archive) as opened:
        opened.extractall(folder / "taken")
    (proofs,) = (folder / "taken").rglob("proofs.json")
    assert verify(["asset", str(proofs), str(VESSEL), "--key", SIGNER.key.vkey]) == 0
    _blame_another(proofs)
    assert verify(["asset", str(proofs), str(VESSEL), "--key", SIGNER.key.vkey]) == 1


def _blame_another(proofs: Path) -> None:
    told = json.loads(proofs.read_text("utf-8"))
    cut = told["items"][-1]
    entry = b64decode(cut["entry"])
    assert WHO.encode() in entry
    cut["entry"] = b64encode(entry.replace(WHO.encode(), b"COORDINATOR-8")).decode()
    proofs.write_text(json.dumps(told), "utf-8")
