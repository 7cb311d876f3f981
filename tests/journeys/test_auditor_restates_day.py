"""An auditor asks what became known of a day that is over: entry by entry, by whom and why."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import sleep
from typing import Any

import pytest

from auctions.application.recording import today
from auctions.domain.days import VIETNAM
from tests.journeys.commandline import CommandLine
from tests.journeys.databases import created
from tests.journeys.in_process import InProcess
from tests.journeys.registers import BILLION, house, land, row, written

DAY = "2024-04-20"
STRUCK = {"office": "KV-3", "basis": "QĐ 17", "reason": "typing error", "approved_by": "head"}
LATER = [
    row("TS-1", "entry_struck", "2024-06-01", entry_no=6, **STRUCK),
    row("TS-1", "entry_struck", "2024-06-01", entry_no=5, **STRUCK),
    row("TS-1", "price_reduced", "2024-04-15", to_price=950_000_000, decided_by="officer", office="KV-3"),
    row("TS-1", "cost_accrued", "2024-05-30", amount=2_500_000, what="guard", office="KV-3"),
    row("TS-3", "seized", "2024-04-18", office="KV-3", kind="vessel"),
]
"""A correction, a cost after the day, and a vessel that was seized before it and recorded late."""
KNOWN, HEAD = 12, 17


@pytest.fixture(scope="module")
def auditor(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """The command line on a register of two imports; nobody changes it."""
    folder = tmp_path_factory.mktemp("restated")
    with created(server, template) as url:
        auctions = InProcess(AUCTIONS_DATABASE_URL=url)
        for name, rows in (("first", [*land("TS-1"), *house("TS-2")]), ("later", LATER)):
            auctions("import", written(folder / f"{name}.csv", rows))
        yield auctions


def prices(asset: dict[str, Any]) -> list[int | None]:
    return [state and state["price"] for state in (asset["before"], asset["after"])]


def test_what_became_known_of_a_day_is_told_asset_by_asset_with_the_entries(auditor: InProcess) -> None:
    found = auditor.json("restate", "--as-of", DAY, "--known-at", KNOWN, HEAD)
    assert list(found) == ["as_of", "known_at", "unsold", "assets"]
    assert (found["as_of"], found["known_at"]) == (DAY, [KNOWN, HEAD])
    assert found["unsold"] == {
        "before": {"n": 1, "price": 900_000_000, "first_price": BILLION},
        "after": {"n": 2, "price": 950_000_000, "first_price": BILLION},
    }
    land_, vessel = found["assets"]
    assert (land_["asset_ref"], prices(land_)) == ("TS-1", [900_000_000, 950_000_000])
    told = [(each["entry_no"], each["entry"], each["struck"]) for each in land_["entries"]]
    assert told == [(8, "entry_struck", 5), (9, "price_reduced", None)]
    strike, anew = land_["entries"]
    assert (strike["basis"], strike["reason"], strike["actor"]) == ("QĐ 17", "typing error", "importer")
    recorded = datetime.fromisoformat(anew["recorded_at"]).astimezone(VIETNAM).date()
    assert anew["days_late"] == (recorded - datetime(2024, 4, 15, tzinfo=VIETNAM).date()).days
    assert (vessel["asset_ref"], vessel["before"]) == ("TS-3", None)
    assert vessel["after"]["stage"] == "awaiting_appraisal"


def test_days_and_times_name_the_two_knowledges_too(auditor: InProcess) -> None:
    sleep(1)  # so that this second, without its fraction, is after what was recorded
    yesterday, now = today() - timedelta(days=1), datetime.now(VIETNAM)
    for later in (HEAD, today(), now.isoformat(), f"{now:%Y-%m-%dT%H:%M:%S}"):
        found = auditor.json("restate", "--as-of", DAY, "--known-at", yesterday, later)
        assert found["known_at"] == [0, HEAD]
        assert [asset["before"] for asset in found["assets"]] == [None] * 3
    of_today = auditor.json("restate", "--known-at", KNOWN, HEAD)
    assert of_today["as_of"] == today().isoformat()
    assert [asset["asset_ref"] for asset in of_today["assets"]] == ["TS-1", "TS-3"]


def test_between_one_knowledge_and_itself_nothing_became_known(auditor: InProcess) -> None:
    found = auditor.json("restate", "--as-of", DAY, "--known-at", KNOWN, KNOWN)
    assert (found["assets"], found["unsold"]["before"]) == ([], found["unsold"]["after"])


def test_a_restatement_is_shown_as_tables(auditor: InProcess) -> None:
    shown = " ".join(auditor("restate", "--as-of", DAY, "--known-at", KNOWN, HEAD).split())
    for told in (
        f"Unsold on {DAY} as known at {KNOWN} and at {HEAD}",
        "Assets restated: 2",
        "Entries in between: 3",
        "900,000,000",
        "950,000,000",
        "typing error",
        "QĐ 17",
        "importer",
        "2024-04-15",
    ):
        assert told in shown, told
    vietnamese = InProcess(**{**auditor.environment, "LANG": "vi_VN.UTF-8"})
    assert "950.000.000" in vietnamese("restate", "--as-of", DAY, "--known-at", KNOWN, HEAD)


def test_the_later_knowledge_first_and_what_has_not_come_yet_is_wrong_use(auditor: InProcess) -> None:
    said = auditor.wrong_use("restate", "--as-of", DAY, "--known-at", HEAD, KNOWN)
    assert f"position {HEAD} is after {KNOWN}: expected the earlier one first" in said
    tomorrow = today() + timedelta(days=1)
    assert f"{tomorrow} has not come yet" in auditor.wrong_use("restate", "--known-at", KNOWN, tomorrow)
    assert f"{tomorrow} has not come yet" in auditor.wrong_use(
        "restate", "--as-of", tomorrow, "--known-at", KNOWN, HEAD
    )
    said = auditor.wrong_use("restate", "--known-at", KNOWN, HEAD + 1)
    assert f"position {HEAD + 1} has not come yet: the log is at {HEAD}" in said
    assert "soon is no time of knowledge: expected" in auditor.wrong_use(
        "restate", "--known-at", "soon", HEAD
    )
    assert "requires 2 arguments" in auditor.wrong_use("restate", "--known-at", KNOWN)
    assert "--known-at" in auditor.wrong_use("restate", "--as-of", DAY)


def test_help_says_what_is_shown_and_how_knowledges_are_named() -> None:
    said = " ".join(CommandLine(COLUMNS="300")("restate", "--help").split())
    for told in ("Late entries and strikes change what is told", "EARLIER LATER", "positions of the log"):
        assert told in said
