"""The random logs hold what makes the two times differ: else their comparison proves little."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from auctions.domain.asset.possible import Stage
from tests.contract.oracle import Line, Told, file_at, standing
from tests.contract.random_logs import Pair, RandomLog, drawn, in_memory
from tests.contract.registers import seeded


def told_by(file: list[Line], ends: set[int]) -> Iterator[Told]:
    """Yield what was told of the day of each entry when its command was recorded."""
    for line in file:
        if line.position in ends and (told := file_at(file, date.fromisoformat(line.on), line.position)):
            yield told


MADE = [in_memory(seed) for seed in range(1, 5)]
FILES = [file for made in MADE for file in made.log.values()]
TOLD = [[*told_by(file, set(made.ends))] for made in MADE for file in made.log.values()]
OFTEN = {
    "preemption_answered": 20,
    "winner_defaulted": 20,
    "result_annulled": 40,
    "in_lieu_answered": 20,
    "taken_in_lieu": 4,
    "split": 4,
    "suspended": 100,
    "transferred": 150,
    "entry_struck": 800,
}


def test_their_files_hold_every_way_of_correcting_and_every_end() -> None:
    names = Counter(line.name for file in FILES for line in file)
    told = [each for file in TOLD for each in file]
    assert {name: names[name] for name, least in OFTEN.items() if names[name] < least} == {}
    assert {each["stage"] for each in told} == {stage.value for stage in Stage} - {"unfiled"}
    assert sum(each["in_lieu_open"] for each in told) > 50
    assert any(each["stage"] == "suspended" and each["sold_for"] for each in told)


def test_their_commands_strike_and_enter_anew_also_the_seizure_and_in_any_order() -> None:
    within = [sorted(set(range(1, made.ends[-1])) - set(made.ends)) for made in MADE]
    assert min(map(len, within)) > 100
    seizures = [[line.data.get("province") for line in file if line.name == "seized"] for file in FILES]
    assert sum(len(set(provinces)) > 1 for provinces in seizures) > 20
    orders = {(a.name, b.name) for file in FILES for a, b in pairwise(file)}
    assert {("entry_struck", "round_announced"), ("round_announced", "entry_struck")} <= orders


def test_their_offices_change_rules_and_files_change_offices() -> None:
    for made in MADE:
        assert sum(topic.startswith("office.") for _, _, _, topic, _ in made.rows) == 5
    offices = [{each["office"] for each in file} for file in TOLD]
    assert sum(len(each) > 1 for each in offices) > 60


def test_of_their_pairs_a_good_part_meets_late_entries_and_strikes_and_is_told_otherwise_later() -> None:
    counts = Counter(met for made in MADE for met in all_met(made))
    assert counts["any"] == 4 * 25 * 50
    shares = {name: count / counts["any"] for name, count in counts.items()}
    assert shares["struck"] > 0.2, shares
    assert shares["late"] > 0.1, shares
    assert shares["otherwise later"] > 0.2, shares
    assert shares["told"] > 0.5, shares


def all_met(made: RandomLog) -> Iterator[str]:
    random = seeded(made.seed)
    for _ in range(25):
        pair = drawn(random, made)
        for file in made.log.values():
            yield from met(file, pair)


def met(file: list[Line], pair: Pair) -> Iterator[str]:
    """Yield what a pair meets in a file."""
    yield "any"
    stands = standing(file, *pair)
    numbers = [line.number for line in stands]
    until = pair.as_of.isoformat()
    if stands:
        yield "told"
    if len(stands) < sum(line.position <= pair.known_at and line.on <= until for line in file):
        yield "struck"
    if numbers != sorted(numbers):
        yield "late"
    if stands != standing(file, pair.as_of, file[-1].position):
        yield "otherwise later"
