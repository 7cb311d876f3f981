"""A coordinator takes a vessel from its seizure to its delivery, in pages only."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from auctions.rules.calendar import calendar
from tests.browser.forms import fill
from tests.browser.site import Site
from tests.browser.ways import WAYS, Way

if TYPE_CHECKING:
    from playwright.sync_api import Page

REF = "BDI-0900"


class Coordinator:
    """A coordinator at a browser, who goes on from day to day and from page to page by links and forms."""

    def __init__(self, page: "Page", day: date) -> None:
        self.page, self.day = page, day

    def after(self, days: int) -> "Coordinator":
        """Go on to the first working day after some days."""
        self.day = calendar("vn").next_working(self.day + timedelta(days))
        return self

    def seizes(self, **filled: str) -> None:
        """Begin the file of a vessel."""
        self.page.goto("/")
        self.page.get_by_role("link", name="Record a seizure").click()
        fill(self.page, kind="vessel")
        button = self.page.get_by_role("button", name="Show the fields of this kind")
        if button.is_visible():
            button.click()  # which a script does by itself
        self.page.locator('[name="attribute-vessel_no"]').wait_for()
        fill(self.page, on=self.day.isoformat(), **filled)
        self._sends("Begin the file")

    def records(self, noun: str, **filled: str) -> None:
        """Open a form from the file, fill it in and send it; the file tells what was recorded."""
        link = self.page.locator(f'main a[href*="/record/{noun}"]').first
        if not link.is_visible():
            self.page.get_by_text("Other entries that are possible").click()
        link.click()
        fill(self.page, on=self.day.isoformat(), **filled)
        self._sends("Record")

    def announces(self, price: str) -> None:
        """Announce a round four weeks ahead, and let the auction come."""
        auction = calendar("vn").next_working(self.day + timedelta(28))
        self.records("round-announcements", starting_price=price, auction_at=f"{auction}T09:00")
        self.day = auction

    def _sends(self, button: str) -> None:
        self.page.locator("main").get_by_role("button", name=button, exact=True).click()
        self.page.locator("[role=status]", has_text="Recorded as entry").first.wait_for()

    def stands(self) -> str:
        """What the file says the asset stands at."""
        said: str = self.page.locator("dt", has_text="Stage of the file").locator("+ dd").inner_text()
        return said


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_takes_a_vessel_from_seizure_to_delivery(office_site: Site, way: Way) -> None:
    page = office_site.window("coordinator", way.look, java_script_enabled=way.scripts)
    at_work = Coordinator(page, date(2025, 3, 3))
    at_work.seizes(
        asset_ref=REF,
        loan_value="12,1 tỷ",
        **{"attribute-vessel_no": "BĐ-91999-TS"},
    )
    _three_rounds_fail(at_work)
    at_work.after(1).records("in-lieu-offers")
    at_work.after(3).records("in-lieu-answers", accepted="false")
    at_work.after(8).records("price-reductions", to_price="2.700.000.000", decided_by="officer")
    at_work.after(3).announces("2.700.000.000")
    at_work.records("round-wins", price="2,75 tỷ", registrants="2", bidders="2")
    at_work.after(30).records("winner-defaults", deposit_kept="270 triệu")
    at_work.after(3).announces("2.700.000.000")
    at_work.records("round-wins", price="2,8 tỷ", registrants="3", bidders="3")
    at_work.after(10).records("sale-payments")
    at_work.after(20).records("deliveries", to_ref="BUYER-1")
    assert at_work.stands() == "Delivered"
    register = page.locator("main table").last.inner_text()
    assert "2,800,000,000" in register
    assert "Not lawful" not in register
    _is_told_to_the_public(office_site, page.url.partition("/file")[0], way)


def _three_rounds_fail(at_work: Coordinator) -> None:
    at_work.after(2).records("appraisal-contracts", contract_no="HĐ 7")
    at_work.after(5).records("appraisals", value="3,6 tỷ", method="appraiser")
    at_work.after(1).records("party-notices", of="appraisal")
    at_work.after(2).records("auction-contracts", organisation="TC-1")
    at_work.after(3).announces("3.600.000.000")
    at_work.records("round-failures", reason="no_registrant")
    at_work.after(1).records("party-notices", of="failure")
    at_work.after(2).records("price-reductions", to_price="3.240.000.000", decided_by="agreement")
    at_work.after(3).announces("3.240.000.000")
    at_work.records("round-failures", reason="no_bid")
    at_work.after(1).records("party-notices", of="failure")
    at_work.after(12).records("price-reductions", to_price="2.916.000.000", decided_by="officer")
    at_work.after(3).announces("2.916.000.000")
    at_work.records("round-failures", reason="no_registrant")


def _is_told_to_the_public(office_site: Site, address: str, way: Way) -> None:
    public = office_site.window(look=way.look, java_script_enabled=way.scripts)
    public.goto(address)
    assert REF in public.locator("h1").inner_text()
    assert "2,800,000,000" in public.locator("main").inner_text()
    assert "BUYER-1" not in public.locator("body").inner_text()
