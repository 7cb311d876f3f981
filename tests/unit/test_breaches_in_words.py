"""A breach in words: the rule, its article, what was asked and what is allowed, in two languages."""

from typing import get_args, get_type_hints

import pytest

from auctions.domain.asset.breaches import message
from auctions.domain.asset.law import law
from auctions.domain.asset.state import Round, State
from auctions.domain.asset.words import choice
from auctions.rules.rulebook import rulebooks
from tests.unit import rows_law_of_2008, rows_of_auctions
from tests.unit.rules_table import lived

VN = law("vn")
ROWS = {row.key: row for row in (*rows_law_of_2008.ROWS, *rows_of_auctions.ROWS)}
WORDS = {
    "FAIL-03": (
        (
            "a price is reduced by at most 10 % of the starting price of the auction immediately before"
            " (L26/2008 art 104(5)); asked 899,999,998, allowed at least 900,000,000"
        ),
        (
            "mỗi lần giảm giá không quá 10 % giá khởi điểm của lần đấu giá liền kề trước đó"
            " (Luật Thi hành án dân sự số 26/2008/QH12, Điều 104 khoản 5);"
            " đã ghi 899.999.998, được phép ít nhất 900.000.000"
        ),
    ),
    "LDG-04.least": (
        (
            "the deposit is at least 5 % of the starting price"
            " (L01/2016 art 39(1)); asked 49,999,999, allowed at least 50,000,000"
        ),
        (
            "tiền đặt trước ít nhất 5 % giá khởi điểm"
            " (Luật Đấu giá tài sản số 01/2016/QH14, Điều 39 khoản 1);"
            " đã ghi 49.999.999, được phép ít nhất 50.000.000"
        ),
    ),
    "LDG-04.most": (
        (
            "the deposit is at most 20 % of the starting price"
            " (L01/2016 art 39(1)); asked 200,000,001, allowed at most 200,000,000"
        ),
        (
            "tiền đặt trước không quá 20 % giá khởi điểm"
            " (Luật Đấu giá tài sản số 01/2016/QH14, Điều 39 khoản 1);"
            " đã ghi 200.000.001, được phép nhiều nhất 200.000.000"
        ),
    ),
    "FAIL-02": (
        (
            "the officer decides the first reduction when the parties had 10 days to agree on it"
            " (L26/2008 art 104(1)); asked 2024-06-13, allowed from 2024-06-14"
        ),
        (
            "chấp hành viên quyết định giảm giá lần đầu sau khi đương sự có 10 ngày để thỏa thuận"
            " (Luật Thi hành án dân sự số 26/2008/QH12, Điều 104 khoản 1);"
            " đã ghi 13/06/2024, được phép từ 14/06/2024"
        ),
    ),
    "PAY-01": (
        (
            "the buyer pays within 30 days of the auction"
            " (D62/2015 art 27(3)); asked 2024-07-04, allowed by 2024-07-03"
        ),
        (
            "người mua nộp tiền trong 30 ngày kể từ ngày đấu giá thành"
            " (Nghị định số 62/2015/NĐ-CP, Điều 27 khoản 3);"
            " đã ghi 04/07/2024, được phép chậm nhất 03/07/2024"
        ),
    ),
    "RED-01": (
        (
            "the debtor may redeem until 1 working day before the auction opens"
            " (L26/2008 art 101(5)); asked 2024-06-26, allowed by 2024-06-25"
        ),
        (
            "người phải thi hành án được nhận lại tài sản chậm nhất"
            " 1 ngày làm việc trước ngày mở cuộc đấu giá"
            " (Luật Thi hành án dân sự số 26/2008/QH12, Điều 101 khoản 5);"
            " đã ghi 26/06/2024, được phép chậm nhất 25/06/2024"
        ),
    ),
    "FAIL-06": (
        (
            "the officer decides the reduction when the creditor does not take the asset"
            " (L26/2008 art 104(3)); asked by agreement, allowed by the officer"
        ),
        (
            "chấp hành viên quyết định giảm giá khi người được thi hành án không nhận tài sản"
            " (Luật Thi hành án dân sự số 26/2008/QH12, Điều 104 khoản 3);"
            " đã ghi theo thỏa thuận, được phép do chấp hành viên"
        ),
    ),
    "VAL-03": (
        (
            "the price is agreed, appraised or fixed by the officer;"
            " a price council exists only since 1 July 2026"
            " (L26/2008 art 98(1)-(3)); asked by a council,"
            " allowed one of by agreement; by an appraiser; by the officer"
        ),
        (
            "giá do thỏa thuận, thẩm định hoặc chấp hành viên xác định;"
            " Hội đồng xác định giá chỉ có từ 01/7/2026"
            " (Luật Thi hành án dân sự số 26/2008/QH12, Điều 98 khoản 1 đến khoản 3);"
            " đã ghi do hội đồng định giá,"
            " được phép một trong theo thỏa thuận; do tổ chức thẩm định giá; do chấp hành viên"
        ),
    ),
    "FAIL-04": (
        (
            "the creditor may take the asset in lieu after 2 reductions and another failed auction"
            " (L26/2008 art 104(2)); asked 1, allowed at least 2"
        ),
        (
            "người được thi hành án có quyền nhận tài sản sau 2 lần giảm giá mà đấu giá vẫn không thành"
            " (Luật Thi hành án dân sự số 26/2008/QH12, Điều 104 khoản 2); đã ghi 1, được phép ít nhất 2"
        ),
    ),
    "FAIL-04.after": (
        (
            "the creditor may take the asset in lieu only when the last auction failed"
            " (L26/2008 art 104(2)); asked a winner who did not pay, allowed a failed auction"
        ),
        (
            "người được thi hành án chỉ có quyền nhận tài sản khi lần đấu giá gần nhất không thành"
            " (Luật Thi hành án dân sự số 26/2008/QH12, Điều 104 khoản 2);"
            " đã ghi người trúng đấu giá không nộp tiền, được phép đấu giá không thành"
        ),
    ),
    "FAIL-05": (
        (
            "the asset is given to the creditor when the debtor had 30 days to pay and take it back"
            " (L26/2008 art 104(2)); asked 2024-07-03, allowed from 2024-07-04"
        ),
        (
            "giao tài sản sau khi người phải thi hành án có 30 ngày để nộp tiền nhận lại tài sản"
            " (Luật Thi hành án dân sự số 26/2008/QH12, Điều 104 khoản 2);"
            " đã ghi 03/07/2024, được phép từ 04/07/2024"
        ),
    ),
    "FAIL-07": (
        (
            "the asset goes back to the debtor when its reduced value is at most the costs of enforcement"
            " (L26/2008 art 104(3)); asked 1,000,000,000, allowed at most 999,999,999"
        ),
        (
            "giao lại tài sản cho người phải thi hành án khi giá trị đã giảm"
            " bằng hoặc thấp hơn chi phí cưỡng chế"
            " (Luật Thi hành án dân sự số 26/2008/QH12, Điều 104 khoản 3);"
            " đã ghi 1.000.000.000, được phép nhiều nhất 999.999.999"
        ),
    ),
}


@pytest.mark.parametrize("key", WORDS)
def test_a_breach_is_told_in_english_and_vietnamese(key: str) -> None:
    life = ROWS[key].outside
    breach = VN.judge(lived(life[:-1]).state, life[-1])[0]
    assert (message(breach), message(breach, "vi")) == WORDS[key]
    assert message(breach, "en") == WORDS[key][0]


def test_each_choice_that_a_rule_allows_is_told_in_words_of_both_languages() -> None:
    rules = [rule for book in rulebooks().values() for rule in book.rule]
    choices = {(rule.measures, word) for rule in rules for word in rule.one_of or ()}
    assert len(choices) > 10
    told = {(name, word): (choice(name, word), choice(name, word, "vi")) for name, word in choices}
    assert {key: each for key, each in told.items() if key[1] in each or each[0] == each[1]} == {}


def test_what_a_file_can_have_against_a_rule_of_choices_is_told_in_words() -> None:
    outcomes = get_args(get_args(get_type_hints(Round)["outcome"])[0])
    answers = get_args(get_args(get_type_hints(State)["in_lieu"])[0])
    for name, words in (("last_outcome", outcomes), ("in_lieu", answers)):
        assert words
        assert not [word for word in words if choice(name, word) == word]
