"""A long log is folded by several processes, into the same rows."""

from collections.abc import Sequence

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import sharing, tracking
from projections.projection import Folded, Projection
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.timeline import Row
from tests.contract.laws import change_rules, limit, unsold
from tests.contract.registers import differences, head, interleaved, seeded


def breaks_on_one(file: Folded) -> Sequence[Row]:
    is_it = file.state.seized is not None and file.state.seized.asset_ref == "TS-7"
    return [(file.asset_id, 1 // (not is_it))]


BROKEN = Projection("broken", {"asset_id": "uuid", "one": "int4"}, "asset_id", (), breaks_on_one)


@pytest.fixture
def long(database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a database whose log counts as long."""
    random = seeded(8)
    with store.transaction() as transaction:
        transaction.append_all(interleaved(random, [unsold(random, f"TS-{number}") for number in range(40)]))
    change_rules(store, limit("KV-5", 5))
    monkeypatch.setattr(sharing, "_LONG", 100)
    return database


def test_a_long_log_is_folded_by_several_processes_into_the_rows_of_a_replay(long: str) -> None:
    seen: list[int] = []
    assert rebuild(long, *read_models().values(), progress=lambda done, _of: seen.append(done)) == head(long)
    assert differences(long) == {}
    assert len(seen) > 8
    assert seen == sorted(seen)
    with connection(long) as own:
        assert own.execute("SELECT count(*) FROM assets").fetchone() == (40,)


def test_where_a_process_cannot_fold_a_file_each_read_model_is_filled_by_pages(long: str) -> None:
    models = [read_models()["findings"], BROKEN]
    stopped = rebuild(long, *models)
    with connection(long) as own:
        broken, findings = tracking.tracked(own, ["broken", "findings"])
        query = "SELECT position FROM auctions.events WHERE readable(payload) ->> 'asset_ref' = 'TS-7'"
        assert own.execute(query).fetchone() == (broken.stopped_at,)
    assert stopped == broken.position < findings.position == head(long)
    assert broken.reason == "ZeroDivisionError: integer division or modulo by zero"
    rebuild(long, *read_models().values())
    assert differences(long) == {}
