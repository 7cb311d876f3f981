"""The registers derived from public notices, where they lie beside the checkout."""

from pathlib import Path

import pytest

from tests.journeys.commandline import CommandLine

DATA = Path(__file__).parents[3] / "shared" / "data"
CLEAN, DIRTY = DATA / "vn_register.csv", DATA / "vn_register_dirty.csv"
pytestmark = pytest.mark.skipif(
    not (CLEAN.exists() and DIRTY.exists()),
    reason="the registers are not in ../shared/data: their source states no licence, so none is shipped",
)


def counts(found: dict[str, int]) -> tuple[int, ...]:
    return tuple(found[name] for name in ("rows", "recorded", "already", "refused"))


def test_the_register_goes_in_whole_and_tells_what_is_unsold_and_how_a_price_fell(
    auctions: CommandLine,
) -> None:
    first = auctions.json("import", CLEAN)
    assert (counts(first), first["assets"]) == ((933, 933, 0, 0), 18)
    assert counts(auctions.json("import", CLEAN)) == (933, 0, 933, 0)
    unsold = auctions.json("unsold")["items"]
    assert [item["stage"] for item in unsold] == ["announced"] * 18
    steps = auctions.json("ladder", "VN042")["steps"]
    assert (len(steps), steps[0]["price"], steps[-1]["price"]) == (23, 126_000_000_000, 88_149_063_657)
    assert all(steps[-1]["price"] == item["price"] for item in unsold if item["asset_ref"] == "VN042")


def test_of_the_dirty_register_every_row_is_recorded_or_waits_with_its_reason(auctions: CommandLine) -> None:
    nothing = auctions.json("import", DIRTY, code=1)
    assert counts(nothing)[:3] == (907, 0, 0)
    assert len({problem["row"] for problem in nothing["problems"]}) == nothing["refused"]
    possible = auctions.json("import", DIRTY, "--quarantine", code=1)
    waiting = auctions.json("quarantine", "list")["items"]
    assert possible["recorded"] + len(waiting) == 907
    assert all(each["code"] and each["message"] for row in waiting for each in row["problems"])
    assert all(row["problems"] for row in waiting)
