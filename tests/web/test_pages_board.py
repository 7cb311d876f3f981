"""The morning board of an office."""

import psycopg
from starlette.testclient import TestClient

from tests.web.keys import in_session
from tests.web.reading_pages import opened
from tests.web.register import FIELD, HOUSE, LAND, OFFICER, OTHER, VESSEL, Id

_WAITING = """INSERT INTO projections.next_actions
        (asset_id, number, asset_ref, office, action, who, must, due, place)
    SELECT gen_random_uuid(), 1, 'TS-' || n, 'KV-3', 'hold', 'officer', true, '2024-01-01', '2024-01-01'
    FROM generate_series(100, 399) AS n"""


def test_a_board_tells_what_is_overdue_and_which_rounds_wait_for_a_result(
    web: TestClient, register: str, ids: Id
) -> None:
    page = opened(web, "/board", in_session(register, "coordinator"))
    assert page.status == 200
    overdue = page.html.partition('id="part-overdue"')[2].partition('id="part-waiting"')[0]
    waiting = page.html.partition('id="part-waiting"')[2].partition('id="part-due_soon"')[0]
    for ref in (LAND, HOUSE, VESSEL):
        assert f"/assets/{ids[ref]}/file" in overdue
    assert f"/assets/{ids[LAND]}/record/round-failures" in waiting
    assert f"/assets/{ids[VESSEL]}/file" not in waiting


def test_counts_stand_at_the_top_and_lead_to_their_part(web: TestClient, register: str) -> None:
    page = opened(web, "/board", in_session(register, "coordinator"))
    assert "3 Overdue" in page.words
    assert "1 Waiting for results" in page.words
    assert "0 Coming rounds" in page.words
    part = opened(web, "/board?part=waiting", in_session(register, "coordinator"))
    assert LAND in part.words
    assert VESSEL not in part.words


def test_a_board_is_of_the_own_office_and_of_an_officer_where_one_is_chosen(
    web: TestClient, register: str
) -> None:
    own = in_session(register, "coordinator")
    assert FIELD not in opened(web, "/board", own).words
    chosen = opened(web, f"/board?officer={OFFICER}", own)
    assert HOUSE in chosen.words
    assert LAND not in chosen.words
    assert "1 Overdue" in chosen.words
    other = opened(web, "/board", in_session(register, "supervisor", OTHER), "vi")
    assert FIELD in other.words
    assert "Ký hợp đồng thẩm định giá" in other.words


def test_an_action_leads_to_its_form_in_the_own_office_alone(web: TestClient, register: str, ids: Id) -> None:
    own = opened(web, "/board", in_session(register, "coordinator"))
    assert f"/assets/{ids[HOUSE]}/record/sale-payments" in own.html
    elsewhere = opened(web, "/board?office=KV-3", in_session(register, "coordinator", OTHER))
    assert HOUSE in elsewhere.words
    assert "/record/" not in elsewhere.html


def test_a_board_without_work_says_so(web: TestClient, register: str) -> None:
    page = opened(web, "/board", in_session(register, "coordinator", "KV-9"))
    assert page.status == 200
    assert "Nothing is overdue." in page.words
    assert "No round waits for its result." in page.words


def test_what_is_overdue_is_told_however_many_rounds_wait_for_a_result_before_it(
    changing: TestClient, database: str
) -> None:
    with psycopg.connect(database, autocommit=True) as own:
        own.execute(_WAITING)
    page = opened(changing, "/board", in_session(database, "coordinator"))
    assert ("3 Overdue" in page.words, "Nothing is overdue." in page.words) == (True, False)
    overdue = page.html.partition('id="part-overdue"')[2].partition('id="part-waiting"')[0]
    assert LAND in overdue
