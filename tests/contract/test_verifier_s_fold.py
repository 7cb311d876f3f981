"""The verifier's own little fold tells of any file what the product's tells, on any day, after any entry."""

import os
from datetime import UTC, datetime
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest

from auctions.domain.asset.events import ENTRIES, AssetEntry
from auctions.domain.asset.state import Numbered, State, fold
from auctions.store.codec import encode
from auctions.verifier.entries import Entry
from auctions.verifier.facts import NAMES, Fact, fact_of
from auctions.verifier.lives import life
from tests.contract.random_lives import TODAY, lived
from tests.unit.given import day

FILES = int(os.environ.get("AUCTIONS_LIVES", "120"))
PARTS = 4
NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)


def facts_of(lines: list[Numbered]) -> list[Fact]:
    return [
        fact_of(Entry(UUID(int=7), number, bytes(32), NOON, entry.TOPIC, b"{}", encode(entry)))
        for number, entry in lines
    ]


def test_the_verifier_reads_every_entry_that_the_service_writes(samples: list[AssetEntry]) -> None:
    assert set(NAMES) == set(ENTRIES)
    for fact, sample in zip(facts_of(list(enumerate(samples, 1))), samples, strict=True):
        assert (fact.name, fact.on) == (sample.entry_name(), sample.on)


def told(state: State) -> dict[str, object]:
    return {
        "stage": state.stage.value,
        "price": state.price,
        "rounds": len(state.rounds),
        "failed_rounds": state.failed_rounds,
        "reductions": state.reductions,
    }


@pytest.mark.parametrize("part", range(PARTS))
def test_both_folds_tell_the_same_of_files_with_late_and_struck_entries(part: int) -> None:
    late = struck = 0
    stages = set()
    for number in range(part, FILES, PARTS):
        random = Random(number)  # noqa: S311 - lives, not keys
        commands = lived(random, f"TS-{number}")
        lines = list(enumerate((entry for command in commands for entry in command), 1))
        facts = facts_of(lines)
        ends = [sum(map(len, commands[:upto])) for upto in range(1, len(commands) + 1)]
        for version in {*random.choices(ends, k=5), len(lines)} if lines else set():
            for as_of in (None, TODAY, *(day(random.randrange(900)) for _ in range(3))):
                state, found = fold(lines[:version], until=as_of), life(facts[:version], as_of)
                assert (found.told, found.unsold) == (told(state), state.unsold), (number, version, as_of)
                stages.add(found.stage)
        late += any(after.on < before.on for before, after in pairwise(facts))
        struck += any(fact.name == "entry_struck" for fact in facts)
    assert min(late, struck) > FILES // PARTS // 4
    assert len(stages) > 8
