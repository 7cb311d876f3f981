"""The registers of a quarter as XLSX: numbered lines, the digest of the close in the foot, the same bytes."""

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from api.register_forms import FORMS, form_xlsx
from api.register_pages import FORMATS, file_name
from auctions.domain.asset.state import State
from tests.unit.given import PRICE, day, entry, given
from tests.unit.printed import words
from tests.unit.situations import FAILED, HAMMER
from tests.unit.test_closed_books import closed

CLOSE = closed("2025-Q1")


def states() -> list[State]:
    """A failed round with a cut, a sold asset, and one never at auction, whose text a sheet would run."""
    seized = entry(
        "seized", 1, asset_ref="TS-1", case_ref="QĐ 7", debtor_ref="DEBTOR-17", description="Thửa 7"
    )
    cut = entry("price_reduced", 9, to_price=900_000_000)
    bare = entry("seized", 5, asset_ref="TS-3", kind="vessel", description='=HYPERLINK("x")')
    return [given(seized, *FAILED[1:], cut).state, given("seized", *HAMMER[1:]).state, given(bare).state]


def lines(number: int) -> list[tuple[Any, ...]]:
    sheet = load_workbook(BytesIO(form_xlsx(FORMS[number], CLOSE, states()))).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def test_form_17_lists_what_was_put_up_for_auction_with_its_prices_and_rounds() -> None:
    title, about, headings, first, second, empty, foot = lines(17)
    assert title[0] == "Mẫu số 17. Sổ theo dõi xử lý tài sản bán đấu giá thi hành án"
    assert about[0] == "KV-3 · 2025-Q1"
    told = dict(zip(headings, first, strict=True))
    assert (told["STT"], told["Số hiệu tài sản"], told["Số vụ việc"]) == (1, "TS-1", "QĐ 7")
    assert told["Người phải thi hành án (mã)"] == "DEBTOR-17"
    assert told["Ngày kê biên"] == datetime(day(1).year, day(1).month, day(1).day)  # noqa: DTZ001 - a sheet has no zones
    assert (told["Giá khởi điểm lần đầu"], told["Giá hiện hành"]) == (PRICE, 900_000_000)
    assert (
        told["Số lần thông báo đấu giá"],
        told["Số lần đấu giá không thành"],
        told["Số lần giảm giá"],
    ) == (1, 1, 1)
    assert (told["Giá trúng đấu giá"], told["Tình trạng xử lý"]) == (None, "chờ thông báo đấu giá")
    sold = dict(zip(headings, second, strict=True))
    assert (sold["STT"], sold["Giá trúng đấu giá"], sold["Tình trạng xử lý"]) == (
        *(2, PRICE),
        "đã có người trúng đấu giá",
    )
    assert set(empty) == {None}
    assert foot[0] == (
        f"Khóa sổ ngày 01/12/2025: 2 dòng, vị trí 9, 1 tài sản, 9 bút toán, SHA-256 {CLOSE.sha256}"
    )


def test_form_13_lists_all_that_is_seized_and_text_stays_text() -> None:
    title, _, headings, *listed, _, foot = lines(13)
    assert title[0] == "Mẫu số 13. Sổ theo dõi vật chứng, tài sản kê biên"
    told = [dict(zip(headings, line, strict=True)) for line in listed]
    assert [(line["STT"], line["Số hiệu tài sản"], line["Loại tài sản"]) for line in told] == [
        (1, "TS-1", "quyền sử dụng đất"),
        (2, "TS-17", "quyền sử dụng đất"),
        (3, "TS-3", "tàu cá"),
    ]
    cell = load_workbook(BytesIO(form_xlsx(FORMS[13], CLOSE, states()))).worksheets[0].cell(6, 7)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("x")', "s", True)
    assert foot[0].startswith("Khóa sổ ngày 01/12/2025: 3 dòng")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("number", FORMS)
def test_a_form_of_the_same_assets_has_the_same_bytes(number: int, kind: str) -> None:
    form, write = FORMS[number], FORMATS[kind]
    assert write(form, CLOSE, states()) == write(form, CLOSE, states())
    other = CLOSE.model_copy(update={"sha256": "f" * 64})
    assert write(form, other, states()) != write(form, CLOSE, states())
    assert write(form, CLOSE, []) != write(form, CLOSE, states())
    assert file_name(number, kind) == f"form-{number}.{kind}"


def test_a_printed_register_has_the_heading_numbered_lines_and_places_to_sign() -> None:
    pdf = PdfReader(BytesIO(FORMATS["pdf"](FORMS[17], CLOSE, states())))
    said = words(pdf)
    for told in (
        "Cơ quan thi hành án dân sự: KV-3",
        "SỔ THEO DÕI XỬ LÝ TÀI SẢN BÁN ĐẤU GIÁ THI HÀNH ÁN",
        "Quý 1 năm 2025",
        "900.000.000",
        "chờ thông báo đấu giá",
        "Khóa sổ ngày 01/12/2025: 2 dòng, vị trí 9",
        "THỦ TRƯỞNG CƠ QUAN",
    ):
        assert told in said
    assert CLOSE.sha256 in said.replace(" ", "")
    about = pdf.xmp_metadata.stream.get_data().decode() if pdf.xmp_metadata else ""
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in about
