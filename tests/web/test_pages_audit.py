"""Pages of auditors: a file as known then, breaches, late entries, what became known of a day."""

from contextlib import closing
from typing import Any

import pytest
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record, today
from auctions.domain.asset.events import asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import entry
from tests.web.keys import in_session
from tests.web.reading_pages import opened
from tests.web.register import FIELD, LAND, OFFICE, OTHER, Id


def there(ids: Id, ref: str, query: str = "") -> str:
    """The page of a file as known then."""
    return f"/assets/{ids[ref]}/history{query}"


def positions(web: TestClient, ids: Id, ref: str) -> dict[int, int]:
    """The position of each entry of a file, by its number."""
    told: Any = web.get(f"/v1/assets/{ids[ref]}/history").json()
    return {entry["entry_no"]: entry["position"] for entry in told["entries"]}


def test_a_file_is_shown_as_it_stands_when_neither_day_is_chosen(web: TestClient, ids: Id) -> None:
    page = opened(web, there(ids, LAND))
    assert page.status == 200
    assert "All entries were known." in page.words
    assert "Price in force 855,000,000 dong." in page.words
    assert "not yet known then" not in page.words


def test_a_day_is_told_by_what_was_known_then_beside_what_is_known_now(web: TestClient, ids: Id) -> None:
    known = positions(web, ids, LAND)[4]
    page = opened(web, there(ids, LAND, f"?as_of=2025-01-12&known_at={known}"))
    assert "On 2025-01-12, by what was recorded then: a round failed, awaiting a reduction." in page.words
    assert "Price in force 1,000,000,000 dong. 5 entries were not yet known." in page.words
    assert "What became known since, of this day" in page.words
    assert page.words.count("not yet known then") == 5
    assert "Price in force: 1,000,000,000 dong → 900,000,000 dong" in page.words
    picture = page.html.replace("\N{NO-BREAK SPACE}", " ")
    assert "from 1,000,000,000 dong down to 900,000,000 dong" in picture
    assert (page.html.count('class="audit-then"'), page.html.count('class="audit-now"')) == (1, 1)


def test_entries_of_a_later_day_are_told_apart_from_those_recorded_later(web: TestClient, ids: Id) -> None:
    page = opened(web, there(ids, LAND, "?as_of=2025-01-12"))
    assert page.words.count("of a later day") == 4
    assert "Price in force 900,000,000 dong. All entries were known." in page.words


def test_one_goes_through_a_file_recording_by_recording_without_a_script(web: TestClient, ids: Id) -> None:
    known = positions(web, ids, LAND)
    page = opened(web, there(ids, LAND, f"?as_of=2025-01-12&known_at={known[5]}"))
    before = opened(web, page.links["← Before the last entry known then"])
    assert "5 entries were not yet known." in before.words
    assert "by what was recorded then: a round failed" in before.words
    last = opened(web, there(ids, LAND, f"?known_at={known[8]}"))
    assert last.links["With the next entry →"] == there(ids, LAND)


def test_an_entry_struck_later_stood_then(web: TestClient, ids: Id) -> None:
    known = positions(web, ids, FIELD)
    then = opened(web, there(ids, FIELD, f"?known_at={known[3]}"))
    assert "struck later, by entry no. 4" in then.words
    assert "audit-struck" not in then.html
    now = opened(web, there(ids, FIELD))
    assert "struck by entry no. 4" in now.words
    assert "audit-struck" in now.html


def test_a_day_before_anything_was_recorded_knows_of_no_seizure(web: TestClient, ids: Id) -> None:
    page = opened(web, there(ids, LAND, "?as_of=2025-01-12&known_at=2024-12-31"))
    assert "the asset was not known as seized" in page.words
    assert "9 entries were not yet known." in page.words


@pytest.mark.parametrize(("asked", "kept"), [("as_of=2999-01-01", "2999-01-01"), ("known_at=soon", "soon")])
def test_a_day_that_cannot_be_told_of_is_refused_and_kept_in_the_form(
    web: TestClient, ids: Id, asked: str, kept: str
) -> None:
    page = opened(web, there(ids, LAND, f"?{asked}"))
    assert page.status == 422
    assert kept in page.form(there(ids, LAND)).fields.values()
    assert 'role="alert"' in page.html
    assert page.html.count('aria-invalid="true"') == 1
    vietnamese = opened(web, there(ids, LAND, f"?{asked}"), language="vi")
    assert "Cần một ngày không sau hôm nay" in vietnamese.words


def test_who_recorded_is_named_to_the_office_and_to_auditors_alone(
    web: TestClient, ids: Id, register: str
) -> None:
    assert "clerk" not in opened(web, there(ids, LAND)).words
    assert "clerk" not in opened(web, there(ids, LAND), in_session(register, "coordinator", OTHER)).words
    for role, office in (("coordinator", OFFICE), ("auditor", "")):
        assert ", clerk" in opened(web, there(ids, LAND), in_session(register, role, office)).words


def test_a_file_that_is_not_there_is_a_page_that_says_so(web: TestClient) -> None:
    assert opened(web, "/assets/00000000-0000-0000-0000-000000000000/history").status == 404
    assert opened(web, "/assets/none/history").status == 422


def test_the_file_of_then_is_told_in_vietnamese(web: TestClient, ids: Id) -> None:
    page = opened(web, there(ids, LAND, "?as_of=2025-01-12"), language="vi")
    assert "Ngày 12/01/2025, theo những gì đã ghi khi ấy" in page.words
    assert "thông báo đấu giá lần 1" in page.words


def test_who_cut_a_price_by_more_than_the_cap_is_found_by_two_links(
    changing: TestClient, database: str
) -> None:
    file = asset_id(OFFICE, LAND)
    cut = [entry("round_failed", 31, round_no=3), entry("price_reduced", 32, to_price=600_000_000)]
    with closing(PostgresStore(database)) as store:
        record(store, stream_id=file, entries=cut, by=Actor("clerk", OFFICE), as_found=True)
    Runner(database).catch_up()
    findings = opened(changing, "/findings")
    cuts = opened(changing, findings.links["Price cut by more than the cap, 2015-07-01 to 2026-06-30"])
    assert "A price is reduced by at most 10 %".lower() in cuts.words.lower()
    assert "asked 600,000,000, allowed at least 769,500,000" in cuts.words
    assert cuts.links[LAND] == f"/assets/{file}"
    assert cuts.links[OFFICE] == f"/findings?rule=FAIL-03&office={OFFICE}"


def test_findings_are_counted_listed_and_downloaded(web: TestClient) -> None:
    told: Any = web.get("/v1/findings").json()
    page = opened(web, "/findings")
    for finding in told["items"][:25]:
        assert f"/assets/{finding['asset_id']}" in page.html
    first = told["items"][0]
    of_one = opened(web, f"/findings?rule={first['rule']}&office={first['office']}")
    assert first["message"] in of_one.words
    assert first["message_vi"] in opened(web, f"/findings?rule={first['rule']}", language="vi").words
    assert of_one.links["CSV"] == f"/v1/findings.csv?rule={first['rule']}&office={first['office']}"
    assert of_one.form("/findings").fields["office"] == first["office"]


def test_findings_that_there_are_none_of_say_what_to_do(web: TestClient) -> None:
    page = opened(web, "/findings?rule=FAIL-03&office=KV-9")
    assert page.status == 200
    assert "Choose fewer conditions" in page.words


def test_late_entries_are_counted_by_office_and_for_auditors_by_person(
    web: TestClient, register: str
) -> None:
    public = opened(web, "/late-entries")
    assert OFFICE in public.words
    assert "clerk" not in public.words
    assert "Persons are named to auditors" in public.words
    assert "clerk" in opened(web, "/late-entries", in_session(register, "auditor", "")).words
    assert "Ai ghi muộn" in opened(web, "/late-entries", language="vi").words


def test_a_number_of_days_that_is_none_is_refused_and_kept(web: TestClient) -> None:
    page = opened(web, f"/late-entries?days=many&office={OFFICE}")
    assert page.status == 422
    assert page.form("/late-entries").fields == {"days": "many", "office": OFFICE, "known_at": ""}


def test_what_became_known_of_a_day_is_told_asset_by_asset(web: TestClient, ids: Id) -> None:
    asked = opened(web, "/restatement")
    assert "Known at the end of" in asked.words
    page = opened(web, "/restatement?as_of=2025-01-12&known_from=2024-12-31")
    assert "Of the end of 2025-01-12 more became known of 5 assets." in page.words
    assert page.links[LAND].startswith(f"/assets/{ids[LAND]}/history?as_of=2025-01-12")
    assert "round 1 was announced" in page.words
    nothing = opened(web, "/restatement?as_of=2025-01-12&known_from=2024-12-30&known_to=2024-12-31")
    assert "Nothing became known" in nothing.words
    assert "Điều mới biết" in opened(web, "/restatement", language="vi").words


def test_who_recorded_what_became_known_is_named_to_auditors_alone(web: TestClient, register: str) -> None:
    asked = "/restatement?as_of=2025-01-12&known_from=2024-12-31"
    assert "clerk" not in opened(web, asked).words
    assert ", clerk" in opened(web, asked, in_session(register, "auditor", "")).words


def test_days_in_the_wrong_order_are_refused_and_kept(web: TestClient) -> None:
    now = today().isoformat()
    page = opened(web, f"/restatement?as_of=2025-01-12&known_from={now}&known_to=2024-12-31")
    assert page.status == 422
    assert "Choose two days that are closer to each other" in page.words
    kept = {"as_of": "2025-01-12", "known_from": now, "known_to": "2024-12-31"}
    assert page.form("/restatement").fields == kept
