"""An auditor asks any day as it was known at any time: by position, by day, by the minute."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from auctions.application.recording import today
from auctions.domain.days import VIETNAM
from auctions.journal.importing import Mode
from auctions.store.postgres import PostgresStore
from tests.journeys.databases import created
from tests.journeys.imports import imported
from tests.journeys.in_process import InProcess
from tests.journeys.registers import BILLION, land, row, written

KNOWN = 6
"""Entries of TS-1 that were known before the correction."""
MARCH, APRIL = datetime(2025, 3, 31, 17, tzinfo=VIETNAM), datetime(2025, 4, 30, 9, 30, tzinfo=VIETNAM)
"""When the register was imported, and when it was corrected."""
ONE_COMMAND = {"office": "KV-3", "together": "correction"}
STRUCK = ONE_COMMAND | {"basis": "QĐ 17", "reason": "typing error", "approved_by": "head"}
ANEW = ONE_COMMAND | {"to_price": 950_000_000, "decided_by": "officer"}
CORRECTED = [
    row("TS-1", "entry_struck", "2024-06-01", entry_no=6, **STRUCK),
    row("TS-1", "entry_struck", "2024-06-01", entry_no=5, **STRUCK),
    row("TS-1", "price_reduced", "2024-04-15", **ANEW),
]


@pytest.fixture(scope="module")
def auditor(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """The command line on a register of March that was corrected in April; nobody changes it."""
    folder = tmp_path_factory.mktemp("corrected")
    with created(server, template) as url:
        with closing(PostgresStore(url)) as store:
            for number, rows in enumerate((land("TS-1"), CORRECTED)):
                register = written(folder / f"{number}.csv", rows)
                assert imported(store, register, Mode.ALL_OR_NOTHING).problems == []
        with psycopg.connect(url, autocommit=True) as own:
            own.execute("ALTER TABLE auctions.events DISABLE TRIGGER ALL")
            set_ = "UPDATE auctions.events SET recorded_at = CASE WHEN position <= %s THEN %s ELSE %s END"
            own.execute(set_, [KNOWN, MARCH, APRIL])
        yield InProcess(AUCTIONS_DATABASE_URL=url)


def price(found: Any) -> int:  # noqa: ANN401 - what JSON holds
    (item,) = found["items"]
    assert item["asset_ref"] == "TS-1"
    return int(item["price"])


EARLIER = [
    6,
    7,
    8,
    "6",
    "2025-03-31",
    "2025-04-29",
    "2025-03-31T17:00",
    "2025-03-31T17:00+07:00",
    "2025-03-31T10:00Z",
    "2025-04-30T09:29:59.999999+07:00",
]
LATER = [9, "2025-04-30", "2025-04-30T09:30", "2025-04-30T02:30:00+00:00", today().isoformat()]


@pytest.mark.parametrize("command", ["unsold", "assets"])
def test_a_list_is_told_as_known_at_a_position_a_day_or_a_time(auditor: InProcess, command: str) -> None:
    for known_at in EARLIER:
        found = auditor.json(command, "--known-at", known_at)
        assert (found["known_at"], found["position"], price(found)) == (KNOWN, 9, 900_000_000), known_at
    for known_at in LATER:
        found = auditor.json(command, "--known-at", known_at)
        assert (found["known_at"], price(found)) == (9, 950_000_000), known_at


def test_before_the_first_entry_was_recorded_nothing_was_known(auditor: InProcess) -> None:
    for known_at in (0, "2025-03-30", "2025-03-31T16:59:59"):
        found = auditor.json("unsold", "--known-at", known_at, "--facets")
        assert (found["known_at"], found["items"], found["facets"]["total"]["n"]) == (0, [], 0)
        assert auditor.complaint("show", "TS-1", "--known-at", known_at, code=1).startswith("unknown-asset: ")


def test_a_day_is_told_as_it_was_known_then(auditor: InProcess) -> None:
    for as_of, known_at, told in [
        ("2024-04-14", 9, BILLION),
        ("2024-04-15", KNOWN, 900_000_000),
        ("2024-04-15", 9, 950_000_000),
    ]:
        found = auditor.json("unsold", "--as-of", as_of, "--known-at", known_at)
        assert list(found) == ["as_of", "known_at", "position", "items"]
        assert (found["as_of"], found["known_at"], price(found)) == (as_of, known_at, told)
    title = f"Unsold as of 2024-04-15 as known at {KNOWN}: 1"
    assert title in auditor("unsold", "--as-of", "2024-04-15", "--known-at", KNOWN)
    assert f"Assets as of {today()}: 1" in auditor("assets")


def test_one_file_is_told_as_it_was_known(auditor: InProcess) -> None:
    then = ("TS-1", "--known-at", "2025-03-31")
    now = ("TS-1",)
    assert [auditor.json("show", *each)["price"] for each in (then, now)] == [900_000_000, 950_000_000]
    assert [auditor.json("show", *each)["version"] for each in (then, now)] == [6, 9]
    ladders = [auditor.json("ladder", *each)["steps"] for each in (then, now)]
    assert [[step["price"] for step in steps] for steps in ladders] == [
        [BILLION, 900_000_000],
        [BILLION, 950_000_000],
    ]
    histories = [auditor.json("history", *each)["entries"] for each in (then, now)]
    assert [len(entries) for entries in histories] == [6, 9]
    assert [entry["struck_by"] for entry in histories[0]] == [None] * 6
    assert [entry["struck_by"] for entry in histories[1][4:6]] == [8, 7]
    plans = [auditor.json("plan", *each, "--rounds", 2)["steps"][0] for each in (then, now)]
    assert [step["starting_price"] for step in plans] == [900_000_000, 950_000_000]
    early = auditor.json("ladder", *then, "--as-of", "2024-04-14")["steps"]
    assert [step["price"] for step in early] == [BILLION]
    told = auditor.json("history", *then, "--as-of", "2024-02-01")["entries"]
    assert [entry["entry"] for entry in told] == ["seized", "appraised"]


def test_findings_and_what_comes_next_are_told_as_they_were_known(auditor: InProcess) -> None:
    head = ["as_of", "known_at", "position", "items"]
    then, now = (auditor.json("next", *words) for words in (("--known-at", KNOWN), ()))
    assert list(then) == list(now) == head
    assert (then["known_at"], then["position"], now["known_at"]) == (KNOWN, 9, 9)
    assert then["items"] != now["items"]
    past = auditor.json("next", "--as-of", "2024-04-02", "--known-at", "2025-04-30")
    assert (past["as_of"], past["known_at"]) == ("2024-04-02", 9)
    assert "reduce_price" in {item["action"] for item in past["items"]}
    assert len(auditor.json("next", "--known-at", KNOWN, "--limit", 1)["items"]) == 1
    of_may = ("--as-of", "2024-05-02")
    for words in ((), of_may, ("--known-at", KNOWN), (*of_may, "--known-at", KNOWN)):
        found = auditor.json("findings", *words)
        assert list(found) == head
        assert found["known_at"] == (KNOWN if "--known-at" in words else 9)


EXPECTED = "expected a position of the log, or 2026-03-31, or 2026-03-31T17:00+07:00"
NO_TIMES = ("yesterday", "2026-13-01", "2026-02-30", "31/03/2026", "", "1.5", "9" * 19, "2026-03-31T25:00")
NO_DAYS = ("yesterday", "2026-02-30", "31/03/2026", "20260331", "2026-03-31T17:00")
MALFORMED = {("--known-at", words): f"{words} is no time of knowledge: {EXPECTED}" for words in NO_TIMES} | {
    ("--as-of", words): f"{words} is no day: expected one such as 2026-03-31" for words in NO_DAYS
}
OF_A_FILE = ("show", "history", "replay", "ladder", "plan")


def wrong(auditor: InProcess, words: tuple[str, str], expected: str) -> None:
    """See that every reading command tells what is wrong with a time."""
    for command in ("unsold", "assets", "findings", "next", *OF_A_FILE):
        of = ("TS-1",) if command in OF_A_FILE else ()
        assert expected in auditor.wrong_use(command, *of, *words), command


@pytest.mark.parametrize("words", MALFORMED)
def test_what_is_no_time_is_wrong_use_in_words(auditor: InProcess, words: tuple[str, str]) -> None:
    wrong(auditor, words, MALFORMED[words])


def test_what_has_not_come_yet_is_wrong_use_in_words(auditor: InProcess) -> None:
    tomorrow = (today() + timedelta(days=1)).isoformat()
    next_hour = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    wrong(auditor, ("--as-of", tomorrow), f"{tomorrow} has not come yet: today is {today()}")
    wrong(auditor, ("--known-at", "10"), "position 10 has not come yet: the log is at 9")
    for later in (tomorrow, next_hour):
        wrong(auditor, ("--known-at", later), f"{later} has not come yet")
