"""Files as offices and their spreadsheets really write them, and files that are damaged."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from auctions.journal.importing import Mode
from auctions.store.postgres import PostgresStore
from tests.journeys.commandline import CommandLine
from tests.journeys.imports import Place, entries_in, imported, places, waiting_in
from tests.journeys.registers import BILLION, FORMATS, good, written

MEBI = 1 << 20
Damage = Callable[[Path], None]


def test_a_byte_order_mark_and_semicolons_are_no_hindrance(
    database: str, store: PostgresStore, tmp_path: Path
) -> None:
    register = written(tmp_path / "register.csv", good())
    text = register.read_text(encoding="utf-8").replace(",", ";").replace("\n", "\r\n")
    register.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert imported(store, register, Mode.ALL_OR_NOTHING).recorded == entries_in(database) == 13


def test_the_floats_of_a_spreadsheet_are_amounts_as_long_as_they_are_exact(
    database: str, store: PostgresStore, tmp_path: Path
) -> None:
    register = written(tmp_path / "register.xlsx", good())
    book = load_workbook(register)
    sheet = book["journal"]
    columns = [cell.value for cell in sheet[1]]
    sheet.cell(3, columns.index("value") + 1, float(BILLION))
    sheet.cell(14, columns.index("loan_value") + 1, 1.2345678901234568e17)
    book.save(register)
    report = imported(store, register, Mode.QUARANTINE)
    assert places(report) == [(14, "loan_value", "rounded-number")]
    assert entries_in(database) == 12


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_without_a_needed_column_no_row_is_read(
    database: str, store: PostgresStore, tmp_path: Path, form: str
) -> None:
    rows = [{name: value for name, value in each.items() if name != "on"} for each in good()]
    register = written(tmp_path / f"register.{form}", rows)
    for mode in (Mode.ALL_OR_NOTHING, Mode.QUARANTINE):
        report = imported(store, register, mode)
        assert places(report) == [(1, "on", "missing-column")]
        assert "asset_ref, entry, on" in report.problems[0].message
    assert (report.rows, entries_in(database), waiting_in(database)) == (0, 0, [])


def test_without_a_needed_value_each_object_of_json_lines_is_refused(
    database: str, store: PostgresStore, tmp_path: Path
) -> None:
    rows = [{name: value for name, value in each.items() if name != "on"} for each in good()]
    report = imported(store, written(tmp_path / "register.jsonl", rows), Mode.QUARANTINE)
    assert places(report) == [(line, "on", "missing-value") for line in range(1, 14)]
    assert (entries_in(database), len(waiting_in(database))) == (0, 13)


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_holds_nothing_says_what_was_expected(
    database: str, store: PostgresStore, tmp_path: Path, form: str
) -> None:
    empty = tmp_path / f"empty.{form}"
    if form == "xlsx":
        Workbook().save(empty)
    else:
        empty.touch()
    report = imported(store, empty, Mode.ALL_OR_NOTHING)
    assert places(report) == [(1, None, "empty-file")]
    assert "expected" in report.problems[0].message
    assert (report.rows, entries_in(database)) == (0, 0)


@pytest.mark.parametrize(("form", "line"), [("csv", 14), ("jsonl", 13)])
def test_bytes_that_are_no_utf8_cost_their_row_only(
    database: str, store: PostgresStore, tmp_path: Path, form: str, line: int
) -> None:
    register = written(tmp_path / f"register.{form}", good())
    content = register.read_bytes()
    start = content.rindex(b"vessel")
    register.write_bytes(content[:start] + b"\xd0" + content[start + 1 :])
    report = imported(store, register, Mode.ALL_OR_NOTHING)
    assert places(report) == [(line, None, "not-utf8")]
    assert f"byte {start} of the file (0xd0)" in report.problems[0].message
    assert entries_in(database) == 0
    assert imported(store, register, Mode.QUARANTINE).recorded == entries_in(database) == 12
    assert waiting_in(database) == [(line, ["not-utf8"])]


def huge_csv(path: Path) -> None:
    written(path, good())
    with path.open("ab") as file:
        file.write(b"TS-9,surveyed,2024-01-05,KV-3,")
        file.writelines(b"x" * MEBI for _ in range(100))
        file.write(b"\n")


def huge_jsonl(path: Path) -> None:
    written(path, good())
    with path.open("ab") as file:
        file.write(b'{"asset_ref":"TS-9","entry":"surveyed","on":"2024-01-05","condition":"')
        file.writelines(b"x" * MEBI for _ in range(100))
        file.write(b'"}\n')


def huge_xlsx(path: Path) -> None:
    """A sheet with a cell no spreadsheet would write, not packed, so that it is opened at all."""
    small = written(path.with_name("small.xlsx"), good())
    with ZipFile(small) as source, ZipFile(path, "w", ZIP_STORED) as target:
        for name in source.namelist():
            head, end, tail = source.read(name).partition(b"</sheetData>")
            with target.open(name, "w") as part:
                part.write(head)
                if end and name.endswith("sheet2.xml"):
                    part.write(b'<row r="15"><c r="A15" t="inlineStr"><is><t>')
                    for _ in range(100):
                        part.write(b"x" * MEBI)
                    part.write(b"</t></is></c></row>")
                part.write(end + tail)


HUGE: dict[str, tuple[Damage, Place]] = {
    "csv": (huge_csv, (15, "kind", "cell-too-large")),
    "jsonl": (huge_jsonl, (14, None, "cell-too-large")),
    "xlsx": (huge_xlsx, (15, "asset_ref", "cell-too-large")),
}


# Not getrusage: what it tells of a child includes the parent's size from before the exec.
MEASURED = """
import atexit, sys
from pathlib import Path
from auctions.cli import main
atexit.register(lambda: sys.stderr.write(Path("/proc/self/status").read_text()))
main()
"""


@pytest.mark.parametrize("form", FORMATS)
def test_a_cell_of_100_mb_is_refused_in_bounded_memory_and_the_other_rows_go_in(
    database: str, auctions: CommandLine, tmp_path: Path, form: str
) -> None:
    make, place = HUGE[form]
    make(tmp_path / f"huge.{form}")
    command = [
        sys.executable,
        "-c",
        MEASURED,
        "import",
        str(tmp_path / f"huge.{form}"),
        "--quarantine",
        "--json",
    ]
    importer = subprocess.run(command, env=auctions.environment, capture_output=True, check=False)
    found = json.loads(importer.stdout)
    assert importer.returncode == 1
    assert int(importer.stderr.split(b"VmHWM:")[1].split()[0]) < 400 * 1024
    assert [(each["row"], each["column"], each["code"]) for each in found["problems"]] == [place]
    assert entries_in(database) == 13
    assert waiting_in(database) == [(place[0], [place[2]])]
