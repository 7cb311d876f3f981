"""An administrator looks after the read models."""

import subprocess
import sys
from pathlib import Path

import psycopg

from tests.journeys.commandline import CommandLine
from tests.journeys.registers import good, land, written

NAMES = (
    "asset_listings",
    "asset_periods",
    "assets",
    "auction_rounds",
    "findings",
    "next_actions",
    "price_ladder",
    "unsold_totals",
)
WHOLE = {"items": [{"name": name, "difference": None} for name in NAMES]}
BROKEN = "from projections.paging import Pages; Pages.advance = None; from auctions.cli import main; main()"
"""The command line of a program whose runner ends by an error that nobody foresaw."""


def execute(database: str, statement: str) -> None:
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(statement.encode())


def test_read_models_are_watched_proven_and_built_anew(
    database: str, auctions: CommandLine, tmp_path: Path
) -> None:
    auctions("import", written(tmp_path / "register.csv", good()))
    assert auctions.json("projections", "check") == WHOLE
    found = auctions.json("projections", "status")
    moved = [item.pop("moved_at")[:2] for item in found["items"]]
    place = {"position": 13, "behind": 0, "stopped_at": None, "reason": None}
    assert found == {"head": 13, "items": [{"name": name, **place} for name in NAMES]}
    assert moved == ["20"] * len(NAMES)
    execute(database, "UPDATE projections.assets SET price = 1 WHERE asset_ref = 'TS-1'")
    assert "price is 1, not 900000000" in auctions("projections", "check", code=1)
    assert auctions("projections", "rebuild", "assets") == "assets rebuilt up to position 13\n"
    assert auctions.json("projections", "check") == WHOLE


def test_a_read_model_that_stands_still_is_shown_with_its_reason_and_goes_on_when_told_to(
    database: str, auctions: CommandLine, tmp_path: Path
) -> None:
    auctions("import", written(tmp_path / "register.csv", good()))
    assert auctions.json("projections", "check") == WHOLE
    assert auctions("projections", "retry") == "no read model stands still\n"
    execute(database, "ALTER TABLE projections.assets OWNER TO postgres")
    auctions("import", written(tmp_path / "more.csv", land("TS-4")))
    assert "assets: stands still before position 14" in auctions("projections", "check", code=1)
    shown = auctions.json("projections", "status", code=1)["items"][NAMES.index("assets")]
    denied = "InsufficientPrivilege: permission denied for table assets"
    assert [*shown.values()][:3] == ["assets", 13, 6]
    assert (shown["stopped_at"], shown["reason"]) == (14, denied)
    told = f"assets tries again from position 13; it stood still: {denied}\n"
    assert auctions("projections", "retry") == told
    auctions("projections", "status")
    auctions("projections", "check", code=1)
    assert "permission denied for table" in auctions("projections", "status", code=1)
    execute(database, "GRANT ALL ON projections.assets TO auctions_runner")
    assert auctions.json("projections", "retry", "findings") == {"items": []}
    place = {"name": "assets", "position": 13, "stopped_at": 14, "reason": denied}
    assert auctions.json("projections", "retry", "findings", "assets") == {"items": [place]}
    assert auctions.json("projections", "check") == WHOLE
    assert auctions.json("projections", "status")["head"] == 19


def test_a_read_model_that_is_none_is_wrong_use(auctions: CommandLine) -> None:
    for verb in ("rebuild", "check", "retry"):
        auctions("projections", verb, "sales", code=2)


def test_a_service_whose_runner_has_ended_ends_too(auctions: CommandLine) -> None:
    auctions("projections", "check")
    broken = subprocess.run(
        [sys.executable, "-c", BROKEN, "serve", "--port", "0"],
        env=auctions.environment,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert broken.returncode == 1
    assert "the runner of the read models has ended, and the service with it" in broken.stderr
