"""What persons ask about their data: noted when it comes, answered once, listed with the day it is due."""

from datetime import date
from typing import Any, Literal, NamedTuple

import psycopg

from auctions.domain.errors import Refused
from auctions.rules.calendar import calendar

What = Literal["see", "correct", "erase", "object"]

_WORKING_DAYS = 2
"""Within which a person is answered (Decree 356/2025/NĐ-CP); the day of receipt is not counted."""
_NOTE = """INSERT INTO auctions.person_requests (office, reference, what, received_on, noted_by)
    VALUES (%s, %s, %s, %s, %s) RETURNING request_no"""
_ANSWER = """UPDATE auctions.person_requests
    SET answered_on = %(on)s, answered_by = %(actor)s, answer = %(answer)s
    WHERE request_no = %(number)s AND answered_on IS NULL AND received_on <= %(on)s RETURNING request_no"""
_FIND = "SELECT received_on, answered_on FROM auctions.person_requests WHERE request_no = %s"
_LIST = """SELECT request_no, office, reference, what, received_on, answered_on, answered_by, answer
    FROM auctions.person_requests
    WHERE (%(office)s::text IS NULL OR office = %(office)s) AND (%(all)s OR answered_on IS NULL)
    ORDER BY received_on, request_no"""


class Request(NamedTuple):
    """What a person asked an office, and what was answered; `late` where that was, or still is, too late."""

    request_no: int
    office: str
    reference: str
    what: What
    received_on: date
    answer_due_on: date
    late: bool
    answered_on: date | None
    answered_by: str | None
    answer: str | None


def due_on(received_on: date) -> date:
    """Return the day by which a request of that day is to be answered."""
    return calendar("vn").add(received_on, _WORKING_DAYS)


def note(
    own: psycopg.Connection[Any], *, office: str, reference: str, what: What, received_on: date, actor: str
) -> int:
    """Note what a person asks; return its number."""
    (number,) = own.execute(_NOTE, [office, reference, what, received_on, actor]).fetchall()[0]
    return int(number)


def answer(own: psycopg.Connection[Any], *, number: int, on: date, actor: str, answer: str) -> None:
    """Note what was answered, once. Raises Refused where there is no such request, or it has its answer."""
    asked = {"number": number, "on": on, "actor": actor, "answer": answer}
    if own.execute(_ANSWER, asked).fetchone() is not None:
        return
    row = own.execute(_FIND, [number]).fetchone()
    if row is None:
        raise Refused("request-not-found", f"there is no request {number}: see `auctions persons requests`")
    received_on, answered_on = row
    if answered_on is None:
        raise Refused("answer-before-request", f"request {number} came on {received_on}, after {on}")
    raise Refused(
        "request-answered", f"request {number} was answered on {answered_on}, and keeps that answer"
    )


def requests(
    own: psycopg.Connection[Any], today: date, *, office: str | None = None, answered_too: bool = False
) -> list[Request]:
    """Return what waits for an answer, at an office or at all, the first due first; or the answered too."""
    rows = own.execute(_LIST, {"office": office, "all": answered_too})
    return [_request(row, today) for row in rows]


def _request(row: tuple[Any, ...], today: date) -> Request:
    number, office, reference, what, received_on, answered_on, *answered = row
    due = due_on(received_on)
    late = (answered_on or today) > due
    return Request(number, office, reference, what, received_on, due, late, answered_on, *answered)
