"""Findings and next actions in time: of a past day, of other rulebooks, beside a read model that breaks."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from auctions.domain.asset import law
from auctions.domain.office.events import OfficeEntry
from auctions.rules.rulebook import Rulebook, rulebooks, rules_version
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import findings, folding, log, next_actions
from projections.past_actions import past_query, past_rows
from projections.projection import Folded, Projection
from projections.registry import read_models
from projections.runner import Runner
from projections.timeline import Row
from projections.times import Times
from tests.contract.laws import CUT, book, change_rules, failed_and_cut, found, limit, unsold
from tests.contract.registers import (
    add,
    differences,
    head,
    interleaved,
    seeded,
    seized,
    write,
)
from tests.unit.given import day, entry

OF_THE_LAW = ("findings", "next_actions")
DUE = ("action", "who", "due", "rule")


def found_then(url: str, times: Times) -> list[tuple[str, str]]:
    """Read up to now; day and rule of each finding of the two times."""
    Runner(url).catch_up()
    with connection(url) as own:
        listed = own.execute(*findings.page_query(findings.Filter(times=times))).fetchall()
    items = [json.loads(row[-1]) for row in listed]
    return [(item["on"], item["rule"]) for item in items]


def due_then(url: str, until: date) -> list[tuple[object, ...]]:
    asked = next_actions.Filter(until, times=Times(until))
    with connection(url) as own:
        listed = past_rows(own.execute(*past_query(asked)), log.laws(own, log.head(own)), asked)
    items = [dict(zip(next_actions.ITEM, row, strict=False)) for row in listed]
    return [tuple(item[name] for name in DUE) for item in items]


def test_findings_of_a_past_day_are_those_of_the_entries_up_to_it(
    database: str, store: PostgresStore
) -> None:
    too_deep = entry("price_reduced", 9, to_price=700_000_000, decided_by="agreement")
    write(store, "seized", "appraised", "round_announced", "round_failed", too_deep)
    cut = [(day(9).isoformat(), "FAIL-03")]
    assert found_then(database, Times(day(8))) == []
    assert found_then(database, Times(day(9))) == cut
    known = head(database)
    change_rules(store, book("KV-3", "kr-30"))
    assert found_then(database, Times(day(9))) == []
    assert found_then(database, Times(day(9), known)) == cut
    assert found_then(database, Times(None, known - 1)) == []


def test_what_was_due_on_a_past_day_is_told_of_that_day(database: str, store: PostgresStore) -> None:
    write(store, "seized", entry("appraisal_contracted", 4), entry("appraised", 10))
    assert due_then(database, day(0)) == []
    assert due_then(database, day(3)) == [("contract_appraisal", "officer", date(2025, 1, 9), "VAL-01")]
    assert due_then(database, day(9)) == [("appraise", "appraiser", None, None)]
    assert due_then(database, day(10)) == [
        ("contract_auction", "officer", date(2025, 1, 21), "AUC-01"),
        ("notify_appraisal", "officer", None, None),
        ("announce", "officer", None, None),
    ]


def cap_of_5_percent(found: Rulebook) -> Rulebook:
    """The rulebook as another version of the program might have it."""
    rules = [rule.model_copy(update={"at_most": 5}) if rule.id == "FAIL-03" else rule for rule in found.rule]
    return found.model_copy(update={"rule": tuple(rules), "version": "another"})


@pytest.fixture
def another_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """What lets the program judge by other rulebooks; afterwards it judges by its own again."""
    yield monkeypatch
    monkeypatch.undo()
    law.law.cache_clear()


def tables(url: str) -> dict[str, int]:
    query = "SELECT relname, oid::int FROM pg_class WHERE relname = ANY(%s)"
    with connection(url) as own:
        return dict(own.execute(query, [list(read_models())]).fetchall())


def test_rulebooks_of_another_version_make_the_runner_build_anew_what_depends_on_them(
    database: str, store: PostgresStore, another_version: pytest.MonkeyPatch
) -> None:
    write(store, *failed_and_cut("TS-1"))
    Runner(database).catch_up()
    before = tables(database)
    assert found(database) == []
    models = read_models()
    assert {name: model.rulebooks for name, model in models.items() if model.rulebooks} == dict.fromkeys(
        OF_THE_LAW, rules_version()
    )
    changed = dict(rulebooks()) | {"vn": cap_of_5_percent(rulebooks()["vn"])}
    another_version.setattr(law, "rulebooks", lambda: changed)
    law.law.cache_clear()
    newer = [replace(model, rulebooks="another" if model.rulebooks else "") for model in models.values()]
    Runner(database, newer).catch_up()
    assert found(database) == [("TS-1", 5, "FAIL-03")]
    after = tables(database)
    assert {name for name in models if after[name] != before[name]} == set(OF_THE_LAW)


def breaks_on_costs(file: Folded) -> list[Row]:
    return [(file.asset_id, 1 // (file.state.costs == 0))]


COLUMNS = {"asset_id": "uuid", "one": "int4"}


def test_a_read_model_that_breaks_leaves_the_others_with_the_law_as_it_is(
    database: str, store: PostgresStore
) -> None:
    """The page that it breaks on is read again in halves, by the laws of before an office changed them."""
    models = [*read_models().values(), Projection("broken", COLUMNS, "asset_id", (), breaks_on_costs)]
    runner = Runner(database, models)
    runner.catch_up()
    asset, other = write(store, *failed_and_cut("TS-1")[:-1]), write(store, seized("TS-2"))
    runner.catch_up()
    add(store, other, entry("cost_accrued", 2))
    add(store, asset, CUT)
    change_rules(store, limit("KV-3", 5))
    add(store, other, entry("cost_accrued", 2))
    runner.catch_up()
    assert found(database) == [("TS-1", 5, "FAIL-03")]
    add(store, asset, entry("cost_accrued", 6))
    runner.catch_up()
    assert (found(database), differences(database)) == ([("TS-1", 5, "FAIL-03")], {})


@pytest.mark.parametrize(
    ("page", "kept", "seed"), [(1, 20_000, 1), (2, 3, 2), (5000, 20_000, 3), (5000, 0, 4)]
)
def test_lives_under_offices_that_change_their_rules_are_judged_as_a_replay_judges(  # noqa: PLR0917 - fixtures
    database: str,
    store: PostgresStore,
    monkeypatch: pytest.MonkeyPatch,
    page: int,
    kept: int,
    seed: int,
) -> None:
    monkeypatch.setattr(folding, "KEPT", kept)
    monkeypatch.setattr(log, "PAGE", page)
    random, runner = seeded(seed), Runner(database)
    commands = interleaved(random, [unsold(random, f"TS-{number}") for number in range(14)])
    seen = set()
    while commands:
        for asked in commands[:30]:
            store.append(asked)
            if random.random() < 0.1:
                office = random.choice(["KV-3", "KV-5", "KV-9"])
                rules: list[OfficeEntry] = [
                    book(office, random.choice(["vn", "it", "kr-20"])),
                    limit(office, random.randrange(10)),
                ]
                change_rules(store, random.choice(rules))
        commands = commands[30:]
        runner.catch_up()
        assert differences(database) == {}
        seen |= {rule for _, _, rule in found(database)}
    assert {"FAIL-03", "KR-MIN"} <= seen
    (folder,) = runner.pages.folders.values()
    assert folder._reached == head(database)  # noqa: SLF001 - one runner read it all
