"""An officer notes what persons ask about their data, sees by when each is to be answered, and answers."""

from datetime import timedelta

import psycopg
import pytest

from auctions.application.recording import today
from auctions.rules.calendar import calendar
from tests.journeys.in_process import InProcess

ASKED = ("DEBTOR-17", "--office", "KV-3", "--as", "COORDINATOR-1")
FRIDAY, SATURDAY, EVE_OF_TET = "2026-03-06", "2026-03-07", "2026-02-13"


@pytest.fixture
def auctions(database: str) -> InProcess:
    """The command line on a database of its own."""
    return InProcess(AUCTIONS_DATABASE_URL=database)


def waiting(auctions: InProcess, *words: object) -> list[tuple[str, str, bool]]:
    """Who waits for an answer, until when, and whether that is over."""
    items = auctions.json("persons", "requests", *words)["items"]
    return [(each["reference"], each["answer_due_on"], each["late"]) for each in items]


@pytest.mark.parametrize(
    ("received", "due"), [(FRIDAY, "2026-03-10"), (SATURDAY, "2026-03-10"), (EVE_OF_TET, "2026-02-24")]
)
def test_an_answer_is_due_two_working_days_after_the_day_of_receipt(
    auctions: InProcess, received: str, due: str
) -> None:
    told = auctions("persons", "request", *ASKED, "--what", "see", "--received", received)
    assert told == f"request 1: to be answered by {due}\n"
    assert waiting(auctions) == [("DEBTOR-17", due, True)]


def test_what_came_today_is_not_late_and_the_first_due_is_listed_first(auctions: InProcess) -> None:
    due = calendar("vn").add(today(), 2).isoformat()
    auctions("persons", "request", *ASKED, "--what", "erase")
    other = ("BUYER-9", "--office", "KV-5", "--as", "COORDINATOR-2")
    auctions("persons", "request", *other, "--what", "correct", "--received", FRIDAY)
    assert waiting(auctions) == [("BUYER-9", "2026-03-10", True), ("DEBTOR-17", due, False)]
    assert waiting(auctions, "--office", "KV-3") == [("DEBTOR-17", due, False)]
    assert all(word in auctions("persons", "requests") for word in ("Requests: 2", "BUYER-9", "correct"))


@pytest.mark.parametrize(("answered", "late"), [("2026-03-10", False), ("2026-03-11", True)])
def test_what_was_answered_waits_no_more_and_whether_in_time_is_told(
    auctions: InProcess, answered: str, *, late: bool
) -> None:
    auctions("persons", "request", *ASKED, "--what", "erase", "--received", FRIDAY)
    words = ("--as", "SUPERVISOR-1", "--answer", "erased, letter 12")
    assert auctions("persons", "answer", 1, *words, "--on", answered) == "request 1: answered\n"
    assert waiting(auctions) == []
    (told,) = auctions.json("persons", "requests", "--all")["items"]
    assert told == {
        "request_no": 1,
        "office": "KV-3",
        "reference": "DEBTOR-17",
        "what": "erase",
        "received_on": FRIDAY,
        "answer_due_on": "2026-03-10",
        "late": late,
        "answered_on": answered,
        "answered_by": "SUPERVISOR-1",
        "answer": "erased, letter 12",
    }


def test_an_answer_stays_and_one_to_nothing_or_from_before_is_refused(auctions: InProcess) -> None:
    answer = ("--as", "SUPERVISOR-1", "--answer", "shown, letter 7")
    auctions("persons", "request", *ASKED, "--what", "see", "--received", FRIDAY)
    early = auctions.complaint("persons", "answer", 1, *answer, "--on", "2026-03-05", code=1)
    assert early == "answer-before-request: request 1 came on 2026-03-06, after 2026-03-05"
    auctions("persons", "answer", 1, *answer)
    again = auctions.complaint("persons", "answer", 1, "--as", "X-1", "--answer", "another", code=1)
    assert again == f"request-answered: request 1 was answered on {today()}, and keeps that answer"
    assert auctions.complaint("persons", "answer", 2, *answer, code=1).startswith("request-not-found: ")
    (told,) = auctions.json("persons", "requests", "--all")["items"]
    assert (told["answered_by"], told["answer"]) == ("SUPERVISOR-1", "shown, letter 7")


def test_what_is_no_request_is_wrong_use(auctions: InProcess) -> None:
    tomorrow = today() + timedelta(days=1)
    for words, said in (
        (("--what", "forget"), "'forget' is not one of"),
        (("--what", "see", "--received", tomorrow), f"{tomorrow} has not come yet"),
        (("--what", "see", "--received", "6.3.2026"), "6.3.2026 is no day"),
        ((), "--what"),
    ):
        assert said in auctions.wrong_use("persons", "request", *ASKED, *words)


def test_the_service_changes_and_takes_away_no_request(auctions: InProcess, database: str) -> None:
    auctions("persons", "request", *ASKED, "--what", "see", "--received", FRIDAY)
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("SET ROLE auctions_service")
        for statement in (
            "DELETE FROM auctions.person_requests",
            "TRUNCATE auctions.person_requests",
            "UPDATE auctions.person_requests SET received_on = '2026-03-09'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(statement.encode())
