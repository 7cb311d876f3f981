"""Rows that were set aside: kept as they are, told once, gone when they are recorded."""

from uuid import uuid4

from auctions.store.connect import connection
from auctions.store.quarantine import SetAside, quarantined, resolve, set_aside

ROW = SetAside(uuid4(), "register.csv", 7, "TS-17", {"note": "\0 \ud800", "amount": 10**30}, [])


def test_a_row_keeps_even_what_the_database_has_no_text_for(database: str) -> None:
    with connection(database) as own:
        set_aside(own, [ROW, ROW._replace(quarantine_id=uuid4(), row_no=8, asset_ref="TS\0")])
        kept = quarantined(own)
    assert [row.cells for row in kept] == [ROW.cells, ROW.cells]
    assert [row.asset_ref for row in kept] == ["TS-17", "TS\\0"]


def test_a_row_set_aside_again_has_its_newest_problems(database: str) -> None:
    problem = {"column": "on", "code": "wrong-day", "message": "expected YYYY-MM-DD"}
    with connection(database) as own:
        set_aside(own, [ROW])
        set_aside(own, [ROW._replace(problems=[problem])])
        assert [row.problems for row in quarantined(own)] == [[problem]]


def test_a_row_that_was_mended_and_recorded_does_not_come_back_with_its_file(database: str) -> None:
    with connection(database) as own:
        set_aside(own, [ROW])
        resolve(own, [ROW.quarantine_id])
        set_aside(own, [ROW])
        assert quarantined(own) == []
