"""Findings are derived: strikes, late entries and the office that has the file change them."""

from datetime import date

import pytest

from auctions.domain.asset.breaches import Breach, Unlawful
from auctions.domain.asset.decisions import Admitted, File
from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.law import Law, judged, law
from auctions.domain.errors import Contradicted
from auctions.rules.kinds import asset_kinds
from tests.unit.given import PRICE, struck
from tests.unit.rows_law_of_2008 import ACCEPTED, CREDITOR_ASKED, SEIZED, VALUED, failed, reduced
from tests.unit.rules_table import LATER, at, entered, findings, lived, rule_named

VN = law("vn")
STRICT = law("vn", (("FAIL-03", date(2024, 1, 1), 5),), 1)
MOVED = at("2024-06-05", "transferred", to_office="KV-5")


def test_a_struck_entry_takes_its_finding_with_it() -> None:
    file = lived((*failed(1), *reduced(850_000_000)))
    assert len(findings(file)) == 1
    right = at("2024-06-03", "price_reduced", to_price=900_000_000, decided_by="agreement")
    strike = struck(5).model_copy(update={"on": LATER})
    file.admit([strike, right], actor="clerk", today=LATER, kinds=asset_kinds(), law_of=lambda _: VN)
    assert findings(file) == []


def test_an_entry_anew_is_judged_by_what_stands_when_the_wrong_one_is_struck() -> None:
    file = lived((*failed(1), *reduced(850_000_000)))
    strike = struck(5).model_copy(update={"on": LATER})
    with pytest.raises(Unlawful):
        file.admit(
            [strike, *reduced(899_999_998)],
            actor="clerk",
            today=LATER,
            kinds=asset_kinds(),
            law_of=lambda _: VN,
        )
    assert len(findings(file)) == 1


def test_what_stands_is_not_judged_again_when_another_entry_is_decided() -> None:
    file = lived((*failed(1), *reduced(850_000_000), at("2024-06-05", "cost_accrued")))
    assert entered(file, at("2024-06-04", "cost_accrued"), VN).notes == []
    assert entered(file, at("2024-06-06", "cost_accrued"), VN).notes == []
    assert len(findings(file)) == 1


def test_a_late_entry_is_judged_by_the_file_as_it_was_on_its_day() -> None:
    file = lived((SEIZED, at("2024-06-20", "appraised")))
    notes = entered(file, at("2024-06-11", "appraisal_contracted"), VN).notes
    assert notes == [Breach(rule_named("VAL-01"), "2024-06-11", "2024-06-10")]
    assert [(one.entry_no, one.on.isoformat()) for one in findings(file)] == [(3, "2024-06-11")]
    assert entered(file, at("2024-06-21", "appraisal_contracted"), VN).notes == []


def test_a_late_notice_changes_what_a_later_entry_broke() -> None:
    cut = at("2024-06-12", "price_reduced", to_price=950_000_000, decided_by="officer")
    file = lived((*failed(1), cut))
    assert findings(file) == []
    entered(file, at("2024-06-03", "parties_notified", of="failure"))
    assert [(one.entry_no, one.breach.rule.key) for one in findings(file)] == [(5, "FAIL-02")]


def test_a_late_entry_that_takes_the_ground_of_another_is_contradicted_not_unlawful() -> None:
    file = lived((*failed(3), CREDITOR_ASKED, ACCEPTED, at("2024-07-10", "taken_in_lieu")))
    with pytest.raises(Contradicted) as caught:
        entered(file, at("2024-06-03", "appraised"), VN)
    assert caught.value.details["entry_no"] == file.version


def test_a_late_entry_that_the_law_refuses_is_unlawful_even_when_it_takes_the_ground_of_another() -> None:
    file = lived((*failed(3), CREDITOR_ASKED, ACCEPTED, at("2024-07-10", "taken_in_lieu")))
    with pytest.raises(Unlawful, match="FAIL-06"):
        entered(file, reduced(850_000_000)[0], VN)


def test_findings_until_a_day_are_those_of_its_entries() -> None:
    file = lived((*failed(1), *reduced(850_000_000)))
    state, before = judged(file.lines, lambda _: VN, until=failed(1)[-1].on)
    assert (before, state.price) == ([], PRICE)
    state, then = judged(file.lines, lambda _: VN, until=file.lines[-1][1].on)
    assert (len(then), state.price) == (1, 850_000_000)


def test_a_file_is_judged_by_the_law_of_the_office_that_has_it() -> None:
    laws = {"": VN, "KV-3": VN, "KV-5": law("kr-20")}
    moved = at("2024-06-03", "transferred")
    again = (
        at("2024-06-03", "round_announced", round_no=2, starting_price=850_000_000),
        at("2024-06-03", "round_failed", round_no=2),
        at("2024-06-03", "price_reduced", to_price=720_000_000, decided_by="court"),
        at("2024-06-03", "round_announced", round_no=3, starting_price=720_000_000),
        at("2024-06-03", "round_failed", round_no=3),
        at("2024-06-03", "price_reduced", to_price=560_000_000, decided_by="court"),
    )
    file = lived((*failed(1), *reduced(850_000_000), moved, *again))
    state, all_found = judged(file.lines, laws.__getitem__)
    assert state.office == "KV-5"
    assert [(one.entry_no, one.breach.rule.key) for one in all_found] == [(5, "FAIL-03"), (12, "KR-MIN")]


def decided(file: File, laws: dict[str, Law], *entries: AssetEntry) -> Admitted:
    """What is admitted of entries decided together, each office by its own law."""
    return file.admit(
        entries, actor="clerk", today=LATER, kinds=asset_kinds(), law_of=({"": VN} | laws).__getitem__
    )


@pytest.mark.parametrize(("on", "allowed"), [("2024-06-03", 950_000_000), ("2024-06-06", None)])
def test_a_late_cut_is_decided_by_the_limit_of_the_office_that_had_the_file_then(
    on: str, allowed: int | None
) -> None:
    strict_then, strict_now = {"KV-3": STRICT, "KV-5": VN}, {"KV-3": VN, "KV-5": STRICT}
    cut = at(on, "price_reduced", to_price=940_000_000, decided_by="agreement")
    refusing, passing = (strict_then, strict_now) if allowed else (strict_now, strict_then)
    life = (*failed(1), MOVED)
    assert decided(lived(life), passing, cut).notes == []
    with pytest.raises(Unlawful) as caught:
        decided(lived(life), refusing, cut)
    assert caught.value.details["allowed"] == 950_000_000
    assert judged(lived((*life, cut)).lines, ({"": VN} | passing).__getitem__)[1] == []


def test_a_late_entry_that_is_only_noted_names_the_rule_of_the_office_that_had_the_file_then() -> None:
    shorter = law("vn", (("FAIL-01", date(2024, 1, 1), 1),), 1)
    notice = at("2024-06-04", "parties_notified", of="failure")
    laws = {"KV-3": shorter, "KV-5": VN}
    notes = decided(lived((*failed(1), MOVED)), laws, notice).notes
    assert [(note.rule.limit, note.asked, note.allowed) for note in notes] == [
        (1, "2024-06-04", "2024-06-03")
    ]
    assert decided(lived((*failed(1), MOVED)), {"KV-3": VN, "KV-5": shorter}, notice).notes == []


def test_what_is_decided_together_with_a_transfer_meets_the_law_of_the_new_office() -> None:
    cut = at("2024-06-06", "price_reduced", to_price=940_000_000, decided_by="agreement")
    assert decided(lived(failed(1)), {"KV-3": STRICT, "KV-5": VN}, MOVED, cut).notes == []
    file = lived(failed(1))
    with pytest.raises(Unlawful):
        decided(file, {"KV-3": VN, "KV-5": STRICT}, MOVED, cut)
    assert (file.version, file.state.office) == (4, "KV-3")


def test_what_the_file_does_not_tell_breaks_nothing() -> None:
    unknown = at("2024-01-02", "seized").model_copy(update={"kind": "meteorite"})
    announced = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE, auction_at="2024-06-04")
    assert VN.judge(File([(1, unknown), (2, VALUED)]).state, announced) == []
    assert VN.judge(File().state, announced) == []
    assert VN.judge(File().state, reduced(1)[0]) == []
