"""An entry in plain words: what happened, in two languages, and no party."""

from typing import get_args

import pytest

from auctions.domain.asset import events as e
from auctions.domain.asset.words import words
from tests.unit.given import entry

PARTY = "DEBTOR-17"
SENTENCES = [
    (entry("seized", 1), "seized: land-use right", "kê biên: quyền sử dụng đất"),
    (entry("seized", 1, kind="meteorite"), "seized: meteorite", "kê biên: meteorite"),
    (
        entry("cost_accrued", 2),
        "a cost of 2,500,000 dong arose: custody",
        "phát sinh chi phí 2.500.000 đồng: custody",
    ),
    (
        entry("appraised", 2),
        "valued at 1,000,000,000 dong, by an appraiser",
        "định giá 1.000.000.000 đồng, do tổ chức thẩm định giá",
    ),
    (
        entry("parties_notified", 3, of="in_lieu"),
        "the parties were told of the creditor's answer",
        "thông báo cho đương sự về trả lời của người được thi hành án",
    ),
    (
        entry("preemption_answered", 3, accepted=False),
        "the co-owners do not buy",
        "chủ sở hữu chung không mua tài sản",
    ),
    (
        entry("in_lieu_answered", 3, accepted=True),
        "the creditor takes the asset",
        "người được thi hành án nhận tài sản",
    ),
    (
        entry("round_failed", 9, round_no=1),
        "round 1 failed: nobody registered",
        "đấu giá lần 1 không thành: không có người đăng ký",
    ),
    (
        entry("price_reduced", 9, to_price=900_000_000),
        "the price was reduced to 900,000,000 dong, by the officer",
        "giảm giá còn 900.000.000 đồng, do chấp hành viên",
    ),
    (entry("suspended", 9), "processing was suspended: a complaint", "tạm dừng xử lý tài sản: khiếu nại"),
    (
        entry("transferred", 9),
        "the file went to KV-5: a reorganisation",
        "chuyển hồ sơ cho KV-5: sắp xếp lại cơ quan",
    ),
    (entry("identified", 9), "also known as A-1 (portal)", "còn được biết với số A-1 (portal)"),
    (entry("split", 9), "divided into TS-17/1, TS-17/2", "chia thành TS-17/1, TS-17/2"),
    (entry("merged", 9, into="{kind} {0}"), "became part of {kind} {0}", "nhập vào {kind} {0}"),
    (entry("entry_struck", 9, entry_no=4), "entry 4 was struck through", "gạch bỏ mục số 4"),
]


@pytest.mark.parametrize(("told", "english", "vietnamese"), SENTENCES)
def test_an_entry_is_told_in_english_and_in_vietnamese(
    told: e.AssetEntry, english: str, vietnamese: str
) -> None:
    assert (words(told), words(told, "vi")) == (english, vietnamese)


@pytest.mark.parametrize("name", e.ENTRIES)
def test_every_entry_has_words_of_its_own_that_name_no_party(name: str) -> None:
    cls = e.ENTRIES[name]
    parties = dict.fromkeys(("officer", "by", "winner_ref", "to_ref", "debtor_ref", "approved_by"), PARTY)
    needed = {
        "round_no": 1,
        "starting_price": 7,
        "to_price": 7,
        "until": None,
        "entry_no": 2,
        "accepted": True,
    }
    asked = {field: value for field, value in (parties | needed).items() if field in cls.model_fields}
    told = entry(name, 9, **asked)
    assert words(told) != words(told, "vi")
    assert PARTY not in words(told) + words(told, "vi")
    assert "None" not in words(told) + words(told, "vi")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("appraised", "method"),
        ("parties_notified", "of"),
        ("round_failed", "reason"),
        ("price_reduced", "decided_by"),
        ("suspended", "reason"),
        ("transferred", "reason"),
    ],
)
def test_every_word_of_a_choice_is_told_in_both_languages(name: str, field: str) -> None:
    choices = get_args(e.ENTRIES[name].model_fields[field].annotation)
    assert len(choices) > 1
    needed = {"round_no": 1} if name == "round_failed" else {"to_price": 7} if name == "price_reduced" else {}
    for language in ("en", "vi"):
        told = [words(entry(name, 9, **needed | {field: choice}), language) for choice in choices]
        assert len(set(told)) == len(choices)
        assert not any("_" in each for each in told)
