"""An auditor lists what broke the law of its day: each step with rule, article, asked and allowed."""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from auctions.journal.importing import Mode
from auctions.store.postgres import PostgresStore
from projections.registry import read_models
from tests.journeys.commandline import CommandLine
from tests.journeys.databases import created
from tests.journeys.imports import imported
from tests.journeys.registers import Cells, row, written

REAL = Path(__file__).parents[3] / "shared" / "data" / "vn_register.csv"
FIELDS = ["asset_ref", "entry_no", "on", "rule", "article", "message", "asked", "allowed"]
OWN_LIMIT = ["--limit", "FAIL-03=5", "--from", "2015-07-01", "--reason", "chỉ thị 5 %"]


class Cut(NamedTuple):
    """A reduction in a register: its place, the starting price before it and the price after."""

    asset_ref: str
    entry_no: int
    on: str
    before: int
    to_price: int

    def is_beyond(self, percent: int) -> bool:
        """Tell whether it takes more than so many per cent and a dong off."""
        return (self.before - self.to_price - 1) * 100 > self.before * percent


def cuts(register: Path) -> Iterator[Cut]:
    """Read the cuts from the register itself; a row is an entry, numbered within its asset."""
    with register.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers, prices = Counter[str](), dict[str, int]()
    for each in rows:
        ref = each["asset_ref"]
        numbers[ref] += 1
        if each["entry"] == "round_announced":
            prices[ref] = int(each["starting_price"])
        if each["entry"] == "price_reduced":
            yield Cut(ref, numbers[ref], each["on"], prices[ref], int(each["to_price"]))


def short_postings(register: Path) -> Iterator[tuple[str, int, str]]:
    """Read which auctions of real estate, from the third on, were posted for less than 5 working days."""
    with register.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = {each["asset_ref"]: each["kind"] for each in rows if each["kind"]}
    numbers = Counter[str]()
    for each in rows:
        ref = each["asset_ref"]
        numbers[ref] += 1
        if each["entry"] == "round_announced" and int(each["round_no"]) > 2 and kinds[ref] != "other":
            held = date.fromisoformat(each["auction_at"][:10])
            if working_days(date.fromisoformat(each["on"]), held) < 5:
                yield ref, numbers[ref], each["on"]


def working_days(after: date, until: date) -> int:
    """Count them, as far as the shortest postings of the register go: the National Day falls into some."""
    days = (after + timedelta(number) for number in range(1, (until - after).days + 1))
    return sum(day.weekday() < 5 and (day.month, day.day) not in {(9, 2), (9, 3)} for day in days)


def told(items: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return sorted((item["asset_ref"], item["entry_no"], item["on"]) for item in items)


def besides_the_cap(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in items if item["rule"] != "FAIL-03"]


@pytest.fixture
def real(store: PostgresStore, auctions: CommandLine) -> CommandLine:
    """The command line on the register derived from public notices."""
    if not REAL.exists():
        pytest.skip(
            "the register is not in ../shared/data: its source states no licence, so it is not shipped"
        )
    assert imported(store, REAL, Mode.ALL_OR_NOTHING).problems == []
    return auctions


def test_every_cut_beyond_the_cap_and_every_short_posting_is_found_and_no_other(real: CommandLine) -> None:
    expected = sorted(each[:3] for each in cuts(REAL) if each.is_beyond(10))
    assert expected
    every = real.json("findings")["items"]
    items = [item for item in every if item["rule"] == "FAIL-03"]
    assert told(items) == expected
    prices = {each[:2]: each for each in cuts(REAL)}
    for item in items:
        cut = prices[item["asset_ref"], item["entry_no"]]
        assert list(item) == FIELDS
        assert item["article"] == "L26/2008 art 104(5)"
        assert item["asked"] == cut.to_price < item["allowed"] == -(-cut.before * 9 // 10)
    posted = sorted(short_postings(REAL))
    assert posted
    assert told([item for item in every if item["rule"].startswith("LDG-")]) == posted
    assert {item["rule"] for item in every} == {"FAIL-02", "FAIL-03", "LDG-13"}


def test_under_an_offices_own_limit_every_cut_beyond_it_is_found_and_none_within_it(
    real: CommandLine,
) -> None:
    before = real.json("findings")["items"]
    real("offices", "set", "HCM", *OWN_LIMIT)
    after = real.json("findings")["items"]
    expected = sorted(each[:3] for each in cuts(REAL) if each.is_beyond(5))
    assert told([item for item in after if item["rule"] == "FAIL-03"]) == expected
    assert len(expected) > len([item for item in before if item["rule"] == "FAIL-03"])
    assert besides_the_cap(after) == besides_the_cap(before)
    assert real("projections", "check").count("no difference") == len(read_models())


def round_of(ref: str, number: int, on: str, auction_day: str, price: int) -> list[Cells]:
    """A round announced on a day, held on another at nine, and failed."""
    at = f"{auction_day}T09:00:00+07:00"
    return [
        row(ref, "round_announced", on, round_no=number, starting_price=price, auction_at=at),
        row(ref, "round_failed", auction_day, round_no=number, reason="no_registrant"),
    ]


def sale(ref: str, kind: str, *rounds: tuple[str, str], price: int = 100_000_000) -> list[Cells]:
    """A file whose rounds all failed at one price: each announced on a day and held on another."""
    return [
        row(ref, "seized", "2024-01-05", office="KV-3", kind=kind),
        row(ref, "appraised", "2024-01-10", value=price, method="appraiser"),
        *(each for number, days in enumerate(rounds, 1) for each in round_of(ref, number, *days, price)),
    ]


POSTED = [
    *sale("LAND-15-DAYS", "land", ("2024-03-01", "2024-03-16")),
    *sale("LAND-14-DAYS", "land", ("2024-03-01", "2024-03-15")),
    *sale(
        "LAND-AGAIN",
        "land",
        ("2024-03-01", "2024-03-16"),
        ("2024-04-01", "2024-04-16"),
        ("2024-05-02", "2024-05-08"),
        ("2024-06-03", "2024-06-07"),
    ),
    *sale("LAND-CHEAP", "land", ("2024-03-01", "2024-03-05"), price=49_999_999),
    *sale("VESSEL-7-DAYS", "vessel", ("2024-03-01", "2024-03-12")),
    *sale("VESSEL-6-DAYS", "vessel", ("2024-03-01", "2024-03-11")),
]
"""Auctions posted as long as the law asks, and a day shorter; Saturday 4 May 2024 was worked."""
SHORT = [
    ("LAND-14-DAYS", 3, "LDG-01", "2024-03-15", "2024-03-16"),
    ("LAND-AGAIN", 9, "LDG-13", "2024-06-07", "2024-06-10"),
    ("LAND-CHEAP", 3, "LDG-13", "2024-03-05", "2024-03-08"),
    ("VESSEL-6-DAYS", 3, "LDG-01", "2024-03-11", "2024-03-12"),
]


@pytest.fixture(scope="module")
def posted(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """The command line on a register of auctions, some posted too shortly; nobody changes it."""
    register = written(tmp_path_factory.mktemp("posted") / "register.csv", POSTED)
    with created(server, template) as url:
        auctions = CommandLine(AUCTIONS_DATABASE_URL=url)
        found = auctions.json("import", register)
        assert (found["recorded"], found["refused"]) == (len(POSTED), 0)
        yield auctions


def test_auctions_posted_too_shortly_are_found_and_were_not_refused(posted: CommandLine) -> None:
    items = posted.json("findings")["items"]
    names = ("asset_ref", "entry_no", "rule", "asked", "allowed")
    assert [tuple(item[name] for name in names) for item in items] == SHORT
    assert all(item["article"].startswith("L01/2016 art ") for item in items)


def test_findings_are_narrowed_by_rule_and_number_and_told_of_a_past_day(posted: CommandLine) -> None:
    cheap = posted.json("findings", "--rule", "LDG-13", "--as-of", "2024-05-02")["items"]
    assert [item["asset_ref"] for item in cheap] == ["LAND-CHEAP"]
    table = posted("findings")
    assert all(told in table for told in ("LAND-14-DAYS", "L01/2016 art 35(1)"))


def test_a_struck_step_has_no_finding_any_more(auctions: CommandLine, database: str, tmp_path: Path) -> None:
    struck = row("LAND-14-DAYS", "entry_struck", "2024-04-01", entry_no=4, basis="BB-9", approved_by="head")
    another = struck | {"entry_no": 3}
    reasons = [each | {"reason": "another asset's page", "office": "KV-3"} for each in (struck, another)]
    register = written(tmp_path / "register.csv", POSTED)
    with closing(PostgresStore(database)) as store:
        assert imported(store, register, Mode.ALL_OR_NOTHING).problems == []
        assert len(auctions.json("findings")["items"]) == len(SHORT)
        assert imported(store, written(tmp_path / "strikes.csv", reasons), Mode.ALL_OR_NOTHING).problems == []
    left = [item["asset_ref"] for item in auctions.json("findings")["items"]]
    assert left == [each[0] for each in SHORT[1:]]
