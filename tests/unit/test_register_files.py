"""Registers as files: what is read, and what is said of those that are damaged."""

import tracemalloc
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from auctions.journal.columns import COLUMNS
from auctions.journal.form import Parsed, parse
from auctions.journal.problems import CODES, Problem
from auctions.journal.read import read_rows
from auctions.journal.rows import Cell, Row
from auctions.journal.write import write_csv, write_jsonl
from auctions.journal.write_xlsx import write_xlsx

HEADER = "asset_ref,entry,on,to_price,decided_by,note\n"
GOOD = "A-1,price_reduced,2024-03-01,900,officer,\n"
LATER = "A-2,price_reduced,2024-03-02,800,court,\n"
MEBI = 1 << 20
Place = tuple[int, str | None, str]
File = Callable[[str | bytes], Path]
Sheet = Callable[..., Path]


def items(path: Path) -> list[Row | Problem]:
    return list(read_rows(path))


def rows(path: Path) -> list[Row]:
    return [item for item in items(path) if isinstance(item, Row)]


def problems(path: Path) -> list[Problem]:
    """All that is wrong with a file: what its reader says, then what its rows' parser says."""
    found: list[Problem] = []
    for item in items(path):
        parsed = item if isinstance(item, Problem) else parse(item)
        if not isinstance(parsed, Parsed):
            found += [parsed] if isinstance(parsed, Problem) else parsed
    return found


def places(path: Path) -> list[Place]:
    return [(problem.row, problem.column, problem.code) for problem in problems(path)]


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def csv_file(tmp_path: Path) -> File:
    return lambda content: written(tmp_path / "register.csv", content)


@pytest.fixture
def jsonl_file(tmp_path: Path) -> File:
    return lambda content: written(tmp_path / "register.jsonl", content)


@pytest.fixture
def xlsx_file(tmp_path: Path) -> Sheet:
    def make(*lines: Iterable[Any]) -> Path:
        book = Workbook()
        sheet = book.create_sheet("journal")
        for line in (HEADER.strip().split(","), *lines):
            sheet.append(line)
        book.save(tmp_path / "register.xlsx")
        return tmp_path / "register.xlsx"

    return make


CSV_FILES: list[tuple[str, str | bytes, list[Place]]] = [
    ("a good file", HEADER + GOOD + LATER, []),
    ("a file with a byte order mark", b"\xef\xbb\xbf" + (HEADER + GOOD).encode(), []),
    ("semicolons", (HEADER + GOOD).replace(",", ";"), []),
    ("tabs and CRLF", (HEADER + GOOD).replace(",", "\t").replace("\n", "\r\n"), []),
    ("no line end at the end", (HEADER + GOOD).rstrip("\n"), []),
    ("blank lines and rows of commas", "\n,,\n" + HEADER + "\n,,,,,\n" + GOOD + '\n""\n', []),
    (
        "columns without name or value at the end",
        "".join(x.replace("\n", ",,\n") for x in (HEADER, GOOD)),
        [],
    ),
    ("a quoted cell over three lines", HEADER + GOOD.replace(",\n", ',"one\n""two""\r\nthree"\n'), []),
    ("nothing", "", [(1, None, "empty-file")]),
    ("only blank lines", "\n \n\n", [(1, None, "empty-file")]),
    ("only a header", HEADER, [(1, None, "no-rows")]),
    (
        "no day and no entry",
        "asset_ref\nA-1\n",
        [(1, "entry", "missing-column"), (1, "on", "missing-column")],
    ),
    ("one column twice", HEADER.replace("note", "on") + GOOD, [(1, "on", "duplicate-column")]),
    ("a misspelt column", HEADER.replace("note", "notes") + GOOD, [(1, "notes", "unknown-column")]),
    (
        "a column without a name",
        HEADER.replace("to_price", "") + GOOD,
        [(1, None, "unknown-column"), (2, "to_price", "missing-value")],
    ),
    ("UTF-16", (HEADER + GOOD).encode("utf-16"), [(1, None, "not-utf8")]),
    ("Latin-1 in a row", HEADER.encode() + b"A-1,\xe9\n" + LATER.encode(), [(2, None, "not-utf8")]),
    (
        "a cell too many",
        HEADER + GOOD.replace("\n", "7, \n") + "A-1,,,,,,8\n" + LATER,
        [(3, None, "wrong-cell-count")],
    ),
    ("a quote never closed", HEADER + 'A-1,"x\n' + LATER, [(2, None, "unbalanced-quote")]),
    (
        "a quote within a cell",
        HEADER + 'A-1,5" pipe\n' + LATER + 'A-2,6" pipe\n' + LATER,
        [(2, None, "unbalanced-quote"), (4, None, "unbalanced-quote")],
    ),
    ("text after a quote", HEADER + 'A-1,"x"y\n' + LATER, [(2, None, "unbalanced-quote")]),
    ("a lone carriage return", HEADER + "A-1,x\ry\n" + LATER, [(2, None, "control-character")]),
    ("a null byte", HEADER + GOOD.replace("\n", "a\0b\n") + LATER, [(2, "note", "control-character")]),
    (
        "a long cell",
        HEADER + GOOD.replace("\n", "x" * 32_768 + "\n") + LATER,
        [(2, "note", "cell-too-large")],
    ),
    (
        "a very long cell",
        HEADER + GOOD.replace("\n", "x" * 3 * MEBI + "\n") + LATER,
        [(2, "note", "cell-too-large")],
    ),
    ("a very long quoted cell", HEADER + f'A-1,"{"x," * MEBI}"\n' + LATER, [(2, "entry", "cell-too-large")]),
    ("a line of many cells", HEADER + "A-1" + "," * 2 * MEBI + "\n" + LATER, [(2, None, "cell-too-large")]),
    ("a formula", HEADER + GOOD.replace("900", "=450*2") + LATER, [(2, "to_price", "formula-cell")]),
    ("an error value", HEADER + GOOD.replace("900", "#N/A") + LATER, [(2, "to_price", "cell-error")]),
    (
        "a rounded number",
        HEADER + GOOD.replace("900", "1.23E+11") + LATER,
        [(2, "to_price", "rounded-number")],
    ),
]


@pytest.mark.parametrize(
    ("content", "expected"), [file[1:] for file in CSV_FILES], ids=[file[0] for file in CSV_FILES]
)
def test_what_is_wrong_with_a_csv_file_is_said_with_its_place(
    content: str | bytes, expected: list[Place], csv_file: File
) -> None:
    path = csv_file(content)
    assert places(path) == expected
    assert {code for _, _, code in expected} <= CODES.keys()


@pytest.mark.parametrize("content", [file[1] for file in CSV_FILES if str(file[1]).count("A-2,price")])
def test_a_bad_row_hides_no_other(content: str, csv_file: File) -> None:
    last = rows(csv_file(content))[-1]
    expected = {"asset_ref": "A-2", "entry": "price_reduced", "on": "2024-03-02", "to_price": "800"}
    assert last.cells == {**expected, "decided_by": "court"}


def test_rows_bear_the_line_on_which_they_start(csv_file: File) -> None:
    multiline = GOOD.replace(",\n", ',"one\ntwo"\n')
    assert [row.row for row in rows(csv_file(HEADER + "\n" + multiline + GOOD))] == [3, 5]


def test_bytes_that_are_not_utf8_are_named_by_their_place_in_the_file(
    csv_file: File,
) -> None:
    (problem,) = problems(csv_file(b"\xef\xbb\xbf" + (HEADER + GOOD).encode() + b"A-1,\xe9\n"))
    assert f"byte {3 + len(HEADER) + len(GOOD) + 4} of the file (0xe9)" in problem.message


def test_a_misspelt_column_is_told_what_it_may_have_meant(csv_file: File) -> None:
    (problem,) = problems(
        csv_file(HEADER.replace("decided_by", "decidedby,decided_by").replace("note,", ""))
    )[:1]
    assert problem.message.endswith("did you mean decided_by?")


def test_a_cell_of_a_hundred_million_characters_does_not_take_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    with path.open("w") as file:
        file.write(HEADER + 'A-1,"')
        for _ in range(100):
            file.write("x" * 1_000_000)
        file.write('"\n' + LATER)
    tracemalloc.start()
    found = items(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(item.row, isinstance(item, Row)) for item in found] == [(2, False), (3, True)]
    assert peak < 20 * MEBI


def test_an_open_quote_costs_one_row_even_if_the_file_is_long(csv_file: File) -> None:
    count = 2 * MEBI // len(LATER)
    path = csv_file(HEADER + 'A-1,"x\n' + LATER * count)
    assert places(path) == [(2, None, "unbalanced-quote")]
    assert len(rows(path)) == count


JSONL_FILES: list[tuple[str, str | bytes, list[Place]]] = [
    ("nothing", "\n\n", [(1, None, "empty-file")]),
    ("not JSON", "{'a': 1}\n", [(1, None, "wrong-json")]),
    ("NaN", '{"to_price": NaN}\n', [(1, None, "wrong-json")]),
    ("a list", "[1]\n", [(1, None, "not-an-object")]),
    ("one name twice", '{"on": "2024-03-01", "on": "2024-03-02"}\n', [(1, None, "duplicate-key")]),
    ("bad bytes", b'{"note": "\xff"}\n', [(1, None, "not-utf8")]),
    ("a long line", '{"note": "' + "x" * 2 * MEBI + '"}\n', [(1, None, "cell-too-large")]),
]
JSON_ROW = '{"asset_ref": "A-2", "entry": "sale_paid", "on": "2024-03-02", "amount": %s}\n'


@pytest.mark.parametrize(
    ("content", "expected"), [file[1:] for file in JSONL_FILES], ids=[file[0] for file in JSONL_FILES]
)
def test_what_is_wrong_with_a_json_lines_file_is_said_and_the_rest_is_read(
    content: str | bytes, expected: list[Place], jsonl_file: File
) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    assert places(jsonl_file(raw)) == expected
    if raw.strip():
        assert [row.row for row in rows(jsonl_file(raw + (JSON_ROW % 800).encode()))] == [2]


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("1.5", "not-a-whole-number"),
        ("5.0", "not-a-whole-number"),
        ("1e9", "rounded-number"),
        ("null", "missing-value"),
    ],
)
def test_an_amount_in_json_is_a_whole_number(amount: str, code: str, jsonl_file: File) -> None:
    assert places(jsonl_file(JSON_ROW % 800 + JSON_ROW % amount)) == [(2, "amount", code)]


XLSX_CELLS: list[tuple[object, str]] = [
    ("=450*2", "formula-cell"),
    (ArrayFormula("D2:D2", "=SUM(1,2)"), "formula-cell"),
    ("#N/A", "cell-error"),
    (1_234_567_890_123_456, "rounded-number"),
    (1.2345678901234567e17, "rounded-number"),
    (12.5, "not-a-whole-number"),
    (True, "wrong-number"),
    (datetime(2024, 3, 1), "wrong-number"),  # noqa: DTZ001 - a spreadsheet's days have no zone
]


@pytest.mark.parametrize(("value", "code"), XLSX_CELLS)
def test_a_sheets_cell_that_is_no_amount_is_refused(value: object, code: str, xlsx_file: Sheet) -> None:
    good = ["A-2", "price_reduced", "2024-03-02", 800, "court"]
    path = xlsx_file(["A-1", "price_reduced", "2024-03-01", value, "officer"], good)
    assert places(path) == [(2, "to_price", code)]
    assert rows(path)[-1].cells["asset_ref"] == "A-2"


def test_a_sheets_own_numbers_and_days_are_read_for_what_they_are(xlsx_file: Sheet) -> None:
    line = [123456789012345, "price_reduced", date(2024, 3, 1), 900.0, "officer", datetime(2024, 3, 1, 9, 30)]  # noqa: DTZ001 - a spreadsheet's days have no zone
    (row,) = rows(xlsx_file([], line))
    assert row.row == 3
    parsed = parse(row)
    assert isinstance(parsed, Parsed)
    assert (parsed.asset_ref, parsed.entry.on) == ("123456789012345", date(2024, 3, 1))
    assert parsed.entry.data() == {"to_price": 900, "decided_by": "officer", "note": "2024-03-01T09:30:00"}


def test_a_sheet_named_journal_is_read_before_the_first_one(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("journal").append(["asset_ref", "entry"])
    book.save(tmp_path / "register.xlsx")
    assert places(tmp_path / "register.xlsx") == [(1, "on", "missing-column")]


def test_an_empty_sheet_and_one_without_entries_are_refused(xlsx_file: Sheet, tmp_path: Path) -> None:
    assert places(xlsx_file()) == [(1, None, "no-rows")]
    Workbook().save(tmp_path / "empty.xlsx")
    assert places(tmp_path / "empty.xlsx") == [(1, None, "empty-file")]


def test_a_row_far_down_the_sheet_keeps_its_line(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["asset_ref", "entry", "on"])
    book.active.cell(100_000, 1, "A-1")
    book.save(tmp_path / "register.xlsx")
    assert [row.row for row in rows(tmp_path / "register.xlsx")] == [100_000]


def test_a_file_that_is_no_archive_or_a_damaged_one_is_refused(xlsx_file: Sheet, tmp_path: Path) -> None:
    assert places(written(tmp_path / "text.xlsx", HEADER)) == [(1, None, "unreadable-file")]
    assert "password" in problems(written(tmp_path / "old.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600)))[0].message
    with ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("letter.txt", "no sheet")
    assert places(tmp_path / "other.xlsx") == [(1, None, "unreadable-file")]
    whole = xlsx_file(["A-1", "price_reduced"])
    with ZipFile(whole) as source, ZipFile(tmp_path / "cut.xlsx", "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if "/sheet" in name else content)
    assert places(tmp_path / "cut.xlsx")[-1][2] == "unreadable-file"


def test_a_value_far_to_the_right_of_the_header_is_not_lost(xlsx_file: Sheet) -> None:
    line = ["A-1", "price_reduced", "2024-03-01", 900, "officer", *[None] * 300, "?"]
    assert places(xlsx_file(line)) == [(2, None, "wrong-cell-count")]


def test_an_archive_that_would_unpack_to_far_more_than_a_register_is_not_opened(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "bomb.xlsx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(16 * MEBI))
    assert places(tmp_path / "bomb.xlsx") == [(1, None, "zip-too-large")]
    with ZipFile(tmp_path / "heavy.xlsx", "w") as archive:
        archive.writestr("xl/sharedStrings.xml", bytes(65 * MEBI))
    assert places(tmp_path / "heavy.xlsx") == [(1, None, "zip-too-large")]


def test_a_file_of_another_format_or_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert places(written(tmp_path / "register.pdf", b"%PDF")) == [(1, None, "unknown-format")]
    assert places(tmp_path / "register.csv") == [(1, None, "unreadable-file")]
    assert places(tmp_path / "register.xlsx") == [(1, None, "unreadable-file")]


def test_progress_never_falls_and_stays_within_the_whole(csv_file: File) -> None:
    told: list[float] = []
    count = sum(1 for _ in read_rows(csv_file(HEADER + GOOD * 5_000), told.append))
    assert count == 5_000
    assert len(told) == 5
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1


ROW: dict[str, Cell] = {"asset_ref": "A-1", "entry": "sale_paid", "on": "2024-03-01", "amount": 5}


def test_a_value_without_a_column_is_never_left_out_of_a_written_file(tmp_path: Path) -> None:
    with (tmp_path / "out.csv").open("w", newline="") as out:
        with pytest.raises(ValueError, match="amount"):
            write_csv(out, COLUMNS[:4], [ROW])
        with pytest.raises(ValueError, match="amount"):
            write_jsonl(out, COLUMNS[:4], [ROW])
    with pytest.raises(ValueError, match="amount"):
        write_xlsx(tmp_path / "out.xlsx", COLUMNS[:4], [ROW])


def test_a_list_too_long_for_a_cell_is_written_to_json_lines_only(tmp_path: Path) -> None:
    row: dict[str, Cell] = {**ROW, "notice_refs": ["x" * 200] * 200}
    with (tmp_path / "out.csv").open("w", newline="") as out, pytest.raises(ValueError, match="JSON lines"):
        write_csv(out, COLUMNS, [row])
    with (tmp_path / "out.jsonl").open("w", newline="") as out:
        write_jsonl(out, COLUMNS, [row])
    assert rows(tmp_path / "out.jsonl")[0].cells == row


def test_every_code_of_the_table_is_used_by_a_reader() -> None:
    sources = Path(parse.__code__.co_filename).parent.glob("*.py")
    used = "".join(source.read_text(encoding="utf-8") for source in sources if source.name != "problems.py")
    assert [code for code in CODES if f'"{code}"' not in used] == []
