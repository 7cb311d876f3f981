"""Entries recorded by forms: a whole life, what is refused, what was typed meanwhile."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from api.nouns import NOUNS
from api.pages.recording.titles import TITLES
from auctions.domain.asset.events import asset_id
from tests.web.keys import in_session
from tests.web.reading_pages import Page, opened, submitted
from tests.web.recording_by_pages import FILE, VESSEL, Clerk, address
from tests.web.register import LAND, OTHER, Id


@pytest.fixture
def clerk(recording: TestClient, database: str) -> Clerk:
    """A coordinator on the register, in a year under the law of then."""
    return Clerk(recording, in_session(database, "coordinator"), date(2025, 3, 3))


def test_a_vessel_goes_from_seizure_to_delivery_by_forms_alone(clerk: Clerk) -> None:
    begun = clerk.seizes()
    assert "Recorded as entry 1" in begun.words
    assert "Awaiting appraisal" in begun.words
    clerk.after(2).records("appraisal-contracts", contract_no="HĐ 7")
    clerk.after(5).records("appraisals", value="3,6 tỷ", method="appraiser")
    clerk.after(1).records("party-notices", of="appraisal")
    clerk.after(2).records("auction-contracts", organisation="TC-1")
    clerk.announces("3.600.000.000", deposit="360 triệu")
    clerk.records("round-failures", reason="no_registrant")
    clerk.after(1).records("party-notices")
    clerk.after(2).records("price-reductions", to_price="3.240.000.000", decided_by="agreement")
    clerk.announces("3.240.000.000")
    clerk.records("round-failures", reason="no_bid")
    clerk.after(2).records("party-notices")
    clerk.after(12).records("price-reductions", to_price="2.916.000.000", decided_by="officer")
    clerk.announces("2.916.000.000")
    due = clerk.records("round-failures", reason="no_registrant")
    assert "Ask the creditor whether" in due.words
    clerk.after(1).records("in-lieu-offers")
    clerk.after(3).records("in-lieu-answers", accepted="false")
    clerk.after(8).records("price-reductions", to_price="2.700.000.000", decided_by="officer")
    clerk.announces("2.700.000.000")
    clerk.records("round-wins", price="2,75 tỷ", registrants="2", bidders="2")
    clerk.after(30).records("winner-defaults", deposit_kept="270 triệu")
    clerk.announces("2.700.000.000")
    won = clerk.records("round-wins", price="2,8 tỷ", registrants="3", bidders="3")
    assert "2,800,000,000" in won.words
    clerk.after(10).records("sale-payments")
    end = clerk.after(20).records("deliveries", to_ref="BUYER-1")
    assert "Delivered" in end.words
    asset = clerk.web.get(f"/v1/assets/{VESSEL}").json()
    assert (asset["stage"], asset["paid"], asset["failed_rounds"]) == ("delivered", 2_800_000_000, 3)
    assert asset["attributes"] == {"vessel_no": "BĐ-91999-TS", "power_cv": "822.5"}
    assert asset["loan_value"] == 12_100_000_000


def test_the_law_stands_beside_the_field_before_anything_is_typed(clerk: Clerk) -> None:
    clerk.up_to_a_failed_round()
    page = opened(clerk.web, f"{address('price-reductions')}?on=2025-06-02&decided_by=officer", clerk.who)
    assert "at least 3,240,000,000 dong" in page.words.replace("\N{NO-BREAK SPACE}", " ")
    assert "26/2008/QH12, article 104(5)" in page.words
    said = f"{address('price-reductions')}?on=2025-06-02&to_price=3,1 tỷ"
    vietnamese = opened(clerk.web, said, clerk.who, "vi").words.replace("\N{NO-BREAK SPACE}", " ")
    assert "ít nhất 3.240.000.000 đồng" in vietnamese
    assert "3.100.000.000 đồng (3,1 tỷ đồng)" in vietnamese
    assert "Trái quy định" in vietnamese


def test_the_first_day_of_a_reduction_stands_beside_its_day(clerk: Clerk) -> None:
    clerk.up_to_a_failed_round()
    asked = f"{address('price-reductions')}?on={clerk.day}&decided_by=officer"
    words = opened(clerk.web, asked, clerk.who).words
    assert "not before 2025-04-" in words
    assert "104(1)" in words


def test_a_cut_too_deep_is_refused_with_its_article_and_recorded_as_it_was_found(clerk: Clerk) -> None:
    clerk.up_to_a_failed_round()
    refused = clerk.fills(
        "price-reductions", to_price="3 tỷ", decided_by="agreement", note="như đã thỏa thuận"
    )
    assert refused.status == 409
    assert "104(5)" in refused.words
    assert "3,000,000,000" in refused.words
    kept = refused.form(address("price-reductions")).fields
    assert (kept["to_price"], kept["note"]) == ("3 tỷ", "như đã thỏa thuận")
    assert "as_found" not in kept
    assert "This happened so" in refused.words
    again = clerk.sends(refused, address("price-reductions"), as_found="true")
    assert "the price was reduced to 3,000,000,000 dong" in again.words


def test_what_is_not_possible_is_no_matter_of_the_law(clerk: Clerk) -> None:
    clerk.up_to_a_failed_round()
    refused = clerk.fills("round-announcements", starting_price="3 tỷ")
    assert refused.status == 409
    assert "The price in force is 3,600,000,000" in refused.words
    assert "This happened so" not in refused.words


def test_a_refusal_is_told_in_vietnamese(clerk: Clerk) -> None:
    clerk.up_to_a_failed_round()
    page = clerk.opens("price-reductions", "vi")
    fields = page.form(address("price-reductions")).fields
    fields |= {"on": clerk.day.isoformat(), "to_price": "3 tỷ", "decided_by": "agreement"}
    headers = {"Accept": "text/html", "Accept-Language": "vi", "Origin": "http://testserver"}
    cookie = {"Cookie": clerk.who["Cookie"]}
    answer = clerk.web.post(address("price-reductions"), data=fields, headers=headers | cookie)
    assert answer.status_code == 409
    assert "mỗi lần giảm giá không quá 10 %" in answer.text
    assert "Việc đã xảy ra như vậy" in answer.text


def test_what_cannot_be_read_is_told_at_its_field_and_kept(clerk: Clerk) -> None:
    clerk.seizes()
    refused = clerk.fills("appraisals", value="khoảng ba tỷ", method="")
    assert refused.status == 422
    assert "This cannot be read as it is typed." in refused.words
    assert "This is needed." in refused.words
    assert refused.form(address("appraisals")).fields["value"] == "khoảng ba tỷ"
    assert refused.html.count('aria-invalid="true"') == 2


def test_who_was_overtaken_is_shown_what_came_in_between_and_sends_it_again(clerk: Clerk) -> None:
    clerk.seizes()
    form = clerk.opens("costs")
    clerk.after(1).records("surveys", condition="rỉ sét")
    typed = {"on": clerk.day.isoformat(), "amount": "15 triệu", "what": "trông giữ"}
    overtaken = clerk.sends(form, address("costs"), **typed)
    assert overtaken.status == 412
    assert "its condition was surveyed" in overtaken.words
    kept = overtaken.form(address("costs")).fields
    assert (kept["amount"], kept["what"], kept["version"]) == ("15 triệu", "trông giữ", "2")
    assert "a cost of 15,000,000 dong arose" in clerk.sends(overtaken, address("costs")).words


def test_a_form_that_is_sent_twice_is_recorded_once(clerk: Clerk) -> None:
    clerk.seizes()
    form = clerk.opens("costs")
    typed = {"on": clerk.day.isoformat(), "amount": "15 triệu", "what": "trông giữ"}
    answers = [clerk.sends(form, address("costs"), **typed) for _ in "12"]
    assert ["Recorded as entry 2" in answer.words for answer in answers] == [True, True]
    assert clerk.web.get(f"/v1/assets/{VESSEL}").json()["version"] == 2


def test_what_was_typed_is_there_again_when_one_has_signed_in_anew(clerk: Clerk, database: str) -> None:
    clerk.seizes()
    form = clerk.opens("round-announcements")
    typed = {"on": clerk.day.isoformat(), "auction_form": "online", "auction_at": "2025-05-05T09:00"}
    ended = submitted(clerk.web, form, address("round-announcements"), None, follow=False, **typed)
    assert ended.status == 401
    assert "What you typed is kept" in ended.words
    fields = ended.form(address("round-announcements")).fields
    asked = clerk.web.post("/sign-in/again", data=fields, headers={"Accept": "text/html"})
    back = Page(asked).form("/sign-in").fields["return_to"]
    again = opened(clerk.web, back, in_session(database, "coordinator"))
    kept = again.form(address("round-announcements")).fields
    assert {name: kept[name] for name in typed} == typed


def test_lists_numbers_and_shares_are_typed_one_on_each_line(clerk: Clerk) -> None:
    clerk.seizes()
    clerk.after(1).records("surveys", missing="máy phụ\n\nlưới kéo\n", **{"attribute-hull": "thép"})
    clerk.records("identifications", scheme="portal", value="A-17")
    clerk.records("documents", sha256="0123456789abcdef" * 4, name="bien-ban.pdf", size="1024")
    told = clerk.web.get(f"/v1/assets/{VESSEL}/history").json()["entries"]
    assert [each["data"] for each in told[1:]] == [
        {"missing": ["máy phụ", "lưới kéo"], "attributes": {"hull": "thép"}},
        {"alias": {"scheme": "portal", "value": "A-17"}},
        {"sha256": "0123456789abcdef" * 4, "name": "bien-ban.pdf", "size": 1024},
    ]


def test_every_entry_but_strikes_has_a_form_in_both_languages(clerk: Clerk) -> None:
    clerk.seizes()
    assert TITLES.keys() == (NOUNS.keys() | {"seized"}) - {"entry_struck"}
    for language in ("en", "vi"):
        for entry in TITLES.keys() - {"seized"}:
            assert clerk.opens(NOUNS[entry], language).status == 200, entry
    assert clerk.opens("strikes").status == 404


@pytest.mark.parametrize("path", ["/seizure", "/board", address("costs")])
def test_the_public_is_asked_to_sign_in_and_others_may_not_record(
    clerk: Clerk, database: str, path: str
) -> None:
    clerk.seizes()
    assert opened(clerk.web, path).status == 401
    for role in ("auditor", "administrator"):
        assert opened(clerk.web, path, in_session(database, role)).status == 403


def test_a_file_of_another_office_is_read_and_not_recorded_in(clerk: Clerk, database: str) -> None:
    clerk.seizes(officer="CB-1")
    other = in_session(database, "coordinator", OTHER)
    shown = opened(clerk.web, FILE, other)
    assert shown.status == 200
    assert "What is due now" not in shown.words
    assert "coordinator-KV-3" not in shown.words
    assert opened(clerk.web, address("costs"), other).status == 403
    form = clerk.opens("costs")
    fields = form.form(address("costs")).fields | {"csrf_token": other["X-CSRF-Token"]}
    typed = {"on": clerk.day.isoformat(), "amount": "15 triệu", "what": "trông giữ"}
    headers = {"Cookie": other["Cookie"], "Accept": "text/html", "Origin": "http://testserver"}
    sent = clerk.web.post(address("costs"), data=fields | typed, headers=headers)
    assert sent.status_code == 403
    assert clerk.web.get(f"/v1/assets/{VESSEL}").json()["version"] == 1


def test_a_file_shows_what_was_struck_and_leads_to_a_strike_of_what_was_not(
    web: TestClient, register: str, ids: Id
) -> None:
    page = opened(web, f"/assets/{ids[LAND]}/file", in_session(register, "supervisor"))
    assert page.links["Strike entry 9"] == f"/assets/{ids[LAND]}/strike/9"
    other = opened(web, f"/assets/{ids['TS-5']}/file", in_session(register, "supervisor", OTHER))
    assert "struck through by entry 4" in other.words
    assert "Strike entry 2" not in other.words


def test_a_seizure_that_is_there_already_is_refused_at_its_reference(clerk: Clerk) -> None:
    clerk.seizes()
    again = clerk.seizes()
    assert again.status == 409
    assert "is seized already" in again.words
    assert again.form("/seizure").fields["attribute-vessel_no"] == "BĐ-91999-TS"


def test_an_attribute_that_does_not_fit_is_refused_at_its_field(clerk: Clerk) -> None:
    refused = clerk.seizes(**{"attribute-power_cv": "tám trăm"})
    assert refused.status == 409
    assert "A number is expected here." in refused.words
    assert refused.form("/seizure").fields["attribute-power_cv"] == "tám trăm"


def test_what_was_typed_is_kept_where_its_form_cannot_be_shown(clerk: Clerk) -> None:
    clerk.seizes()
    gone = f"/assets/{asset_id(OTHER, 'TS-404')}/record/costs"
    fields = clerk.opens("costs").form(address("costs")).fields | {"what": "trông giữ\n24/7"}
    headers = {"Cookie": clerk.who["Cookie"], "Accept": "text/html", "Accept-Language": "en"}
    page = Page(clerk.web.post(gone, data=fields, headers=headers))
    assert page.status == 404
    assert "Not recorded yet" in page.words
    sent_again = page.form(gone).fields
    assert {name: sent_again[name] for name in fields} == fields
