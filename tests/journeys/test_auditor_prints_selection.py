"""An auditor prints the dossiers of a selection, into a folder that is gone on with where it was left."""

import csv
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.databases import created
from tests.journeys.in_process import InProcess
from tests.journeys.registers import good, land, written


@pytest.fixture(scope="module")
def auditor(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """The command line on the good register: land, a house that is sold, a vessel; nobody changes it."""
    folder = tmp_path_factory.mktemp("register")
    with created(server, template) as url:
        auctions = InProcess(AUCTIONS_DATABASE_URL=url)
        auctions("import", written(folder / "register.csv", good()))
        yield auctions


def manifest(folder: Path) -> list[dict[str, Any]]:
    """What the manifest tells, the same as JSON and as CSV, and true of the files."""
    items: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_bytes())["items"]
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows == [{name: str(value) for name, value in item.items()} for item in items]
    for item in items:
        for kind in ("json", "pdf"):
            assert sha256((folder / item[kind]).read_bytes()).hexdigest() == item[f"{kind}_sha256"]
    return items


def refs(folder: Path) -> list[str]:
    return [item["asset_ref"] for item in manifest(folder)]


def leave_off(folder: Path) -> None:
    """Leave the folder as a run does that ends while it notes its last dossier."""
    items = manifest(folder)
    lines = [json.dumps(item) + "\n" for item in items]
    (folder / "manifest.unfinished").write_text("".join(lines)[:-30], encoding="utf-8")
    for form in ("json", "csv"):
        (folder / f"manifest.{form}").unlink()


def test_each_asset_that_the_filters_select_gets_its_files_and_a_line_in_the_manifest(
    auditor: InProcess, tmp_path: Path
) -> None:
    told = auditor("dossier", "--out", tmp_path / "all")
    assert told == f"3 dossiers made, 0 stood already: see manifest.csv in {tmp_path / 'all'}\n"
    assert refs(tmp_path / "all") == ["TS-1", "TS-2", "TS-3"]
    assert len(list((tmp_path / "all").iterdir())) == 2 * 3 + 2
    for asked, found in {
        ("--kind", "land"): ["TS-1"],
        ("--no-unsold",): ["TS-2"],
        ("--unsold", "--as-of", "2024-02-01"): ["TS-1", "TS-2"],
        ("--province", "Hà Nội", "--office", "KV-3", "--rounds-min", "1"): ["TS-2"],
        ("--q", "91234"): ["TS-3"],
        ("--kind", "house", "--unsold"): [],
    }.items():
        folder = tmp_path / "-".join(asked)
        auditor("dossier", *asked, "--out", folder)
        assert refs(folder) == found, asked


def test_a_dossier_is_the_same_whether_it_was_made_by_itself_or_among_others(
    auditor: InProcess, tmp_path: Path
) -> None:
    auditor("dossier", "--kind", "land", "--out", tmp_path / "several")
    (item,) = manifest(tmp_path / "several")
    assert item == auditor.json("dossier", "TS-1", "--out", tmp_path / "one")


def test_what_stands_whole_is_not_made_again_and_what_is_not_is(auditor: InProcess, tmp_path: Path) -> None:
    auditor("dossier", "--out", tmp_path)
    before = (tmp_path / "manifest.json").read_bytes()
    made = {file: file.stat().st_mtime_ns for file in tmp_path.glob("TS-*")}
    leave_off(tmp_path)
    (cut,) = tmp_path.glob("TS-2-*.pdf")
    cut.write_bytes(cut.read_bytes()[:-1])
    assert auditor.json("dossier", "--out", tmp_path)["made"] == 2
    assert (tmp_path / "manifest.json").read_bytes() == before
    again = {file.name[:4] for file, at in made.items() if file.stat().st_mtime_ns != at}
    assert again == {"TS-2", "TS-3"}
    assert not (tmp_path / "manifest.unfinished").exists()


def test_gone_on_with_later_the_day_the_position_and_the_language_stay(database: str, tmp_path: Path) -> None:
    auctions = InProcess(AUCTIONS_DATABASE_URL=database)
    auctions("import", written(tmp_path / "register.csv", good()))
    folder = tmp_path / "dossiers"
    asked = ("--as-of", "2024-06-30", "--lang", "vi")
    assert auctions.json("dossier", "--kind", "land", *asked, "--out", folder)["made"] == 1
    auctions("import", written(tmp_path / "more.csv", land("TS-4")))
    assert auctions.json("dossier", "--out", folder)["made"] == 2
    assert refs(folder) == ["TS-1", "TS-2", "TS-3"]
    common = {(item["as_of"], item["known_at"], item["language"]) for item in manifest(folder)}
    assert common == {("2024-06-30", 13, "vi")}


def test_a_folder_with_dossiers_of_another_day_position_or_language_is_refused(
    auditor: InProcess, tmp_path: Path
) -> None:
    auditor("dossier", "--kind", "land", "--as-of", "2024-06-30", "--lang", "en", "--out", tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    for other in (("--as-of", "2024-07-01"), ("--known-at", 12), ("--lang", "vi")):
        told = auditor.complaint("dossier", *other, "--out", tmp_path, code=1)
        assert "other-dossiers: " in told
        assert "holds dossiers as of 2024-06-30 as known at 13 in en: name another folder" in told
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_reference_and_filters_together_are_wrong_use(auditor: InProcess, tmp_path: Path) -> None:
    for asked in (("--kind", "land"), ("--unsold",), ("--rounds-min", 0)):
        told = auditor.wrong_use("dossier", "TS-1", *asked, "--out", tmp_path)
        assert "REF and the filters exclude each other" in told
