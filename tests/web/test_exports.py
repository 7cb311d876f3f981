"""Lists written out whole: the same assets as the pages list, in every format."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from api.models import Item
from auctions.application.recording import Actor, record, today
from auctions.domain.asset.events import asset_id
from auctions.journal.write_xlsx import CREATED
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import entry
from tests.web.register import FIELD, LAND, NEWEST, OFFICE, Id

TABLES = ["csv", "xlsx"]
FORMATS = [*TABLES, "jsonl", "geojson"]
ASKED = ["", "unsold=true&sort=price", "kind=vessel", "as_of=2025-01-12&known_at=20", "q=binh dinh", "kind=x"]
FORMULA, PLACE = '=HYPERLINK("http://x","y")', (109.223, 13.782)
Row = dict[str, Any]


def listed(web: TestClient, asked: str) -> list[Row]:
    """All items of a list, page after page."""
    items: list[Row] = []
    after = ""
    while True:
        page = web.get(f"/v1/assets?limit=2&{asked}{after}").json()
        items += page["items"]
        if page["next"] is None:
            return items
        after = f"&cursor={page['next']}"


def sheet(content: bytes) -> list[list[Any]]:
    """The values of a workbook's only sheet, row by row."""
    book = load_workbook(BytesIO(content))
    assert len(book.worksheets) == 1
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def in_sheet(item: Row) -> list[Any]:
    """The cells that an item stands for."""
    cells = [";".join(value) if isinstance(value, list) else value for value in item.values()]
    return [None if cell == "" else cell for cell in cells]


@pytest.fixture
def mapped(changing: TestClient, database: str, store: PostgresStore) -> TestClient:
    """A register with an asset that has coordinates, and with a description that a sheet would run."""
    places = dict(zip(("longitude", "latitude"), map(str, PLACE), strict=True))
    fields = {"asset_ref": "TS-9", "province": "+84", "description": FORMULA, "attributes": places}
    seized = entry("seized", 6, **fields)
    here, actor = asset_id(OFFICE, "TS-9"), Actor("clerk", OFFICE)
    record(store, stream_id=here, entries=[seized], by=actor, as_found=True)
    Runner(database).catch_up()
    return changing


@pytest.mark.parametrize("asked", ASKED)
def test_json_lines_are_the_items_of_the_pages_byte_for_byte(web: TestClient, asked: str) -> None:
    answer = web.get(f"/v1/assets.jsonl?{asked}")
    assert answer.headers["content-type"] == "application/x-ndjson"
    lines = answer.text.splitlines()
    assert [json.loads(line) for line in lines] == listed(web, asked)
    whole = web.get(f"/v1/assets?limit=200&{asked}").text
    assert all(line in whole for line in lines)


@pytest.mark.parametrize("asked", ASKED)
def test_a_table_has_a_row_for_every_asset_that_is_listed(web: TestClient, asked: str) -> None:
    answer = web.get(f"/v1/assets.csv?{asked}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    header, *rows = csv.reader(StringIO(answer.text))
    assert header == list(Item.model_fields)
    expected = [["" if cell is None else str(cell) for cell in in_sheet(item)] for item in listed(web, asked)]
    assert rows == expected


@pytest.mark.parametrize("asked", ASKED)
def test_a_workbook_has_numbers_as_numbers_and_days_as_days(web: TestClient, asked: str) -> None:
    answer = web.get(f"/v1/assets.xlsx?{asked}")
    assert answer.headers["content-length"] == str(len(answer.content))
    header, *rows = sheet(answer.content)
    assert header == list(Item.model_fields)
    days = [header.index(name) for name in ("seized_on", "last_round_on")]
    for row in rows:
        for place in days:
            row[place] = row[place] and row[place].date().isoformat()
    assert rows == [in_sheet(item) for item in listed(web, asked)]


@pytest.mark.parametrize("path", ["assets", "findings"])
def test_a_workbook_does_not_tell_when_it_was_written(web: TestClient, path: str) -> None:
    book = load_workbook(BytesIO(web.get(f"/v1/{path}.xlsx").content))
    assert (book.properties.created, book.properties.modified) == (CREATED, CREATED)


def test_what_a_sheet_would_run_is_made_harmless(mapped: TestClient) -> None:
    text = mapped.get("/v1/assets.csv?q=TS-9").text
    (row,) = csv.DictReader(StringIO(text))
    assert (row["description"], row["province"]) == (f"'{FORMULA}", "'+84")
    book = load_workbook(BytesIO(mapped.get("/v1/assets.xlsx?q=TS-9").content))
    cells = {str(cell.value): cell for cell in next(book.worksheets[0].iter_rows(min_row=2))}
    assert [(cells[text].data_type, cells[text].quotePrefix) for text in (FORMULA, "+84", "TS-9")] == [
        ("s", True),
        ("s", True),
        ("s", False),
    ]


@pytest.mark.parametrize("times", ["", "&as_of={today}&known_at=26"])
def test_a_map_has_a_point_for_each_asset_with_coordinates_and_counts_the_others(
    mapped: TestClient, times: str
) -> None:
    times = times.format(today=today())
    answer = mapped.get(f"/v1/assets.geojson?unsold=true{times}")
    assert answer.headers["content-type"] == "application/geo+json"
    told = answer.json()
    (item,) = mapped.get(f"/v1/assets?q=TS-9{times}").json()["items"]
    point = {"type": "Point", "coordinates": list(PLACE)}
    feature = {"type": "Feature", "id": item["asset_id"], "geometry": point, "properties": item}
    assert told == {
        "type": "FeatureCollection",
        "as_of": today().isoformat(),
        "known_at": 26,
        "position": 26,
        "features": [feature],
        "without_coordinates": 3,
    }


def test_a_map_without_coordinates_is_an_empty_one(web: TestClient) -> None:
    told = web.get("/v1/assets.geojson").json()
    assert (told["features"], told["without_coordinates"]) == ([], len(NEWEST))


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_bears_a_name_that_tells_both_times(web: TestClient, form: str) -> None:
    answer = web.get(f"/v1/assets.{form}?as_of=2025-01-12&known_at=20")
    told = f'attachment; filename="assets-2025-01-12-20.{form}"'
    assert answer.headers["content-disposition"] == told
    assert (answer.headers["position"], "immutable" in answer.headers["cache-control"]) == ("20", True)


@pytest.mark.parametrize("form", FORMATS)
def test_an_unchanged_file_is_not_sent_again(web: TestClient, form: str) -> None:
    known = web.get(f"/v1/assets.{form}")
    same = web.get(f"/v1/assets.{form}", headers={"If-None-Match": known.headers["etag"]})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", known.headers["etag"])


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_before_the_read_models_are_built_is_not_ready(empty: TestClient, form: str) -> None:
    answer = empty.get(f"/v1/assets.{form}")
    assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("asked", ["limit=1", "cursor=x", "facets=true", "kind=", "sort=office"])
def test_a_whole_list_has_no_pages(web: TestClient, form: str, asked: str) -> None:
    answer = web.get(f"/v1/assets.{form}?{asked}")
    assert answer.status_code == 422
    assert [fault["parameter"] for fault in answer.json()["errors"]] == [asked.partition("=")[0]]


@pytest.mark.parametrize("asked", ["", "rule=FAIL-03", "as_of=2025-01-25&known_at=9"])
def test_findings_are_written_as_they_are_listed(web: TestClient, asked: str) -> None:
    items = web.get(f"/v1/findings?limit=200&{asked}").json()["items"]
    rows = list(csv.DictReader(StringIO(web.get(f"/v1/findings.csv?{asked}").text)))
    assert [(row["rule"], row["entry_no"], row["message_vi"]) for row in rows] == [
        (item["rule"], str(item["entry_no"]), item["message_vi"]) for item in items
    ]
    header, *cells = sheet(web.get(f"/v1/findings.xlsx?{asked}").content)
    assert [row[header.index("allowed")] for row in cells] == [item["allowed"] for item in items]


@pytest.mark.parametrize("asked", ["", "as_of=2025-01-12", "known_at=5"])
def test_one_assets_history_and_ladder_are_tables_too(web: TestClient, ids: Id, asked: str) -> None:
    base = f"/v1/assets/{ids[LAND]}"
    for part, rows in (("history", "entries"), ("ladder", "steps")):
        told = web.get(f"{base}/{part}?{asked}").json()[rows]
        answer = web.get(f"{base}/{part}.csv?{asked}")
        assert answer.headers["content-disposition"] == f'attachment; filename="{LAND}-{part}.csv"'
        table = list(csv.DictReader(StringIO(answer.text)))
        assert [row["on"] for row in table] == [each["on"] for each in told]
        assert {row["asset_ref"] for row in table} == {LAND}


def test_a_history_holds_the_fields_of_its_entries(web: TestClient, ids: Id) -> None:
    path = f"/v1/assets/{ids[FIELD]}/history"
    told = web.get(path).json()["entries"]
    rows = list(csv.DictReader(StringIO(web.get(f"{path}.csv").text)))
    assert [json.loads(row["data"]) for row in rows] == [each["data"] for each in told]
    assert [row["struck_by"] for row in rows] == [str(each["struck_by"] or "") for each in told]
