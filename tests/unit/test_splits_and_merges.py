"""An asset is divided into several or becomes part of another: it leaves its file, and a strike undoes it."""

import pytest
from pydantic import ValidationError

from auctions.domain.asset.possible import Stage
from tests.unit.given import PRICE, day, entry, given, refusal, struck, when
from tests.unit.situations import APPRAISED, FAILED, HAMMER, ROUND

EITHER = pytest.mark.parametrize("name", ["split", "merged"])
STAGES = {"split": Stage.SPLIT, "merged": Stage.MERGED}


@EITHER
@pytest.mark.parametrize("steps", [("seized",), APPRAISED, FAILED, (*FAILED, "suspended")])
def test_the_asset_leaves_its_file_on_that_day_unsold_no_more(name: str, steps: tuple[str, ...]) -> None:
    state = given(*steps, entry(name, 20)).state
    assert (state.stage, state.exit, state.exited_on) == (STAGES[name], STAGES[name], day(20))
    assert (state.unsold, state.sold_for, state.suspended) == (False, None, False)


@EITHER
def test_a_strike_brings_the_asset_back_as_it_was(name: str) -> None:
    before = given(*FAILED).state
    file = given(*FAILED, name, struck(5))
    assert file.state == before
    when(file, entry("price_reduced", 30, to_price=PRICE // 2))
    assert file.state.price == PRICE // 2


@EITHER
def test_nothing_is_announced_after_it(name: str) -> None:
    fields = {"round_no": 1, "starting_price": PRICE}
    assert refusal(given(*APPRAISED, name), entry("round_announced", 9, **fields)).code == "after-exit"


@EITHER
def test_a_late_round_before_it_is_refused_with_its_number(name: str) -> None:
    file = given(*APPRAISED, entry(name, 20))
    refused = refusal(file, entry("round_announced", 10, round_no=1, starting_price=PRICE))
    assert refused.code == "contradicted"
    assert refused.details["entry_no"] == 3


@EITHER
def test_not_while_a_round_is_announced(name: str) -> None:
    assert refusal(given(*ROUND), entry(name, 9)).code == "not-in-this-stage"
    refused = refusal(given(*ROUND, "suspended"), entry(name, 9))
    assert refused.code == "round-announced"
    assert refused.message == f"{name} while round 1 is announced"


@EITHER
def test_not_while_a_round_is_won(name: str) -> None:
    assert refusal(given(*HAMMER), entry(name, 9)).code == "not-in-this-stage"
    refused = refusal(given(*HAMMER, "suspended"), entry(name, 9))
    assert refused.code == "round-won"
    assert refused.message == f"{name} while round 1 is won"


@EITHER
def test_once_the_round_is_called_off_it_may_be(name: str) -> None:
    assert given(*ROUND, "round_cancelled", name).state.exit is STAGES[name]


@EITHER
def test_not_a_second_time(name: str) -> None:
    assert refusal(given(*APPRAISED, "split"), entry(name, 9)).code == "after-exit"
    assert refusal(given(*APPRAISED, "merged"), entry(name, 9)).code == "after-exit"


@pytest.mark.parametrize("into", [(), ("TS-17/1",)])
def test_an_asset_is_split_into_two_at_least(into: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError, match="at least 2 items"):
        entry("split", 9, into=into)


def test_the_references_it_went_into_stay_in_the_entry() -> None:
    assert entry("split", 9, into=("A", "B", "C")).data() == {"into": ["A", "B", "C"]}
    assert entry("merged", 9, into="A").data() == {"into": "A"}


@pytest.mark.parametrize(
    ("name", "into"),
    [
        ("split", ("TS-17", "TS-17/2")),
        ("split", ("TS-17/1", "TS-17")),
        ("split", ("TS-17/1", "TS-17/1")),
        ("split", ("A", "B", "A")),
        ("merged", "TS-17"),
    ],
)
def test_an_asset_goes_into_others_each_once(name: str, into: tuple[str, ...] | str) -> None:
    refused = refusal(given(*APPRAISED), entry(name, 9, into=into))
    refs = into if isinstance(into, str) else ", ".join(into)
    assert refused.code == "into-itself"
    assert refused.message == f"into {refs}: other references are expected, each once"
