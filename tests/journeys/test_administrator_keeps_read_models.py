"""An administrator looks after the read models."""

from pathlib import Path

import psycopg

from tests.journeys.commandline import CommandLine
from tests.journeys.registers import good, written

NAMES = ("assets", "findings", "next_actions", "price_ladder")
WHOLE = {"items": [{"name": name, "difference": None} for name in NAMES]}


def test_read_models_are_watched_proven_and_built_anew(
    database: str, auctions: CommandLine, tmp_path: Path
) -> None:
    auctions("import", written(tmp_path / "register.csv", good()))
    assert auctions.json("projections", "check") == WHOLE
    place = {"position": 13, "behind": 0, "stopped_at": None, "reason": None}
    found = auctions.json("projections", "status")
    assert found == {"head": 13, "items": [{"name": name, **place} for name in NAMES]}
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("UPDATE projections.assets SET price = 1 WHERE asset_ref = 'TS-1'")
    assert "price is 1, not 900000000" in auctions("projections", "check", code=1)
    assert auctions("projections", "rebuild", "assets") == "assets rebuilt up to position 13\n"
    assert auctions.json("projections", "check") == WHOLE


def test_a_read_model_that_is_none_is_wrong_use(auctions: CommandLine) -> None:
    auctions("projections", "rebuild", "sales", code=2)
