"""An asset's page: what happened to it, what it costs now, what comes next."""

from collections.abc import Iterator
from contextlib import closing
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from auctions.application.recording import Actor, record
from auctions.domain.asset.events import AssetEntry, Seized, asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.journeys.databases import created
from tests.unit.given import entry
from tests.web.keys import in_session
from tests.web.long_story import REF, Register, divided, part, vessel
from tests.web.reading_pages import Page, opened
from tests.web.register import BARE, LAND, OTHER, VESSEL, Id

NBSP = "\N{NO-BREAK SPACE}"


def filed(url: str, entries: list[AssetEntry]) -> UUID:
    """Record a file, an entry at a time; its asset's id."""
    seized = entries[0]
    assert isinstance(seized, Seized)
    stream_id = asset_id(seized.office, seized.asset_ref)
    with closing(PostgresStore(url)) as store:
        for line in entries:
            record(
                store, stream_id=stream_id, entries=[line], by=Actor("clerk", seized.office), as_found=True
            )
    return stream_id


@pytest.fixture(scope="module")
def long(server: str, template: str) -> Iterator[Register]:
    """The register of the long story."""
    with created(server, template) as url:
        ids = [filed(url, entries) for entries in (vessel(), divided(), part())]
        Runner(url).catch_up()
        with TestClient(create_app(url)) as client:
            yield Register(client, url, *ids)


@pytest.fixture(scope="module")
def page(long: Register) -> Page:
    """The vessel's page as the public sees it."""
    return opened(long.web, f"/assets/{long.vessel}")


def words(page: Page) -> str:
    return page.words.replace(NBSP, " ")


def section(page: Page, part: str) -> str:
    """The HTML of one part of a page."""
    return page.html.partition(f'<h2 id="{part}">')[2].partition("<h2")[0].replace(NBSP, " ")


def test_what_the_price_was_cut_to_is_told_though_it_was_valued_anew_since(
    changing: TestClient, database: str
) -> None:
    cut = filed(
        database,
        [
            entry("seized", 1, asset_ref="TS-61"),
            entry("appraised", 2, value=1_000_000_000),
            entry("round_announced", 3, round_no=1, starting_price=1_000_000_000),
            entry("round_failed", 10, round_no=1),
            entry("price_reduced", 11, to_price=900_000_000),
            entry("appraised", 20, value=1_200_000_000, reason="annulled"),
        ],
    )
    Runner(database).catch_up()
    told = words(opened(changing, f"/assets/{cut}"))
    assert "Valued anew at 1,200,000,000 dong" in told
    assert "The price was cut once, to 900,000,000 dong: 90.0% of the first." in told


def test_the_story_is_told_in_a_few_sentences(page: Page) -> None:
    told = words(page)
    assert page.status == 200
    assert "Seized on 2025-01-02 by KV-3. Valued at 1,000,000,000 dong on 2025-01-04." in told
    assert "Auction rounds announced: 3, without a buyer: 2." in told
    assert (
        "The price was cut 2 times, to 700,000,000 dong: 70.0% of the first. Now: awaiting a round." in told
    )
    assert "Of its loan value 17.5%" in told


def test_the_story_is_told_in_vietnamese(long: Register) -> None:
    told = words(opened(long.web, f"/assets/{long.vessel}", language="vi"))
    assert "Kê biên ngày 02/01/2025, do KV-3 thực hiện. Định giá 1.000.000.000 đồng" in told
    assert "Đã giảm giá 2 lần, còn 700.000.000 đồng, bằng 70,0% giá đầu tiên." in told
    assert "không thành: không có người trả giá" in told
    assert "máy phụ" in told


def test_each_price_level_stands_in_the_table_and_in_the_chart(page: Page) -> None:
    ladder = section(page, "ladder")
    assert "reduction 1, by agreement" in ladder
    assert "reduction 2, by the officer" in ladder
    assert [ladder.count(f'href="#mark-{cause}" x=') for cause in ("appraised", "agreed", "reduced")] == [
        1
    ] * 3
    assert "its loan value" in ladder
    assert f"/v1/assets/{page.html.partition('/v1/assets/')[2][:36]}/ladder.csv" in ladder


def test_a_hammer_is_marked_in_the_chart(web: TestClient, ids: Id) -> None:
    ladder = section(opened(web, f"/assets/{ids[VESSEL]}"), "ladder")
    assert 'href="#mark-sold" x=' in ladder
    assert "1,000,000,001" in ladder


def test_a_round_stands_with_its_notices_its_number_and_the_reductions_before(page: Page) -> None:
    first, second, third = section(page, "rounds").split("<tr>")[2:]
    assert "TB-1, TB-2</td>" in first
    assert "moved: 1" in first
    assert "won, but the winner did not pay" in first
    assert "no buyer: nobody bid" in second
    assert "<td>4</td><td>0</td>" in second
    assert [row.count("<td></td><td>1</td><td>2025-") for row in (second, third)] == [0, 1]


def test_what_broke_the_law_is_told_with_its_article(page: Page) -> None:
    findings = section(page, "findings")
    assert "rule FAIL-03" in findings
    assert page.links["Entry 13 of 2025-05-11"].endswith("/entries?after=12#entry-13")
    assert "Law on Civil Judgment Enforcement 26/2008/QH12, article 104(5)" in findings


def test_condition_costs_and_documents_are_told(page: Page) -> None:
    custody, documents = section(page, "custody"), section(page, "documents")
    assert "máy phụ; lưới" in custody
    assert "tàu khác" not in custody
    assert '<td class="figure">2</td><td class="figure">12,000,000</td>' in custody
    assert "bien-ban-17.pdf" in documents
    assert "2,048 bytes" in documents
    assert "0123456789abcdef" * 4 in documents
    assert "A-1 (portal)" in section(page, "about")


def test_what_comes_next_is_told_by_whom_and_what_is_overdue_is_marked(web: TestClient, ids: Id) -> None:
    page = opened(web, f"/assets/{ids[LAND]}")
    coming = section(page, "next")
    assert "The auction organisation must hold the auction, at 2025-01-31 09:00" in " ".join(coming.split())
    assert "overdue now" in coming
    assert page.links["Subscribe to this asset's calendar"] == f"/v1/next-actions.ics?asset_id={ids[LAND]}"


def test_the_ladder_ahead_is_reckoned_with_another_cut(web: TestClient, ids: Id) -> None:
    page = opened(web, f"/assets/{ids[LAND]}")
    assert page.form(f"/assets/{ids[LAND]}#plan").fields == {"cut": "10"}
    assert "769,500,000" in section(page, "plan")
    halved = opened(web, f"/assets/{ids[LAND]}?cut=5")
    assert "812,250,000" in section(halved, "plan")
    assert "the creditor may take it" in section(halved, "plan")


@pytest.mark.parametrize("cut", ["10,5", "much"])
def test_a_cut_that_cannot_be_is_refused_at_its_field_and_kept(web: TestClient, ids: Id, cut: str) -> None:
    page = opened(web, f"/assets/{ids[LAND]}?cut={cut}")
    assert page.status == 422
    assert page.form(f"/assets/{ids[LAND]}#plan").fields == {"cut": cut}
    assert 'aria-invalid="true"' in section(page, "plan")


def test_a_cut_beyond_the_law_is_refused_in_the_readers_language(web: TestClient, ids: Id) -> None:
    told = [
        section(opened(web, f"/assets/{ids[LAND]}?cut=10.5", language=language), "plan")
        for language in ("en", "vi")
    ]
    assert "at most 10 %" in told[0]
    assert "ít nhất" in told[1]


def test_a_delivered_asset_has_nothing_ahead(web: TestClient, ids: Id) -> None:
    page = opened(web, f"/assets/{ids[VESSEL]}")
    assert 'id="plan"' not in page.html
    assert "Left the file on 2025-01-16: delivered." in page.words


def test_an_asset_without_a_price_says_so(web: TestClient, ids: Id) -> None:
    page = opened(web, f"/assets/{ids[BARE]}")
    assert "It has no price so far: it was not valued." in page.words
    assert "No auction round was announced so far." in page.words
    assert "<svg" not in page.html


def test_an_asset_as_it_was_leads_to_the_asset_as_it_is(long: Register) -> None:
    page = opened(long.web, f"/assets/{long.vessel}?as_of=2025-04-10")
    assert "As of the end of 2025-04-10" in page.words
    assert "The price was cut once, to 900,000,000" in words(page)
    assert page.links["See this asset as it is today"] == f"/assets/{long.vessel}"
    assert f"/v1/assets/{long.vessel}/ladder.csv?as_of=2025-04-10" in page.html
    assert page.forms[-1].fields["as_of"] == "2025-04-10"


def test_an_asset_as_it_was_known_then_is_told_without_what_came_later(long: Register) -> None:
    page = opened(long.web, f"/assets/{long.vessel}?known_at=3")
    assert "No auction round was announced so far." in page.words
    assert "as known at position 3" in page.words


def test_what_was_just_recorded_is_waited_for(recording: TestClient, database: str) -> None:
    vessel_id = filed(database, [entry("seized", 1, asset_ref="TS-99")])
    position = recording.get(f"/v1/assets/{vessel_id}").json()["position"]
    Runner(database).catch_up()
    assert opened(recording, f"/assets/{vessel_id}?recorded={position}").status == 200


@pytest.mark.parametrize("role", ["", "client", "administrator"])
def test_the_public_sees_no_party_and_no_dossier(long: Register, role: str) -> None:
    who = in_session(long.url, role) if role else {}
    page = opened(long.web, f"/assets/{long.vessel}", who)
    assert "NPTHA-7" not in page.html
    assert "clerk" not in page.html
    assert "dossier" not in page.html


@pytest.mark.parametrize("role", ["coordinator", "supervisor", "auditor"])
def test_the_office_and_auditors_see_the_parties_and_the_dossier(long: Register, role: str) -> None:
    page = opened(long.web, f"/assets/{long.vessel}", in_session(long.url, role))
    assert "NPTHA-7" in page.html
    assert "· clerk" in page.html
    assert f"/v1/assets/{long.vessel}/dossier.pdf" in page.html


def test_another_office_sees_what_the_public_sees(long: Register) -> None:
    page = opened(long.web, f"/assets/{long.vessel}", in_session(long.url, "coordinator", OTHER))
    assert "NPTHA-7" not in page.html
    assert "dossier" not in page.html


def test_a_divided_asset_leads_to_its_parts_that_are_on_file(long: Register) -> None:
    page = opened(long.web, f"/assets/{long.divided}")
    assert page.links["RUONG-1/1"] == f"/assets/{long.part}"
    assert "RUONG-1/2" in page.words
    assert "RUONG-1/2" not in page.links


def test_what_was_recorded_is_shown_as_text(page: Page) -> None:
    assert "Tàu &lt;vỏ thép&gt;" in page.html
    assert f"<h1>{REF}</h1>" in page.html


@pytest.mark.parametrize(
    ("there", "status"),
    [
        ("/assets/{}", 404),
        ("/assets/{}/entries", 404),
        ("/assets/x", 422),
        ("/assets/{}/entries?after=x", 422),
    ],
)
def test_an_asset_that_is_not_there_is_told_on_a_page(web: TestClient, there: str, status: int) -> None:
    page = opened(web, there.format(uuid4()))
    assert page.status == status
    assert page.answer.headers["content-type"] == "text/html; charset=utf-8"
