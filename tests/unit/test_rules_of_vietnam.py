"""Every rule of Vietnam that can be broken: kept, just kept and broken, in its time and in no other."""

from datetime import timedelta

import pytest

from auctions.domain.asset.breaches import Unlawful, message
from auctions.domain.asset.law import judged, law
from auctions.rules.articles import in_words
from auctions.rules.rulebook import Rule, rulebooks
from tests.unit import rows_law_of_2008, rows_law_of_2025, rows_of_auctions
from tests.unit.rules_table import NEVER, Life, Row, broken, entered, lived, moved

BOOK, VN = rulebooks()["vn"], law("vn")
ROWS = (*rows_law_of_2008.ROWS, *rows_law_of_2025.ROWS, *rows_of_auctions.ROWS)
ONE_DAY = timedelta(1)
NUMBERED = {
    "VAL": 3,
    "REV": 2,
    "CO": 1,
    "AUC": 3,
    "RED": 1,
    "FAIL": 9,
    "PAY": 1,
    "DEL": 1,
    "DIST": 1,
    "DEF": 1,
    "N-VAL": 4,
    "N-CO": 1,
    "N-FAIL": 5,
    "N-PAY": 1,
    "N-DEL": 1,
    "N-TRANS": 1,
    "LDG": 14,
}
"""How many rules the laws of Vietnam have on selling seized assets, numbered from 01 in each group."""
DERIVED = {"FAIL-10", "N-FAIL-10"}
"""What follows from articles 104 and 83 without a number of its own."""
INSTEAD = {
    "FAIL-03": "N-FAIL-03",
    "FAIL-01": "N-FAIL-01",
    "FAIL-04": "N-FAIL-01.in_lieu",
    "FAIL-04.after": "N-FAIL-01.in_lieu_after",
    "FAIL-10": "N-FAIL-10",
    "PAY-01": "N-PAY-01",
    "DEL-01": "N-DEL-01",
    "N-FAIL-01": "FAIL-01",
    "N-FAIL-01.in_lieu": "FAIL-04",
    "N-FAIL-01.in_lieu_after": "FAIL-04.after",
    "N-FAIL-03": "FAIL-03",
    "N-FAIL-10": "FAIL-10",
    "N-PAY-01": "PAY-01",
    "N-DEL-01": "DEL-01",
    "FAIL-05": "N-FAIL-02.window",
    "FAIL-06.accepted": "N-FAIL-02.accepted",
    "N-FAIL-02.window": "FAIL-05",
    "N-FAIL-02.accepted": "FAIL-06.accepted",
    "LDG-03": "LDG-03",
}
"""Which rule of the other regime the same entry breaks."""


def named(row: Row) -> str:
    return f"{row.key} {row.outside[-1].entry_name()} {row.outside[-1].on:%Y}"


every_row = pytest.mark.parametrize("row", ROWS, ids=named)


def rules_broken(life: Life) -> list[Rule]:
    return [breach.rule for breach in VN.judge(lived(life[:-1]).state, life[-1])]


def begins_with_its_own_day(rule: Rule) -> bool:
    """Nobody is late on the first day of a rule that is the first to set a period."""
    sets_a_period = rule.measures == "days" and rule.at_most is not None and rule.until == "on"
    return sets_a_period and not rule.succeeds


def test_the_table_has_a_row_for_every_rule_that_can_be_broken() -> None:
    known = {(rule.key, rule.valid_from) for rule in BOOK.rule if rule.effect != "due"}
    assert {(row.key, row.rule.valid_from) for row in ROWS} == known


def test_every_rule_of_the_laws_is_in_the_rulebook_or_told_why_no_file_can_decide_it() -> None:
    written = {f"{group}-{no:02}" for group, last in NUMBERED.items() for no in range(1, last + 1)}
    decided = {rule.id for rule in BOOK.rule}
    parts = {key for key in BOOK.undecidable if "." in key}
    whole = BOOK.undecidable.keys() - parts
    assert decided & whole == set()
    assert {rule.key for rule in BOOK.rule} & parts == set()
    assert {key.partition(".")[0] for key in parts} <= decided
    assert decided | whole == DERIVED | written
    assert len(written) == 50
    assert all(len(reason.split()) > 1 for reason in BOOK.undecidable.values())


@every_row
def test_what_is_inside_the_limit_and_on_it_breaks_nothing(row: Row) -> None:
    assert broken(VN, row.inside) == []
    assert broken(VN, row.limit) == []


@every_row
def test_what_is_outside_breaks_this_rule_alone_and_names_its_article(row: Row) -> None:
    found = VN.judge(lived(row.outside[:-1]).state, row.outside[-1])
    assert [(breach.rule, breach.asked, breach.allowed, breach.tolerated) for breach in found] == [
        (row.rule, row.asked, row.allowed, False)
    ]
    for language in ("en", "vi"):
        told = message(found[0], language)
        assert f"({row.rule.article if language == 'en' else in_words(row.rule.article, language)})" in told
        assert "{" not in told


@every_row
def test_as_a_decision_it_is_refused_or_noted_as_the_rule_says(row: Row) -> None:
    file = lived(row.outside[:-1])
    if row.rule.effect == "finding":
        assert [breach.rule for breach in entered(file, row.outside[-1], VN).notes] == [row.rule]
        return
    with pytest.raises(Unlawful) as caught:
        entered(file, row.outside[-1], VN)
    told = {"rule": row.rule.id, "article": row.rule.article, "asked": row.asked, "allowed": row.allowed}
    assert caught.value.details == {**told, "breaches": [told]}


@every_row
def test_on_the_limit_it_is_decided_without_a_note(row: Row) -> None:
    for life in (row.inside, row.limit):
        assert entered(lived(life[:-1]), life[-1], VN).notes == []


@every_row
def test_as_found_it_stands_and_is_a_finding_of_its_entry(row: Row) -> None:
    file = lived(row.outside)
    state, findings = judged(file.lines, lambda _: VN)
    mine = [found for found in findings if found.breach.rule == row.rule]
    assert [(found.entry_no, found.on) for found in mine] == [(len(row.outside), row.outside[-1].on)]
    assert state == file.state


@every_row
def test_the_day_before_its_first_and_after_its_last_it_is_not_applied(row: Row) -> None:
    for day in (
        row.rule.valid_from - ONE_DAY,
        row.rule.valid_to + ONE_DAY if row.rule.valid_to < NEVER else None,
    ):
        if day:
            found = VN.judge(lived(moved(row.far, day)[:-1]).state, moved(row.far, day)[-1])
            assert row.rule not in [breach.rule for breach in found]


@every_row
def test_on_its_first_and_its_last_day_it_is_applied(row: Row) -> None:
    first = broken(VN, moved(row.far, row.rule.valid_from))
    assert (row.key in first) is not begins_with_its_own_day(row.rule)
    if row.rule.valid_to < NEVER:
        assert row.key in broken(VN, moved(row.far, row.rule.valid_to))


@every_row
def test_under_the_other_regime_it_is_never_named_but_the_rule_there_is(row: Row) -> None:
    a_year = timedelta(364)
    ended = row.rule.valid_to < NEVER
    elsewhen = row.rule.valid_to + a_year if ended else row.rule.valid_from - a_year
    found = rules_broken(moved(row.far, elsewhen))
    assert row.rule not in found
    assert INSTEAD.get(row.key) in {None, *(rule.key for rule in found)}
