import unicodedata

import pytest

from projections.search import compact, folded


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Bình Định", "binh dinh"),
        ("ĐẮK LẮK, xã Ea Đar", "dak lak, xa ea dar"),
        ("Thửa 12-b", "thua 12-b"),
        ("ượ", "uo"),
        ("", ""),
    ],
)
def test_text_is_searched_in_lower_case_without_marks(written: str, searched: str) -> None:
    assert folded(written) == searched
    assert folded(unicodedata.normalize("NFD", written)) == searched
    assert folded(searched) == searched


@pytest.mark.parametrize(
    ("written", "searched"),
    [("QNa-92345 TS", "qna92345ts"), ("BĐ 991.44/ts", "bd99144ts"), ("--", ""), ("CS 00_123%", "cs00123")],
)
def test_a_number_is_searched_by_its_letters_and_digits(written: str, searched: str) -> None:
    assert compact(written) == searched
