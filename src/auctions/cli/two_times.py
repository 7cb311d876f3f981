"""The two times of a question: --as-of, the legal day it is about, and --known-at, what was known when."""

import re
from datetime import date, datetime, time
from typing import Annotated, Any

import psycopg
import typer

from auctions.application.recording import today
from auctions.domain.days import VIETNAM
from projections import log
from projections.times import Times

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def written_day(text: str) -> datetime:
    """Return the day that is written; anything else is wrong use."""
    try:
        if _DAY.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"{text} is no day: expected one such as 2026-03-31")


AsOf = Annotated[
    datetime | None,
    typer.Option(
        parser=written_day,
        metavar="DAY",
        help="As things stood at the end of this legal day, such as 2026-03-31.",
        show_default="today",
    ),
]
KnownAt = Annotated[
    str | None,
    typer.Option(
        metavar="POSITION|TIME",
        help="As was known then: a position of the log, a day (its end) or a time such as "
        "2026-03-31T17:00+07:00.",
        show_default="all that is known",
    ),
]
Knowledges = Annotated[
    tuple[str, str],
    typer.Option(
        "--known-at",
        metavar="EARLIER LATER",
        help="The two knowledges: positions of the log, days (their ends) or times.",
    ),
]


def day(as_of: datetime | None) -> date | None:
    """Return the legal day that --as-of names; one that has not come is wrong use."""
    if as_of and as_of.date() > today():
        raise typer.BadParameter(f"{as_of.date()} has not come yet: today is {today()}")
    return as_of.date() if as_of else None


def known(reader: psycopg.Connection[Any], known_at: str | None) -> int | None:
    """Return the position that --known-at names; one that has not come is wrong use."""
    if known_at is None:
        return None
    if re.fullmatch(r"\d{1,18}", known_at, re.ASCII):
        position = int(known_at)
        if position > (head := log.head(reader)):
            raise typer.BadParameter(f"position {position} has not come yet: the log is at {head}")
        return log.whole_commands(reader, position)
    moment = _moment(known_at)
    if moment > datetime.now(VIETNAM):
        raise typer.BadParameter(f"{known_at} has not come yet")
    return log.position_at(reader, moment)


def both_known(reader: psycopg.Connection[Any], known_at: tuple[str, str]) -> tuple[int, int]:
    """Return the positions of two knowledges; the later one first is wrong use."""
    earlier, later = (known(reader, text) or 0 for text in known_at)
    if earlier > later:
        raise typer.BadParameter(f"position {earlier} is after {later}: expected the earlier one first")
    return earlier, later


def _moment(text: str) -> datetime:
    try:
        if _DAY.fullmatch(text):
            end = datetime.combine(date.fromisoformat(text), time.max, VIETNAM)
            return min(end, datetime.now(VIETNAM)) if end.date() == today() else end
        moment = datetime.fromisoformat(text)
    except ValueError:
        expected = "expected a position of the log, or 2026-03-31, or 2026-03-31T17:00+07:00"
        raise typer.BadParameter(f"{text} is no time of knowledge: {expected}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def asked_times(reader: psycopg.Connection[Any], as_of: datetime | None, known_at: str | None) -> Times:
    """Return the two times that the options name; today is asked for as the present."""
    until = day(as_of)
    return Times(None if until == today() else until, known(reader, known_at))
