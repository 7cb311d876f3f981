"""A coordinator writes a list of assets to a file: for a spreadsheet, for a map."""

import csv
import json
from io import StringIO
from pathlib import Path

from openpyxl import load_workbook

from tests.journeys.commandline import CommandLine
from tests.journeys.in_process import InProcess
from tests.journeys.registers import BILLION, good, row, written

CUT = 900_000_000
HERE = {"longitude": "109.223", "latitude": "13.782"}


def test_what_remains_unsold_is_written_as_csv_to_a_pipe_or_a_file(
    recorded: CommandLine, tmp_path: Path
) -> None:
    said = recorded("unsold", "--csv", "--sort", "asset_ref")
    rows = list(csv.DictReader(StringIO(said)))
    assert [(each["asset_ref"], each["price"]) for each in rows] == [("TS-1", "900000000"), ("TS-3", "")]
    path = tmp_path / "unsold.csv"
    assert recorded("unsold", "--csv", "--sort", "asset_ref", "--out", path) == ""
    assert path.read_text("utf-8") == said
    assert recorded("assets", "--csv", "--limit", "1", "--sort", "-asset_ref").count("\n") == 2


def test_a_workbook_is_written_to_a_file(recorded: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "assets.xlsx"
    recorded("assets", "--xlsx", "--out", path, "--kind", "land", "--as-of", "2024-04-10")
    header, cells = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    told = dict(zip(header, cells, strict=True))
    assert (told["asset_ref"], told["price"], str(told["seized_on"])[:10]) == (
        "TS-1",
        1_000_000_000,
        "2024-01-05",
    )


def test_a_map_shows_the_assets_with_coordinates(auctions: CommandLine, tmp_path: Path) -> None:
    surveyed = row("TS-3", "surveyed", "2024-06-02", **HERE)
    auctions("import", written(tmp_path / "register.csv", [*good(), surveyed]))
    told = json.loads(auctions("unsold", "--geojson"))
    assert [each["properties"]["asset_ref"] for each in told["features"]] == ["TS-3"]
    assert told["features"][0]["geometry"] == {"type": "Point", "coordinates": [109.223, 13.782]}
    assert (told["without_coordinates"], told["known_at"]) == (1, 14)


def test_findings_and_a_history_are_written_as_csv(auctions: CommandLine, tmp_path: Path) -> None:
    auctions = InProcess(**auctions.environment)
    deep = [each | {name: 8 * BILLION // 10 for name in each if each[name] == CUT} for each in good()]
    auctions("import", written(tmp_path / "register.csv", deep))
    listed = auctions.json("findings")["items"]
    rows = list(csv.DictReader(StringIO(auctions("findings", "--csv"))))
    assert [(each["asset_ref"], each["rule"]) for each in rows] == [
        (item["asset_ref"], item["rule"]) for item in listed
    ]
    assert "FAIL-03" in {each["rule"] for each in rows}
    path = tmp_path / "findings.xlsx"
    auctions("findings", "--xlsx", "--out", path, "--limit", "1")
    assert load_workbook(path).worksheets[0].max_row == 2
    entries = list(csv.DictReader(StringIO(auctions("history", "TS-1", "--csv"))))
    assert [each["entry"] for each in entries][:2] == ["seized", "appraised"]
    assert json.loads(entries[1]["data"])["value"] == 1_000_000_000


def test_forms_that_exclude_each_other_are_wrong_use(recorded: CommandLine, tmp_path: Path) -> None:
    auctions, out = InProcess(**recorded.environment), tmp_path / "list"
    assert "exclude each other" in auctions.wrong_use("unsold", "--csv", "--geojson")
    assert "exclude each other" in auctions.wrong_use("unsold", "--json", "--csv")
    assert "exclude each other" in auctions.wrong_use("history", "TS-1", "--json", "--csv")
    assert "--xlsx needs --out" in auctions.wrong_use("unsold", "--xlsx")
    assert "--out needs a form" in auctions.wrong_use("unsold", "--out", out)
    assert not out.exists()
