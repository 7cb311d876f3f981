"""A coordinator at a browser without JavaScript, who takes a vessel from day to day."""

from datetime import date, timedelta

from starlette.testclient import TestClient

from auctions.domain.asset.events import asset_id
from auctions.rules.calendar import calendar
from tests.web.keys import Headers
from tests.web.reading_pages import Page, opened, submitted
from tests.web.register import OFFICE

REF = "TS-67"
VESSEL = asset_id(OFFICE, REF)
FILE = f"/assets/{VESSEL}/file"


class Clerk:
    """A coordinator of the office; `day` is the day on which what is recorded happened."""

    def __init__(self, web: TestClient, who: Headers, day: date) -> None:
        self.web, self.who, self.day = web, who, day

    def after(self, days: int) -> "Clerk":
        """Go on to a working day so many days later."""
        self.day = calendar("vn").next_working(self.day + timedelta(days))
        return self

    def opens(self, noun: str, language: str = "en") -> Page:
        """The form of an entry."""
        return opened(self.web, address(noun), self.who, language)

    def fills(self, noun: str, **filled: str) -> Page:
        """What comes of filling in a form and sending it."""
        return self.sends(self.opens(noun), address(noun), **{"on": self.day.isoformat(), **filled})

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

    def seizes(self, **filled: str) -> Page:
        """Choose the kind, have its fields shown, fill them in."""
        begun = {"kind": "vessel", "asset_ref": REF, "on": self.day.isoformat()}
        first = opened(self.web, "/seizure", self.who)
        chosen = submitted(self.web, first, "/seizure", self.who, follow=False, show_fields="1", **begun)
        told = {"attribute-vessel_no": "BĐ-91999-TS", "attribute-power_cv": "822.5", "loan_value": "12,1 tỷ"}
        return self.sends(chosen, "/seizure", **(told | filled))

    def announces(self, price: str, **more: str) -> Page:
        """Announce a round; go on to the day of the auction."""
        on = self.after(3).day
        auction = calendar("vn").next_working(on + timedelta(28))
        at = f"{auction}T09:00"
        page = self.records("round-announcements", starting_price=price, auction_at=at, **more)
        self.day = auction
        return page

    def up_to_a_failed_round(self) -> "Clerk":
        """Seize, value, announce: the first round fails, and the parties are told."""
        self.seizes()
        self.after(5).records("appraisals", value="3,6 tỷ", method="appraiser")
        self.announces("3.600.000.000")
        self.records("round-failures", reason="no_registrant")
        self.after(1).records("party-notices")
        return self.after(1)


def address(noun: str) -> str:
    """Where the vessel's form of an entry is."""
    return f"/assets/{VESSEL}/record/{noun}"
