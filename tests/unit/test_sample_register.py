"""The committed sample register is what its generator writes, possible throughout, and shows all there is."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib.resources import as_file, files
from itertools import groupby, islice, pairwise
from pathlib import Path
from statistics import median

import pytest

from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import ENTRIES
from auctions.domain.asset.possible import Stage
from auctions.journal.columns import COLUMNS
from auctions.journal.form import Parsed, parse
from auctions.journal.read import read_rows
from auctions.journal.rows import Row
from auctions.journal.sample import lives, write_register
from auctions.rules.kinds import asset_kinds

ASSETS = 200
COMMITTED = files("auctions.journal").joinpath("sample_register.csv")
END = date(2026, 10, 31)
NOT_SHOWN = {
    *("appraisal_contracted", "reappraisal_requested", "parties_notified", "auction_contracted"),
    *("preemption_offered", "preemption_answered", "split", "merged", "document_filed"),
}
REFERENCES = ("officer", "debtor_ref", "mortgagee_ref", "winner_ref", "to_ref", "approved_by", "by")
Cells = dict[str, str]


def admitted(group: Iterator[Parsed]) -> File:
    """The file that admitted every row, those recorded together at once; raises Refused if one cannot be."""
    file = File()
    for _, rows in groupby(group, key=lambda row: row.together or row.row):
        entries = [row.entry for row in rows]
        file.admit(entries, actor="importer", today=END, kinds=asset_kinds())
    return file


def parsed() -> Iterator[Parsed]:
    with as_file(COMMITTED) as path:
        for row in read_rows(path):
            assert isinstance(row, Row)
            entry = parse(row)
            assert isinstance(entry, Parsed)
            yield entry


@pytest.fixture(scope="module")
def rows() -> list[Cells]:
    return list(csv.DictReader(COMMITTED.read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def by_asset(rows: list[Cells]) -> dict[str, list[Cells]]:
    return {ref: list(group) for ref, group in groupby(rows, key=lambda row: row["asset_ref"])}


@pytest.fixture(scope="module")
def opened() -> dict[str, File]:
    return {ref: admitted(group) for ref, group in groupby(parsed(), key=lambda row: row.asset_ref)}


def test_the_same_seed_writes_the_committed_register(tmp_path: Path) -> None:
    written = tmp_path / "register.csv"
    write_register(written, assets=ASSETS, seed=2026)
    assert written.read_bytes() == COMMITTED.read_bytes()


def test_another_seed_writes_another_register() -> None:
    assert list(lives(3, seed=1)) != list(lives(3, seed=2))


def test_a_large_register_streams_asset_by_asset() -> None:
    assert [row["entry"] for row in islice(lives(10**12), 1)] == ["seized"]


def test_the_register_has_the_canonical_columns(rows: list[Cells]) -> None:
    assert tuple(rows[0]) == COLUMNS


def test_every_asset_is_seized_under_a_reference_of_its_own(rows: list[Cells]) -> None:
    seized = Counter(row["asset_ref"] for row in rows if row["entry"] == "seized")
    assert len(seized) == ASSETS
    assert set(seized.values()) == {1}


def test_every_entry_but_nine_and_every_kind_of_asset_occurs(rows: list[Cells]) -> None:
    assert {row["entry"] for row in rows} == ENTRIES.keys() - NOT_SHOWN
    assert {row["kind"] for row in rows if row["kind"]} == set(asset_kinds())


def test_every_row_is_possible_and_every_stage_and_exit_but_two_is_reached(opened: dict[str, File]) -> None:
    reached = {file.state.stage for file in opened.values()}
    assert reached == set(Stage) - {Stage.UNFILED, Stage.SPLIT, Stage.MERGED}


def test_no_row_is_later_than_the_end_of_the_sample(rows: list[Cells]) -> None:
    assert max(row["on"] for row in rows) <= END.isoformat()


@pytest.mark.parametrize("today", [date(2024, 1, 1), date(2025, 9, 1), date(2026, 7, 1)])
def test_what_of_it_had_happened_by_an_earlier_day_is_possible_too(today: date) -> None:
    happened = [row for row in parsed() if row.entry.on <= today]
    for _, group in groupby(happened, key=lambda row: row.asset_ref):
        assert admitted(group).version > 0


def test_a_few_entries_are_late(by_asset: dict[str, list[Cells]]) -> None:
    late = [
        row
        for asset in by_asset.values()
        for before, row in pairwise(asset)
        if row["on"] < before["on"] and not row["together"]
    ]
    assert {row["entry"] for row in late} == {"cost_accrued", "surveyed"}
    assert len(late) == 6


def test_strikes_stand_alone_and_together_with_a_new_entry(rows: list[Cells]) -> None:
    struck = [row for row in rows if row["entry"] == "entry_struck"]
    assert len(struck) == 5
    assert Counter(Counter(row["together"] for row in rows if row["together"]).values()) == {2: 3}
    assert all(row["approved_by"].startswith("HEAD-") for row in struck)


def test_one_reduction_that_stands_breaks_the_cap_beyond_a_dong(opened: dict[str, File]) -> None:
    every = [cut for file in opened.values() for cut in cuts(file)]
    assert [round(after / before, 2) for before, after in every if before * 9 - after * 10 >= 10] == [0.88]


def test_some_reductions_break_the_cap_by_less_than_a_dong_as_real_ones_do(opened: dict[str, File]) -> None:
    every = [cut for file in opened.values() for cut in cuts(file)]
    assert 20 < sum(0 < before * 9 - after * 10 < 10 for before, after in every) < len(every) / 20


def cuts(file: File) -> Iterator[tuple[int, int]]:
    """The price before and after each reduction that stands."""
    return ((old.price, new.price) for old, new in pairwise(file.state.steps) if new.cause == "reduced")


def test_unsold_assets_linger_and_fall_as_in_real_registers(opened: dict[str, File]) -> None:
    unsold = [file.state.steps for file in opened.values() if file.state.unsold]
    lingering = [steps for steps in unsold if len(steps) > 7]
    left = [steps[-1].price / steps[0].price for steps in lingering]
    assert 16 <= median([len(steps) for steps in lingering]) <= 20
    assert 0.22 < median(left) < 0.32


def test_one_offer_in_lieu_came_before_any_reduction(by_asset: dict[str, list[Cells]]) -> None:
    entries = [[row["entry"] for row in asset] for asset in by_asset.values()]
    early = [names for names in entries if "in_lieu_offered" in names and "price_reduced" not in names]
    assert len(early) == 1


def test_vessels_carry_their_loan_and_are_appraised_far_below_it(by_asset: dict[str, list[Cells]]) -> None:
    vessels = [asset for asset in by_asset.values() if asset[0]["kind"] == "vessel"]
    first = [
        (next((row for row in asset if row["value"]), None), asset[0]["loan_value"]) for asset in vessels
    ]
    assert len(vessels) == 30
    assert all(row is None or int(row["value"]) < int(loan) / 2 for row, loan in first)


def test_parties_and_officers_are_references_and_no_names(rows: list[Cells]) -> None:
    people = {row[column] for row in rows for column in REFERENCES if row[column]}
    assert all(re.fullmatch(r"[A-Z]+(-[A-Z0-9]+)+", person) for person in people)
    assert [column for column in COLUMNS if "name" in column] == ["name"]
    assert not any(row["name"] for row in rows)
