"""A supervisor closes the office's book quarter by quarter; what was closed can be proven and told again."""

import hashlib
from collections.abc import Iterator

import psycopg
import pytest

from auctions.application.recording import today
from auctions.domain.quarters import Quarter
from tests.journeys.databases import created
from tests.journeys.in_process import InProcess
from tests.journeys.registers import BILLION, good, row, written

KNOWN = 14
Q1, Q2 = ("--office", "KV-3", "--quarter", "2024-Q1"), ("--office", "KV-3", "--quarter", "2024-Q2")
_BOOK = """SELECT DISTINCT ON (stream_id) stream_id, entry_no, encode(leaf, 'hex') FROM auctions.entries
    WHERE position <= %s AND stream_id IN (SELECT stream_id FROM auctions.entries
        WHERE topic = 'asset.seized' AND payload ->> 'office' = 'KV-3')
    ORDER BY stream_id, entry_no DESC"""


@pytest.fixture
def supervisor(database: str, tmp_path_factory: pytest.TempPathFactory) -> InProcess:
    """The command line on the good register of KV-3, and an asset of KV-5."""
    auctions = InProcess(AUCTIONS_DATABASE_URL=database)
    other = row("TS-9", "seized", "2023-06-01", office="KV-5", kind="land")
    auctions("import", written(tmp_path_factory.mktemp("register") / "register.csv", [*good(), other]))
    return auctions


def test_a_quarter_is_closed_over_all_that_the_book_holds(supervisor: InProcess, database: str) -> None:
    told = supervisor.json("close", *Q1, "--actor", "HEAD-3", "--basis", "BB 4")
    assert (told["quarter"], told["first_day"], told["last_day"]) == ("2024-Q1", "2024-01-01", "2024-03-31")
    assert (told["on"], told["known_at"], told["position"]) == (today().isoformat(), KNOWN, KNOWN + 1)
    assert (told["actor"], told["basis"], told["assets"], told["entries"]) == ("HEAD-3", "BB 4", 3, 13)
    assert told["unsold"] == {"n": 2, "price": 3 * BILLION, "first_price": 3 * BILLION}
    with psycopg.connect(database) as own:
        lines = [f"{asset} {number} {leaf}\n" for asset, number, leaf in own.execute(_BOOK, [KNOWN])]
    assert told["sha256"] == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_list_issued_with_a_close_is_printed_again_with_its_digest(supervisor: InProcess) -> None:
    digest = supervisor.json("close", *Q1)["reports"]["unsold.csv"]
    known_at = supervisor.json("closes", "--office", "KV-3")["items"][0]["known_at"]
    supervisor("enter", "TS-1", "cost_accrued", "on=2024-02-01", "amount=5", "what=guard", "--as-found")
    asked = ("unsold", "--office", "KV-3", "--as-of", "2024-03-31", "--known-at", known_at, "--csv")
    assert hashlib.sha256(supervisor(*asked).encode()).hexdigest() == digest


def test_a_quarter_closed_again_tells_of_the_first_close(supervisor: InProcess) -> None:
    first = supervisor.json("close", *Q1)
    supervisor("enter", "TS-3", "cost_accrued", "on=2024-06-20", "amount=5", "what=guard", "--as-found")
    assert supervisor.json("close", *Q1) == first
    assert supervisor.json("close", *Q1, "--dry-run") == first
    assert supervisor.json("closes", "--office", "KV-3") == {"office": "KV-3", "items": [first]}
    assert f"2024-Q1 of KV-3 closed at position {KNOWN + 1}" in supervisor("close", *Q1)


def test_quarters_are_closed_in_order_and_each_office_has_its_own(supervisor: InProcess) -> None:
    said = supervisor.complaint("close", *Q2, code=1)
    assert (
        said
        == "earlier-quarter-open: 2024-Q1 has entries, the first on 2024-01-05, and is open: close it first"
    )
    supervisor("close", *Q1)
    supervisor("close", *Q2)
    supervisor("close", "--office", "KV-5", "--quarter", "2023-Q4", code=1)
    supervisor("close", "--office", "KV-5", "--quarter", "2023-Q2")
    items = supervisor.json("closes", "--office", "KV-3")["items"]
    assert [(each["quarter"], each["unsold"]["n"]) for each in items] == [("2024-Q2", 2), ("2024-Q1", 2)]
    assert supervisor.json("closes", "--office", "KV-9")["items"] == []
    supervisor("close", "--office", "KV-3", "--quarter", "2025-Q4")
    said = supervisor.complaint("close", "--office", "KV-3", "--quarter", "2025-Q1", code=1)
    assert said == "already-closed: the book is closed up to 2025-12-31, 2025-Q1 with it"


def test_a_dry_run_shows_what_would_be_closed_and_records_nothing(supervisor: InProcess) -> None:
    shown = supervisor.json("close", *Q1, "--dry-run")
    assert (shown["position"], shown["recorded_at"], shown["actor"]) == (None, None, None)
    assert "2024-Q1 of KV-3 would be closed" in supervisor("close", *Q1, "--dry-run")
    assert supervisor.json("closes", "--office", "KV-3")["items"] == []
    made = supervisor.json("close", *Q1)
    when = ("position", "recorded_at", "actor")
    assert {name: made[name] for name in made if name not in when} == {
        name: shown[name] for name in shown if name not in when
    }
    assert "earlier-quarter-open" not in supervisor("close", *Q2, "--dry-run")


def test_a_quarter_that_is_not_over_or_none_is_told(supervisor: InProcess) -> None:
    running = Quarter.of(today())
    for dry in ((), ("--dry-run",)):
        said = supervisor.complaint("close", "--office", "KV-3", "--quarter", running, *dry, code=1)
        assert said == f"quarter-not-over: {running} ends on {running.last_day}: today is {today()}"
    assert "2024-Q5 is no quarter: expected one such as 2025-Q3" in supervisor.wrong_use(
        "close", "--office", "KV-3", "--quarter", "2024-Q5"
    )


def test_an_offices_file_shows_the_close_and_its_rules_stay(supervisor: InProcess) -> None:
    supervisor("close", *Q1)
    entries = supervisor.json("offices", "show", "KV-3")["entries"]
    assert [(each["entry"], each["data"]["known_at"]) for each in entries] == [("book_closed", KNOWN)]
    assert supervisor.json("offices", "list")["items"] == []


@pytest.fixture(scope="module")
def listing(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """The command line on a register with two quarters closed; nobody changes it."""
    with created(server, template) as url:
        auctions = InProcess(AUCTIONS_DATABASE_URL=url)
        auctions("import", written(tmp_path_factory.mktemp("closed") / "register.csv", good()))
        for asked in (Q1, Q2):
            auctions("close", *asked)
        yield auctions


def test_closes_are_listed_as_a_table_the_last_first(listing: InProcess) -> None:
    shown = listing("closes", "--office", "KV-3")
    first, second = (each["sha256"] for each in listing.json("closes", "--office", "KV-3")["items"])
    assert first == second
    assert shown.index("2024-Q2") < shown.index("2024-Q1")
    assert shown.count(first) == 2
