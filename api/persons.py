"""Persons as the routes ask for them: shown and noted, entered, erased; and who may which."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, LiteralString

from fastapi import Depends
from starlette.requests import Request

from api.database import connected
from api.problems import REQUEST_ID, Fault, Problem
from api.seen import sees_parties
from api.who import FRESH, Recorder, Who
from auctions.domain.errors import Refused
from auctions.domain.person import Person
from auctions.domain.roles import Role
from auctions.store import persons
from projections.timeline import Row

Shown = tuple[Person, datetime]
"""A person, and when it was entered."""


async def keeper(by: Recorder) -> Who:
    """Return who enters persons: coordinators and supervisors, for their own office."""
    if not by.office:
        raise Problem("not-allowed", "a key for an office is expected, which keeps the person")
    return by


async def eraser(by: Annotated[Who, Depends(keeper)]) -> Who:
    """Return who erases persons: supervisors, those of their own office."""
    if by.role != Role.SUPERVISOR:
        raise Problem("not-allowed", "only supervisors erase persons")
    return by


Keeper = Annotated[Who, Depends(keeper)]
Eraser = Annotated[Who, Depends(eraser)]


def office_asked(asked: str | None, who: Who) -> str:
    """Return the office whose person is asked for. Raises Problem, the same for every reference."""
    office = asked or who.office
    if not office:
        expected = "the office that keeps the person is expected"
        raise Problem("parameter-refused", expected, [Fault("office", "missing", expected)])
    if not sees_parties(who, office):
        raise Problem("person-not-found", "only persons of the own office are shown", headers=FRESH)
    return office


async def show(request: Request, office: str, reference: str, who: Who, reason: str | None) -> Shown:
    """Return a person of an office after noting who is shown it. Raises Problem where there is none."""
    note = {"actor": who.actor, "actor_office": who.office, "role": who.role, "reason": reason}
    asked = {"office": office, "reference": reference, "request_id": request.scope[REQUEST_ID], **note}
    master = _master(request)
    row = await _row(request, persons.READ, asked)
    with _told():
        kept = persons.Kept(*persons.there(row, reference))
        return persons.shown(master, kept), kept.made_at


async def enter(request: Request, reference: str, person: Person, by: Who) -> None:
    """Keep a person at the office of who enters it. Raises Problem where that reference was erased."""
    asked = persons.sealed(_master(request), by.office, reference, person)
    row = await _row(request, persons.ENTER, {**asked, "actor": by.actor})
    with _told():
        persons.not_erased(row, reference)


async def erase(request: Request, reference: str, reason: str, by: Who) -> None:
    """Erase a person of the office of who erases it. Raises Problem where the office keeps none."""
    asked = {"office": by.office, "reference": reference, "actor": by.actor, "reason": reason}
    row = await _row(request, persons.ERASE, asked)
    with _told():
        persons.there(row, reference)


async def reads(request: Request, office: str, reference: str, after: int, limit: int) -> Sequence[Row]:
    """Return who was shown a person, after a number: it and its JSON. Raises Problem where there is none."""
    asked = {"office": office, "reference": reference, "after": after, "limit": limit}
    row = await _row(request, persons.FIND, asked)
    with _told():
        persons.there(row, reference)
    async with connected(request.app) as own:
        return await (await own.execute(persons.READS, asked)).fetchall()


def _master(request: Request) -> bytes:
    master: bytes | None = request.app.state.persons_key
    if master is None:
        raise Problem("persons-not-kept", "no key for persons is configured", headers=FRESH)
    return master


async def _row(request: Request, statement: LiteralString, asked: dict[str, Any]) -> Row | None:
    async with connected(request.app) as own:
        return await (await own.execute(statement, asked)).fetchone()


@contextmanager
def _told() -> Iterator[None]:
    """Tell what is refused as the problem of that code."""
    try:
        yield
    except Refused as error:
        raise Problem(error.code, error.message, headers=FRESH) from error
