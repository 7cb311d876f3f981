"""A supervisor writes the registers of a closed quarter, the same again whatever was entered since."""

import hashlib
from pathlib import Path

import psycopg
import pytest
from openpyxl import load_workbook

from tests.journeys.in_process import InProcess
from tests.journeys.registers import good, written

Q2 = ("--office", "KV-3", "--quarter", "2024-Q2")


@pytest.fixture
def supervisor(database: str, tmp_path: Path) -> InProcess:
    """The command line on a register of which two quarters are closed."""
    auctions = InProcess(AUCTIONS_DATABASE_URL=database)
    auctions("import", written(tmp_path / "register.csv", good()))
    for quarter in ("2024-Q1", "2024-Q2"):
        auctions("close", "--office", "KV-3", "--quarter", quarter)
    return auctions


@pytest.mark.parametrize(("number", "refs"), [(13, ["TS-1", "TS-2", "TS-3"]), (17, ["TS-1", "TS-2"])])
def test_a_register_is_written_again_as_it_was_closed(
    supervisor: InProcess, tmp_path: Path, number: int, refs: list[str]
) -> None:
    first, again = tmp_path / "first.xlsx", tmp_path / "again.xlsx"
    said = supervisor("form", number, *Q2, "--out", first)
    close = supervisor.json("closes", "--office", "KV-3")["items"][0]
    digest = close["reports"][f"form-{number}.xlsx"]
    assert said == f"{first}: SHA-256 {digest}, as closed\n"
    assert hashlib.sha256(first.read_bytes()).hexdigest() == digest
    lines = [line[:2] for line in load_workbook(first).worksheets[0].iter_rows(values_only=True)]
    assert lines[3:-2] == list(enumerate(refs, 1))
    assert close["sha256"] in str(lines[-1][0])
    supervisor("enter", "TS-1", "cost_accrued", "on=2024-06-20", "amount=5", "what=guard", "--as-found")
    supervisor("form", number, *Q2, "--out", again)
    assert again.read_bytes() == first.read_bytes()
    pages = tmp_path / "pages.pdf"
    printed = close["reports"][f"form-{number}.pdf"]
    assert supervisor("form", number, *Q2, "--out", pages) == f"{pages}: SHA-256 {printed}, as closed\n"


def test_a_register_that_is_not_as_it_was_closed_is_told(
    supervisor: InProcess, tmp_path: Path, database: str
) -> None:
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("ALTER TABLE auctions.events DISABLE TRIGGER ALL")
        own.execute(
            """UPDATE auctions.events
            SET payload = convert_to(replace(convert_from(payload, 'UTF8'), 'B\u00ecnh', 'Th\u00e1i'), 'UTF8')
            WHERE topic = 'asset.seized'"""
        )
    said = supervisor.complaint("form", 13, *Q2, "--out", tmp_path / "a.xlsx", code=1)
    assert said.startswith("not-as-closed: ")


def test_of_a_close_that_keeps_no_digest_of_a_form_it_is_written_and_that_is_said(
    supervisor: InProcess, tmp_path: Path, database: str
) -> None:
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("ALTER TABLE auctions.events DISABLE TRIGGER ALL")
        own.execute(
            """UPDATE auctions.events SET payload = convert_to(
                (convert_from(payload, 'UTF8')::jsonb - 'reports')::text, 'UTF8')
            WHERE topic = 'office.book_closed'"""
        )
    said = supervisor("form", 13, *Q2, "--out", tmp_path / "a.pdf")
    assert said.endswith("; the close keeps none of this form\n")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_form_that_is_none_and_a_quarter_that_is_not_closed_are_told(
    supervisor: InProcess, tmp_path: Path
) -> None:
    out = tmp_path / "a.xlsx"
    assert "15 is no form: expected 13, 17" in supervisor.wrong_use("form", 15, *Q2, "--out", out)
    line = supervisor.wrong_use("form", 13, *Q2, "--out", tmp_path / "a.doc")
    assert "neither of .xlsx, .pdf" in line
    said = supervisor.complaint("form", 13, "--office", "KV-3", "--quarter", "2024-Q3", "--out", out, code=1)
    assert said == "close-not-found: 2024-Q3 is not closed at position 15"
    assert not out.exists()
