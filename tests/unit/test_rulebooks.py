"""Rulebooks are data: what is wrong in one is told, each one there is can judge."""

import hashlib
import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from pydantic import ValidationError

from auctions.domain.asset.law import Law, law
from auctions.rules.rulebook import (
    Condition,
    Rulebook,
    RulebookError,
    read_rulebook,
    rulebooks,
    rules_version,
)
from tests.unit.rows_law_of_2008 import failed
from tests.unit.rules_table import at, broken

BOOK = 'en = "A land"\nvi = "Một nước"\ncalendar = "vn"\n'
RULE = """
[[rule]]
id = "R-1"
governs = ["price_reduced"]
measures = "cut"
at_most = 10
unit = "percent"
article = "art 1"
from = 2020-01-01
confidence = "sure"
effect = "refuses"
en = "at most {limit} %"
vi = "không quá {limit} %"
"""


def read(text: str) -> Rulebook:
    return read_rulebook("land", BOOK + text)


def with_line(line: str, instead: str = "") -> str:
    """The rule with another line, instead of the one that begins so."""
    kept = [old for old in RULE.splitlines() if not (instead and old.startswith(instead))]
    return "\n".join([*kept, line, ""])


DAYS_RULE = with_line('measures = "days"', "measures").replace("percent", "day").replace("cut", "days")
"""The rule as one that counts days, still without a day to count from."""


def counting(line: str) -> str:
    """The rule as one that counts days, with another line."""
    return f"{DAYS_RULE}{line}\n"


def a_number(line: str, instead: str = "") -> str:
    """The rule as one of dong, with another line."""
    return with_line(line, instead).replace('"percent"', '"dong"')


def test_a_rule_is_read_with_its_words_and_dates() -> None:
    rule = read(RULE).rule[0]
    assert (rule.key, rule.limit, rule.article, rule.tolerance) == ("R-1", 10, "art 1", 0)
    assert (rule.valid_from, rule.valid_to) == (date(2020, 1, 1), date(2999, 12, 31))
    assert (rule.until, rule.asked, rule.since, rule.when) == ("on", "until", (), {})
    rule = read(with_line('part = "one"\nto = 2021-12-31')).rule[0]
    assert (rule.key, rule.valid_to) == ("R-1.one", date(2021, 12, 31))


def test_a_rulebooks_version_is_the_beginning_of_its_texts_digest() -> None:
    assert read(RULE).version == hashlib.sha256((BOOK + RULE).encode()).hexdigest()[:8]
    assert read(RULE).id == "land"
    assert read(RULE).undecidable == {}


ONE_BOUND = "Value error, expected exactly one of at_least, at_most, after and one_of"
WORDS_ONLY = "Value error, expected one_of where, and only where, the unit is word"
NUMBER = "Value error, expected a number, or a fact's name where the unit is dong or times"
DAYS_ONLY = "Value error, days go with `since` and a unit of day, working_day or month, and `after` with days"
THE_LIMIT = "Value error, expected {limit} where the number goes, and no other braces"
WRONG = {
    "no TOML": ("[[rule", "land.toml: "),
    "two bounds": (with_line("at_least = 5"), ONE_BOUND),
    "two bounds, one a window": (counting('since = ["seized"]\nafter = 5'), ONE_BOUND),
    "no bound": (with_line("", "at_most"), ONE_BOUND),
    "words in per cent": (with_line('one_of = ["x"]', "at_most"), WORDS_ONLY),
    "words in days": (
        counting('since = ["seized"]\none_of = ["x"]').replace("at_most = 10", ""),
        WORDS_ONLY,
    ),
    "a number of words": (with_line('unit = "word"', "unit"), WORDS_ONLY),
    "a fact's name in per cent": (with_line('at_most = "costs"', "at_most"), NUMBER),
    "a fact's name in days": (
        counting('since = ["seized"]').replace("at_most = 10", 'at_most = "costs"'),
        NUMBER,
    ),
    "a window in words": (with_line('after = "costs"', "at_most"), "after"),
    "a window of no days": (a_number("after = 10", "at_most"), DAYS_ONLY),
    "a bound of words beside a number": (
        with_line('one_of = ["x"]'),
        ONE_BOUND,
    ),
    "an unknown field": (with_line("until_when = 5"), "until_when"),
    "an unknown unit": (with_line('unit = "week"', "unit"), "unit"),
    "an unknown effect": (with_line('effect = "warns"', "effect"), "effect"),
    "no article": (with_line("", "article"), "article"),
    "a condition that is none": (with_line("when = { movable = { is = 1 } }"), "is"),
    "since without days": (
        with_line('since = ["seized"]'),
        DAYS_ONLY,
    ),
    "days without since": (DAYS_RULE, DAYS_ONLY),
    "days with an empty since": (counting("since = []"), DAYS_ONLY),
    "days in per cent": (
        with_line('measures = "days"\nsince = ["seized"]', "measures"),
        DAYS_ONLY,
    ),
    "days in times": (
        counting('since = ["seized"]').replace('"day"', '"times"'),
        DAYS_ONLY,
    ),
    "a part in days": (with_line('unit = "day"', "unit"), DAYS_ONLY),
    "a part in months with a day to count from": (
        with_line('unit = "month"\nsince = ["seized"]', "unit"),
        DAYS_ONLY,
    ),
    "another name in braces": (with_line('en = "at most {number} %"', "en"), THE_LIMIT),
    "another name in braces in Vietnamese": (with_line('vi = "không quá {number} %"', "vi"), THE_LIMIT),
    "no name in braces": (with_line('en = "at most {} %"', "en"), THE_LIMIT),
    "a number in braces": (with_line('vi = "không quá {0} %"', "vi"), THE_LIMIT),
    "one name too many in braces": (with_line('en = "{limit} of {whole} %"', "en"), THE_LIMIT),
    "a brace that is not closed": (with_line('en = "at most {limit %"', "en"), "rule.0.en\n  Value error"),
    "a first day by another name": (
        with_line("valid_from = 2020-01-01", "from"),
        "rule.0.from\n  Field required",
    ),
    "a last day by another name": (
        with_line("valid_to = 2021-12-31"),
        "rule.0.valid_to\n  Extra inputs are not permitted",
    ),
    "a number of a condition in quotes": (
        with_line('when = { costs = { at_least = "1" } }'),
        "valid integer",
    ),
    "two keys twice": (
        (RULE + RULE.replace("R-1", "R-0")) * 2,
        "land.toml: R-0, R-1 stand twice: give each a part",
    ),
    "one key twice": (RULE + RULE, "land.toml: R-1 stand twice: give each a part"),
}


@pytest.mark.parametrize(("text", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_a_rulebook_is_told_with_its_file(text: str, told: str) -> None:
    with pytest.raises(RulebookError, match=re.escape(told)) as caught:
        read(text)
    assert str(caught.value).startswith("land.toml: ")


def test_a_rulebook_its_rules_and_their_conditions_are_never_changed() -> None:
    book = read(with_line('when = { movable = true }\nasked = "until"'))
    rule = book.rule[0]
    for part, name in ((book, "en"), (rule, "at_most"), (rule.when["movable"], "one_of")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(part, name, None)


def test_an_unknown_calendar_is_told() -> None:
    with pytest.raises(RulebookError, match=r"^land\.toml: there is no calendars/fr\.toml$"):
        read_rulebook("land", BOOK.replace('"vn"', '"fr"') + RULE)


def test_one_rule_may_have_parts_and_later_versions() -> None:
    later = RULE.replace("2020-01-01", "2021-01-01")
    part = with_line('part = "two"')
    assert [rule.key for rule in read(RULE + later + part).rule] == ["R-1", "R-1", "R-1.two"]


UNKNOWN = {
    "an entry": (with_line('governs = ["price_cut", "a"]', "governs"), "R-1: a, price_cut is no entry"),
    "what it measures": (
        a_number('measures = "height"', "measures"),
        "R-1: height is neither a fact (appraisal_contracted, appraised, ",
    ),
    "what it measures, told with the entry": (
        a_number('measures = "height"', "measures"),
        "single_bidder, suspended) nor a field of price_reduced",
    ),
    "a condition": (with_line('when = { colour = "red" }'), "R-1: colour is neither a fact ("),
    "a limit": (
        a_number('at_most = "heights"', "at_most").replace('"cut"', '"costs"'),
        "R-1: heights is neither a fact (",
    ),
    "a field of only one of its entries": (
        a_number('governs = ["price_reduced", "redeemed"]', "governs").replace('"cut"', '"to_price"'),
        "nor a field of redeemed",
    ),
    "a day to count from": (
        counting('since = ["birthday"]'),
        "R-1: birthday is neither an entry nor one of auction_day, on, posting_day, ",
    ),
    "a day to count from, told with the notices": (
        counting('since = ["birthday"]'),
        ", until, appraisal_notified, failure_notified, in_lieu_notified",
    ),
    "a day to count to": (
        counting('since = ["on"]\nuntil = "doomsday"'),
        "R-1: doomsday is neither an entry nor one of ",
    ),
    "per cent of what is no part": (
        with_line('measures = "costs"', "measures"),
        "R-1: per cent measure one of cut, deposit",
    ),
    "a part in dong": (a_number(""), "R-1: per cent measure one of cut, deposit"),
    "a part in times": (with_line('unit = "times"', "unit"), "R-1: per cent measure one of cut, deposit"),
    "a part in words": (
        with_line('unit = "word"\none_of = ["x"]', "unit").replace("at_most = 10", ""),
        "R-1: per cent measure one of cut, deposit",
    ),
}


@pytest.mark.parametrize(("text", "told"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_name_that_no_entry_or_file_has_is_told_with_its_rule(text: str, told: str) -> None:
    with pytest.raises(RulebookError, match=re.escape(told)):
        Law(read(text), "land")


def test_a_rule_may_count_from_any_entry_and_from_every_notice() -> None:
    since = 'since = ["surveyed", "appraisal_notified", "failure_notified", "in_lieu_notified", "on"]'
    book = read(counting(since))
    assert Law(book, "land").book == book


@pytest.mark.parametrize("unit", ["day", "working_day", "month"])
@pytest.mark.parametrize("bound", ["at_least", "at_most", "after"])
def test_days_are_bound_in_each_unit_from_below_from_above_and_by_a_window(unit: str, bound: str) -> None:
    text = counting('since = ["round_failed"]').replace('"day"', f'"{unit}"')
    rule = read(text.replace("at_most", bound)).rule[0]
    assert (rule.limit, rule.unit, getattr(rule, bound)) == (10, unit, 10)


@pytest.mark.parametrize("unit", ["dong", "times"])
def test_a_fact_is_a_limit_in_dong_or_times(unit: str) -> None:
    text = with_line('at_most = "costs"', "at_most").replace('"cut"', '"costs"').replace("percent", unit)
    assert Law(read(text), "land").book.rule[0].limit == "costs"


@pytest.mark.parametrize(
    ("condition", "holding", "failing"),
    [
        (Condition(one_of=("a", "b")), ["a", "b"], ["c", None, True]),
        (Condition(one_of=(False,)), [False], [True, None, "False"]),
        (Condition(at_least=2), [2, 3], [1, 0, None]),
        (Condition(at_most=2), [2, 1, 0], [3, None]),
        (Condition(at_least=2, at_most=3), [2, 3], [1, 4, None]),
    ],
    ids=str,
)
def test_a_condition_holds_for_what_it_says_and_never_for_the_unknown(
    condition: Condition, holding: list[object], failing: list[object]
) -> None:
    assert [condition.test(value) for value in holding] == [True] * len(holding)
    assert [condition.test(value) for value in failing] == [False] * len(failing)


def test_a_condition_is_written_as_a_word_words_or_a_range() -> None:
    text = with_line('when = { movable = false, of = ["x", "y"], costs = { at_least = 1 } }')
    assert read(text).rule[0].when == {
        "movable": Condition(one_of=(False,)),
        "of": Condition(one_of=("x", "y")),
        "costs": Condition(at_least=1),
    }


def test_the_rulebooks_there_are_can_all_judge_and_say_their_rules_in_words() -> None:
    assert list(rulebooks()) == ["it", "kr-20", "kr-30", "vn"]
    for name, book in rulebooks().items():
        assert law(name).book == book
        assert law(name).version == f"{name}:{book.version}"
        assert all(rule.en.format(limit=rule.limit) for rule in book.rule)
        assert all(rule.vi.format(limit=rule.limit) for rule in book.rule)


@pytest.mark.parametrize(
    ("attempts", "lawful", "key"),
    [(1, 750_000_000, "IT-591.quarter"), (3, 676_875_000, "IT-591.quarter"), (4, 428_687_500, "IT-591.half")],
)
def test_italy_allows_a_quarter_and_a_half_when_four_attempts_have_failed(
    attempts: int, lawful: int, key: str
) -> None:
    for past, keys in ((1, []), (0, []), (-2, [key])):
        cut = at("2024-06-03", "price_reduced", to_price=lawful + past, decided_by="court")
        assert broken(law("it"), (*failed(attempts), cut)) == keys


@pytest.mark.parametrize(("court", "lawful"), [("kr-20", 800_000_000), ("kr-30", 700_000_000)])
def test_korean_courts_take_a_fifth_or_three_tenths_off(court: str, lawful: int) -> None:
    for past, keys in ((1, []), (0, []), (-2, ["KR-MIN"])):
        cut = at("2024-06-03", "price_reduced", to_price=lawful + past, decided_by="court")
        assert broken(law(court), (*failed(1), cut)) == keys


def test_the_version_of_the_rules_changes_with_every_file_of_rulebooks_calendars_and_kinds() -> None:
    room = Path(str(files("auctions.rules")))
    read_files = sorted([*room.glob("*.toml"), *room.glob("books/*.toml"), *room.glob("calendars/*.toml")])
    texts = b"\0".join(path.read_bytes() for path in read_files)
    assert len(read_files) == 8
    assert rules_version() == hashlib.sha256(texts).hexdigest()[:16]
