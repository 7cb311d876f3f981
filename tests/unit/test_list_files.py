"""Lists written piece by piece: the pieces make one file, whatever their sizes."""

import csv
import json
from io import StringIO
from typing import Any

import pytest

from api.list_files import CsvFile, GeoJson, JsonLines, ListFile, written

ITEMS: list[dict[str, Any]] = [
    {"asset_id": f"id-{number}", "of": ["a", "b"], "is": number % 2 == 0, "n": number, "x": {"k": None}}
    for number in range(5)
]
PLACES = [(109.5, 13.25), (None, None), (None, None), (109.0, 13.5), (108.5, 13.0)]
ROWS = [(*place, json.dumps(item)) for place, item in zip(PLACES, ITEMS, strict=True)]
SIZES = [1, 2, 3, 5, 10]


def whole(file: ListFile, size: int, count: int = 5) -> str:
    pieces = (ROWS[start : start + size] for start in range(0, count, size))
    return b"".join(written(file, pieces)).decode()


@pytest.mark.parametrize("size", SIZES)
def test_a_map_is_one_collection(size: int) -> None:
    told = json.loads(whole(GeoJson({"as_of": "2025-01-12"}), size))
    assert (told["type"], told["as_of"], told["without_coordinates"]) == (
        "FeatureCollection",
        "2025-01-12",
        2,
    )
    assert [feature["id"] for feature in told["features"]] == ["id-0", "id-3", "id-4"]
    assert [tuple(feature["geometry"]["coordinates"]) for feature in told["features"]] == [
        (109.5, 13.25),
        (109.0, 13.5),
        (108.5, 13.0),
    ]
    assert [feature["properties"] for feature in told["features"]] == [ITEMS[0], ITEMS[3], ITEMS[4]]


@pytest.mark.parametrize("size", SIZES)
def test_a_table_has_one_header(size: int) -> None:
    rows = list(csv.DictReader(StringIO(whole(CsvFile(list(ITEMS[0])), size))))
    assert [row["n"] for row in rows] == ["0", "1", "2", "3", "4"]
    assert rows[0] == {"asset_id": "id-0", "of": "a;b", "is": "true", "n": "0", "x": '{"k":null}'}


@pytest.mark.parametrize("size", SIZES)
def test_lines_are_the_items(size: int) -> None:
    assert [json.loads(line) for line in whole(JsonLines(), size).splitlines()] == ITEMS


def test_of_no_rows_each_is_a_file_still() -> None:
    assert whole(CsvFile(["a", "b"]), 1, 0) == "a,b\n"
    assert whole(JsonLines(), 1, 0) == ""
    told = {"type": "FeatureCollection", "features": [], "without_coordinates": 0}
    assert json.loads(whole(GeoJson({}), 1, 0)) == told
