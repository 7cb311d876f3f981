"""The list of assets: each filter, words with and without marks, and pages by key."""

from uuid import UUID

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections.assets import Filter, page_query
from projections.runner import Runner
from tests.contract.registers import seized, write
from tests.unit.situations import FAILED, HAMMER

LAND = {"province": "Bình Định", "commune": "Tam Quan", "attributes": {"certificate_no": "CS 00_123"}}
VESSEL = {
    "kind": "vessel",
    "province": "Đắk Lắk",
    "office": "KV-5",
    "attributes": {"vessel_no": "QNa-92345 TS"},
}
ASKED = {
    Filter(): "12345",
    Filter(unsold=True): "1235",
    Filter(unsold=False): "4",
    Filter(kind="vessel"): "2",
    Filter(kind="house"): "",
    Filter(province="Bình Định"): "1",
    Filter(office="KV-5"): "2",
    Filter(office="KV-3", unsold=True): "135",
    Filter(stage="awaiting_reduction"): "3",
    Filter(stage="won", unsold=True): "",
    Filter(kind="land", province="Bình Định", office="KV-3", stage="awaiting_appraisal", q="tam"): "1",
    Filter(limit=2): "12",
    Filter(limit=1, office="KV-3", unsold=False): "4",
    Filter(q=""): "12345",
    Filter(q="  "): "12345",
    Filter(q="bình định"): "1",
    Filter(q="BINH  DINH"): "1",
    Filter(q="quan binh"): "1",
    Filter(q="binh lak"): "",
    Filter(q="đắk"): "2",
    Filter(q="dak"): "2",
    Filter(q="QNa-92345"): "2",
    Filter(q="qna92345ts"): "2",
    Filter(q="92345 ts"): "2",
    Filter(q="TS-4"): "4",
    Filter(q="%"): "5",
    Filter(q="100%"): "5",
    Filter(q="00_1"): "1",
    Filter(q="t_m"): "",
    Filter(q="t%m"): "",
    Filter(q="QNa.92345/TS"): "2",
    Filter(q="_"): "1",
    Filter(q="\\"): "5",
    Filter(q="c:\\d"): "5",
    Filter(q="\\%"): "",
    Filter(q="' OR true --"): "",
}


@pytest.fixture
def register(database: str, store: PostgresStore) -> str:
    """The URL of a database that answers five assets."""
    write(store, seized("TS-1", **LAND))
    write(store, seized("TS-2", **VESSEL))
    write(store, seized("TS-3"), *FAILED[1:])
    write(store, seized("TS-4"), *HAMMER[1:])
    write(store, seized("TS-5", description="kho C:\\D, 100% bê tông"))
    Runner(database).catch_up()
    return database


def page(url: str, asked: Filter) -> list[tuple[str, UUID, str]]:
    with connection(url) as own:
        return own.execute(*page_query(asked)).fetchall()


def test_a_list_holds_what_each_filter_asks_for_by_reference(register: str) -> None:
    found = {
        asked: "".join(ref.removeprefix("TS-") for ref, _, _ in page(register, asked)) for asked in ASKED
    }
    assert found == ASKED


def test_a_page_begins_after_the_last_row_seen_and_the_pages_together_are_the_list(
    database: str, store: PostgresStore
) -> None:
    for office in ("KV-1", "KV-2", "KV-3"):
        for number in range(3):
            write(store, seized(f"TS-{number}", office=office))
    Runner(database).catch_up()
    whole = page(database, Filter())
    assert whole == sorted(whole)
    assert len(whole) == 9
    for limit in (1, 2, 9):
        pages, after = [], None
        while found := page(database, Filter(after=after, limit=limit, unsold=True, q="ts")):
            assert len(found) <= limit
            pages += found
            after = found[-1][:2]
        assert pages == whole


def test_a_page_is_fifty_rows_unless_asked_otherwise() -> None:
    assert page_query(Filter())[1] == {"limit": 50}
