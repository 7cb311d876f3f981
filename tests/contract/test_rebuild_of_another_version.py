"""Another version or schema of a read model makes the runner build it anew."""

from dataclasses import replace

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import tracking
from projections.projection import Projection
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import differences, oid, write

ASSETS = read_models()["assets"]


def version(url: str) -> str:
    with connection(url) as own:
        return tracking.tracked(own, ["assets"])[0].version


@pytest.mark.parametrize(
    "changed",
    [
        replace(ASSETS, version=ASSETS.version + 1),
        replace(ASSETS, indexes=ASSETS.indexes[:-1]),
        replace(ASSETS, columns={**ASSETS.columns, "costs": "int4 NOT NULL"}),
        replace(ASSETS, primary_key="asset_id, asset_ref"),
    ],
    ids=["version", "indexes", "columns", "key"],
)
def test_another_version_or_schema_makes_the_runner_rebuild(
    database: str, store: PostgresStore, changed: Projection
) -> None:
    write(store, "seized")
    Runner(database).catch_up()
    first, before = oid(database), version(database)
    Runner(database).catch_up()
    assert oid(database) == first
    Runner(database, [changed]).catch_up()
    assert oid(database) != first
    assert version(database) == changed.fingerprint != before
    assert differences(database) == {}
