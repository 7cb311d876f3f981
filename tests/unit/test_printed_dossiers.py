"""A dossier as it is printed: Vietnamese right, the same bytes each time, struck entries struck through."""

from datetime import datetime
from hashlib import sha256
from typing import cast

import pytest
from pypdf.generic import StreamObject

from api.dossiers.printable import _SHOWN, printable
from api.dossiers.written import written
from api.languages import Language
from auctions.domain.days import VIETNAM
from auctions.rules.articles import in_words
from tests.unit import printed
from tests.unit.given import PRICE, entry, struck
from tests.unit.printed import dossier, reader, words

SEIZED = entry(
    "seized",
    1,
    asset_ref="TS-17",
    province="Bình Định",
    description="Thửa đất ở đường Nguyễn Văn Mẫu",
    debtor_ref="DEBTOR-17",
    loan_value=2 * PRICE,
    attributes={"area_m2": "120.5", "parcel_no": "17"},
)
FAILED = (
    SEIZED,
    entry("appraised", 2, value=PRICE),
    entry("round_announced", 3, round_no=1, starting_price=PRICE, deposit=PRICE // 10),
    entry("round_failed", 6, round_no=1),
)
CUT = entry("price_reduced", 9, to_price=900_000_000)
DEEP = entry("price_reduced", 30, to_price=800_000_000)


def test_vietnamese_is_printed_as_a_vietnamese_reader_writes_it() -> None:
    told = words(printed.printed(*FAILED, CUT))
    for said in (
        "Hồ sơ tài sản TS-17",
        "Tính đến hết ngày 31/12/2025, theo những gì đã ghi đến vị trí 4.321 của sổ ghi.",
        "Mô tả Thửa đất ở đường Nguyễn Văn Mẫu",
        "Người phải thi hành án DEBTOR-17",
        "Giá trị khi cho vay 2.000.000.000 đồng",
        "Diện tích (m²) 120,5",
        "1 định giá 03/01/2025 1.000.000.000 100,0% 50,0%",
        "2 giảm giá lần 1 10/01/2025 900.000.000 90,0% 90,0% 45,0%",
        "đấu giá lần 1 không thành: không có người đăng ký",
        "Tiền đặt trước: 100.000.000 đồng",
        "01/06/2025 09:00, vị trí 10 CB-7, officer, KV-3",
        "Giai đoạn chờ thông báo đấu giá",
        "Không có điểm kiểm tra nào của sổ được ký khi lập hồ sơ",
    ):
        assert said in told, said


def test_english_is_printed_in_english() -> None:
    told = words(printed.printed(*FAILED, CUT, language="en"))
    for said in (
        "Dossier of asset TS-17",
        "As of the end of 2025-12-31, as known at position 4,321 of the log.",
        "the price was reduced to 900,000,000 dong, by the officer",
        "Stage awaiting a round",
        "page 1/2",
    ):
        assert said in told, said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_dossier_made_twice_is_the_same_to_the_byte(language: Language) -> None:
    assert written(dossier(*FAILED, CUT), language) == written(dossier(*FAILED, CUT), language)


def test_a_page_says_its_number_and_the_file_its_title_language_date_and_standard() -> None:
    pdf = printed.printed(*FAILED)
    assert len(pdf.pages) == 2
    for number, page in enumerate(pdf.pages, 1):
        assert f"trang {number}/2" in page.extract_text()
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Hồ sơ tài sản TS-17"
    assert pdf.metadata.creation_date == datetime(2025, 6, 4, 9, tzinfo=VIETNAM)
    assert str(pdf.root_object["/Lang"]) == "vi"
    about = cast("StreamObject", pdf.root_object["/Metadata"]).get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in about
    assert pdf.pages[0].mediabox[2:] == pytest.approx((595.28, 841.89), abs=0.1)


def test_a_struck_entry_is_struck_through_and_says_by_whom_and_why() -> None:
    whole = printed.printed(*FAILED, CUT)
    corrected = printed.printed(*FAILED, CUT, struck(5, 40))
    assert (printed.struck(whole), printed.struck(corrected)) == (0, 1)
    said = (
        "BỊ GẠCH BỎ bởi mục 6 ngày 10/02/2025, do CB-7 ghi, head phê duyệt; "
        "căn cứ: BB-9; lý do: another asset's page"
    )
    assert said not in words(whole)
    assert said in words(corrected)


def test_a_late_entry_is_marked() -> None:
    assert "GHI MUỘN" not in words(printed.printed(*FAILED))
    assert words(printed.printed(*FAILED, entry("cost_accrued", 2))).count("GHI MUỘN") == 1


def test_a_finding_is_told_with_rule_and_article_in_words() -> None:
    told = words(printed.printed(*FAILED, DEEP))
    assert "5 31/01/2025 FAIL-03" in told
    assert "(Luật Thi hành án dân sự số 26/2008/QH12, Điều 104 khoản 5)" in told
    none = "Không phát hiện mục nào trái quy định"
    assert (none in told, none in words(printed.printed(SEIZED))) == (False, True)


def test_the_days_of_a_finding_are_written_as_its_reader_writes_days() -> None:
    announced = entry(
        "round_announced",
        3,
        round_no=1,
        starting_price=PRICE,
        registration_to=datetime(2025, 1, 30, 17, tzinfo=VIETNAM),
        auction_at=datetime(2025, 1, 31, 9, tzinfo=VIETNAM),
    )
    file = (*FAILED[:2], announced)
    assert "đã ghi 30/01/2025, được phép chậm nhất 23/01/2025" in words(printed.printed(*file))
    assert "asked 2025-01-30, allowed by 2025-01-23" in words(printed.printed(*file, language="en"))


def test_an_asset_with_nothing_but_its_seizure_has_a_dossier() -> None:
    told = words(printed.printed(SEIZED))
    for said in ("kê biên: quyền sử dụng đất", "Tài sản chưa được định giá.", "Giai đoạn chờ định giá"):
        assert said in told, said


def test_a_file_of_300_entries_repeats_the_heads_of_its_table_on_each_page() -> None:
    costs = (entry("cost_accrued", 10, what=f"trông coi {number}") for number in range(296))
    pdf = printed.printed(*FAILED, *costs)
    told = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert len(told) > 5
    assert all("số ngày nội dung ghi lúc, bởi ai" in page for page in told[1:-1])
    assert [number for number in range(296) if f"trông coi {number} " not in " ".join(told)] == []


def test_the_print_names_the_hash_of_the_json_beside_it() -> None:
    made = written(dossier(*FAILED), "vi")
    assert sha256(made.json).hexdigest() in words(reader(made))


def test_whatever_was_recorded_can_be_printed() -> None:
    note, description = "#panic() *a* $b$ \\", "tàu \U0001f6a2 号 e\u0323\u0302 " + "x" * 1900
    odd = entry("seized", 1, description=description, note=note)
    told = words(printed.printed(odd))
    for said in ("tàu [U+1F6A2] [U+53F7] ệ xxx", note):
        assert said in told, said


def test_every_character_that_is_let_through_has_a_glyph() -> None:
    let_through = "".join(map(chr, range(0x20, 0x3000)))
    shown = "".join(each for each in let_through if printable(each) == each and not each.isspace())
    assert len(shown) > 1800, _SHOWN
    written(dossier(SEIZED.model_copy(update={"description": shown})), "vi")


@pytest.mark.parametrize(
    ("article", "vietnamese", "english"),
    [
        (
            "L26/2008 art 99(1)(b)",
            "Luật Thi hành án dân sự số 26/2008/QH12, Điều 99 khoản 1 điểm b",
            "Law on Civil Judgment Enforcement 26/2008/QH12, article 99(1)(b)",
        ),
        (
            "L01/2016 art 38(2) as amended by L37/2024",
            "Luật Đấu giá tài sản số 01/2016/QH14, Điều 38 khoản 2 được sửa đổi theo Luật số 37/2024/QH15",
            "Law on Property Auction 01/2016/QH14, article 38(2) as amended by Law 37/2024/QH15",
        ),
        (
            "L26/2008 art 98(1)-(3)",
            "Luật Thi hành án dân sự số 26/2008/QH12, Điều 98 khoản 1 đến khoản 3",
            "Law on Civil Judgment Enforcement 26/2008/QH12, article 98(1)-(3)",
        ),
        ("c.p.c. art 591(2)", "c.p.c. Điều 591 khoản 2", "c.p.c. article 591(2)"),
    ],
)
def test_an_article_is_told_in_words(article: str, vietnamese: str, english: str) -> None:
    assert (in_words(article, "vi"), in_words(article, "en")) == (vietnamese, english)
