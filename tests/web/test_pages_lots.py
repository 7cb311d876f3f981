"""The result of a lot, recorded for all its assets in one form."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from auctions.domain.asset.events import asset_id
from tests.web.keys import Headers, held, in_session
from tests.web.reading_pages import Page, opened, submitted
from tests.web.register import OFFICE, OTHER
from tests.web.test_commands import SEIZED, posted

LOT = [asset_id(OFFICE, ref) for ref in ("TS-31", "TS-32")]
RESULT = "/lots/L 9/result"


@pytest.fixture
def clerk(recording: TestClient, database: str) -> Headers:
    """A coordinator's session; two assets of the office are announced as one lot."""
    by = held(database, "coordinator")
    for ref, file in zip(("TS-31", "TS-32"), LOT, strict=True):
        posted(recording, "", SEIZED | {"asset_ref": ref}, by)
        appraised = {"on": "2025-03-04", "value": 1_000_000_000, "method": "appraiser"}
        announced = {"on": "2025-03-05", "round_no": 1, "starting_price": 1_000_000_000, "lot_ref": "L 9"}
        posted(recording, f"/{file}/appraisals", appraised, by, {"If-Match": '"v1"'})
        posted(recording, f"/{file}/round-announcements", announced, by, {"If-Match": '"v2"'})
    return in_session(database, "coordinator")


def sent(web: TestClient, clerk: Headers, page: Page | None = None, **filled: str) -> Page:
    form = page or opened(web, RESULT, clerk)
    return submitted(web, form, "/lots/L%209/result", clerk, follow=False, **filled)


def results(first: str, second: str, **more: str) -> dict[str, str]:
    """The result of each asset."""
    told = {f"{LOT[0]}.result": first, f"{LOT[1]}.result": second, "on": "2025-04-10"}
    return told | {f"{LOT[int(name[0])]}.{name[2:]}": value for name, value in more.items()}


def test_one_form_records_what_failed_and_what_was_won(recording: TestClient, clerk: Headers) -> None:
    details = {"0_reason": "no_bid", "1_price": "1,1 tỷ", "1_bidders": "2"}
    answer = sent(recording, clerk, None, **results("round_failed", "round_won", **details))
    assert answer.status == 303, answer.words
    stages = [recording.get(f"/v1/assets/{each}").json()["stage"] for each in LOT]
    assert stages == ["awaiting_reduction", "won"]
    shown = opened(recording, answer.answer.headers["location"], clerk)
    assert "round 1 failed: nobody bid" in shown.words


def test_what_is_missing_is_told_at_its_field_and_what_was_typed_is_kept(
    recording: TestClient, clerk: Headers
) -> None:
    refused = sent(recording, clerk, None, **results("round_won", "round_failed", **{"1_reason": "no_bid"}))
    assert refused.status == 422
    assert f'id="{LOT[0]}.price-about"' in refused.html
    assert "This is needed." in refused.words
    assert refused.form("/lots/L%209/result").fields[f"{LOT[1]}.reason"] == "no_bid"
    right = sent(recording, clerk, refused, **{f"{LOT[0]}.price": "1.100.000.000"})
    assert right.status == 303


def test_the_form_of_an_asset_of_a_lot_and_its_file_lead_to_the_lots_form(
    recording: TestClient, clerk: Headers
) -> None:
    for path in (f"/assets/{LOT[0]}/record/round-failures", f"/assets/{LOT[0]}/file"):
        page = opened(recording, path, clerk)
        assert page.links["Record the result of the whole lot"] == "/lots/L%209/result"
    alone = submitted(
        recording,
        opened(recording, f"/assets/{LOT[0]}/record/round-failures", clerk),
        f"/assets/{LOT[0]}/record/round-failures",
        clerk,
        reason="no_bid",
        on=date(2025, 4, 10).isoformat(),
    )
    assert alone.status == 409
    assert "recorded for the whole lot" in alone.words


def test_a_lot_is_of_one_office(recording: TestClient, clerk: Headers, database: str) -> None:
    assert opened(recording, RESULT, clerk, "vi").status == 200
    assert opened(recording, RESULT).status == 401
    assert opened(recording, RESULT, in_session(database, "auditor")).status == 403
    assert opened(recording, RESULT, in_session(database, "coordinator", OTHER)).status == 404


def test_what_was_typed_is_kept_when_the_session_has_ended(recording: TestClient, clerk: Headers) -> None:
    form = opened(recording, RESULT, clerk)
    typed = results("round_failed", "round_failed", **{"0_reason": "no_bid", "1_reason": "no_bid"})
    ended = submitted(recording, form, "/lots/L%209/result", None, follow=False, **typed)
    assert ended.status == 401
    kept = ended.form("/lots/L%209/result").fields
    assert {name: kept[name] for name in typed} == typed
    assert kept["form"].startswith("/lots/")
