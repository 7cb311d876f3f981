"""The oracle against the fold of the domain: one file, any day, as known at any position."""

from uuid import UUID

import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.state import Numbered, State, fold
from auctions.store.codec import decode
from tests.contract.oracle import Told, file_at
from tests.contract.random_logs import Pair, RandomLog, drawn, in_memory
from tests.contract.registers import seeded

SEEDS = range(10)
PAIRS = 600
SHARES = {"left_of_first", "of_loan"}
"""What the oracle reckons and a state does not hold."""
Entries = dict[UUID, list[tuple[int, Numbered]]]
"""The product's entries of each file, with their positions."""


def entries(made: RandomLog) -> Entries:
    found: Entries = {}
    for position, stream_id, number, topic, payload in made.rows:
        if topic.startswith("asset."):
            entry: AssetEntry = decode(topic, payload)  # type: ignore[assignment]  # of an asset, by its topic
            found.setdefault(stream_id, []).append((position, (number, entry)))
    return found


def folded(file: list[tuple[int, Numbered]], pair: Pair) -> State:
    lines = [line for position, line in file if position <= pair.known_at]
    return fold(lines, until=pair.as_of)


def as_told(state: State) -> Told | None:
    """Return a state in the oracle's words."""
    seized = state.seized
    if seized is None:
        return None
    of_state = ("suspended", "in_lieu_open", "failed_rounds", "reductions", "price", "costs", "sold_for")
    of_seizure = ("kind", "officer", "province", "commune", "description", "asset_ref", "case_ref")
    return {
        **{name: getattr(state, name) for name in ("office", "unsold", "attributes", *of_state)},
        **{name: getattr(seized, name) for name in ("loan_value", "secured_debt", *of_seizure)},
        "stage": state.stage.value,
        "rounds": len(state.rounds),
        "first_price": state.steps[0].price if state.steps else None,
        "seized_on": seized.on.isoformat(),
        "last_round_on": state.last_round_on and state.last_round_on.isoformat(),
        "ladder": [(step.cause, step.on.isoformat(), step.price) for step in state.steps],
        "aliases": [alias.value for alias in state.aliases],
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_oracle_tells_of_a_file_what_the_domain_folds(seed: int) -> None:
    made, random = in_memory(seed), seeded(seed)
    theirs = entries(made)
    for _ in range(PAIRS):
        pair, asset_id = drawn(random, made), random.choice(list(made.log))
        mine = file_at(made.log[asset_id], *pair)
        ours = {name: value for name, value in (mine or {}).items() if name not in SHARES} or None
        assert ours == as_told(folded(theirs[asset_id], pair)), f"seed {seed}, {asset_id}, {pair}"
