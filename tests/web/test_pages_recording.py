"""An asset's whole life by forms, in a browser without JavaScript."""

from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from auctions.domain.asset.events import asset_id
from auctions.rules.calendar import calendar
from tests.web.keys import Headers, in_session
from tests.web.reading_pages import Page, opened, submitted
from tests.web.register import OFFICE

REF = "TS-67"
VESSEL = asset_id(OFFICE, REF)
FILE = f"/assets/{VESSEL}/file"


class Clerk:
    """A coordinator of the office at a browser, who goes on from day to day."""

    def __init__(self, web: TestClient, who: Headers, day: date) -> None:
        self.web, self.who, self.day = web, who, day

    def after(self, days: int) -> "Clerk":
        self.day = calendar("vn").next_working(self.day + timedelta(days))
        return self

    def opens(self, noun: str) -> Page:
        return opened(self.web, f"/assets/{VESSEL}/record/{noun}", self.who)

    def fills(self, noun: str, **filled: str) -> Page:
        return self.sends(
            self.opens(noun), f"/assets/{VESSEL}/record/{noun}", **{"on": self.day.isoformat(), **filled}
        )

    def sends(self, page: Page, address: str, **filled: str) -> Page:
        """Send a form; what comes of it is the page that the browser goes on to."""
        answer = submitted(self.web, page, address, self.who, follow=False, **filled)
        if answer.status == 303:
            return opened(self.web, answer.answer.headers["location"], self.who)
        return answer

    def records(self, noun: str, **filled: str) -> Page:
        """Fill in a form; what comes of it is the file with what was recorded."""
        page = self.fills(noun, **filled)
        assert page.status == 200, page.words
        assert "Recorded as entry" in page.words, page.words
        return page


@pytest.fixture
def clerk(recording: TestClient, database: str) -> Clerk:
    """A coordinator on the register, half a year ago, under the law of then."""
    return Clerk(recording, in_session(database, "coordinator"), date(2025, 3, 3))


def seized(clerk: Clerk, **filled: str) -> Page:
    """What comes of seizing the vessel."""
    chosen = submitted(
        clerk.web,
        opened(clerk.web, "/seizure", clerk.who),
        "/seizure",
        clerk.who,
        kind="vessel",
        asset_ref=REF,
        on=clerk.day.isoformat(),
        show_fields="1",
    )
    assert chosen.status == 200
    assert chosen.form("/seizure").fields["asset_ref"] == REF
    told = {"attribute-vessel_no": "BĐ-91999-TS", "attribute-power_cv": "822.5", "loan_value": "12,1 tỷ"}
    return clerk.sends(chosen, "/seizure", **(told | filled))


def announces(clerk: Clerk, price: str, **more: str) -> Page:
    on = clerk.after(3).day
    auction = calendar("vn").next_working(on + timedelta(28))
    at = f"{auction}T09:00"
    page = clerk.records("round-announcements", starting_price=price, auction_at=at, **more)
    clerk.day = auction
    return page


def test_a_vessel_goes_from_seizure_to_delivery_by_forms_alone(clerk: Clerk) -> None:
    begun = seized(clerk)
    assert "Recorded as entry 1" in begun.words
    assert "Awaiting appraisal" in begun.words
    clerk.after(2).records("appraisal-contracts", contract_no="HĐ 7")
    clerk.after(5).records("appraisals", value="3,6 tỷ", method="appraiser")
    clerk.after(1).records("party-notices", of="appraisal")
    clerk.after(2).records("auction-contracts", organisation="TC-1")
    announces(clerk, "3.600.000.000", deposit="360 triệu")
    clerk.records("round-failures", reason="no_registrant")
    clerk.after(1).records("party-notices")
    clerk.after(2).records("price-reductions", to_price="3.240.000.000", decided_by="agreement")
    announces(clerk, "3.240.000.000")
    clerk.records("round-failures", reason="no_bid")
    clerk.after(2).records("party-notices")
    clerk.after(12).records("price-reductions", to_price="2.916.000.000", decided_by="officer")
    announces(clerk, "2.916.000.000")
    due = clerk.records("round-failures", reason="no_registrant")
    assert "Ask creditor" in due.words
    clerk.after(1).records("in-lieu-offers")
    clerk.after(3).records("in-lieu-answers", accepted="false")
    clerk.after(8).records("price-reductions", to_price="2.700.000.000", decided_by="officer")
    announces(clerk, "2.700.000.000")
    clerk.records("round-wins", price="2,75 tỷ", registrants="2", bidders="2")
    clerk.after(30).records("winner-defaults", deposit_kept="270 triệu")
    announces(clerk, "2.700.000.000")
    won = clerk.records("round-wins", price="2,8 tỷ", registrants="3", bidders="3")
    assert "2,800,000,000" in won.words
    clerk.after(10).records("sale-payments")
    end = clerk.after(20).records("deliveries", to_ref="BUYER-1")
    assert "Delivered" in end.words
    asset = clerk.web.get(f"/v1/assets/{VESSEL}").json()
    assert (asset["stage"], asset["paid"], asset["failed_rounds"]) == ("delivered", 2_800_000_000, 3)
    assert asset["attributes"] == {"vessel_no": "BĐ-91999-TS", "power_cv": "822.5"}
    assert asset["loan_value"] == 12_100_000_000
