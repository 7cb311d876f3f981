"""Persons: who stands behind a reference, shown to those who may, entered and erased by the office."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import TypeAdapter

from api import cursor, persons
from api.answers import JSON
from api.bodies import json_body
from api.command_forms import parsed, schema
from api.examples import PERSON
from api.lists import page
from api.models_of_persons import PersonAnswer, PersonReadPage
from api.questions import Cursor, Limit, Nothing, Word
from api.who import FRESH, Auditor, Insider
from auctions.domain.event import Reference
from auctions.domain.person import Person

router = APIRouter(prefix="/v1", tags=["persons"])

_PERSON: dict[str, Any] = {
    "requestBody": {"required": True, "content": {JSON: {"schema": schema(Person), "example": PERSON}}}
}
_NUMBER = TypeAdapter(tuple[cursor.Number])

Ref = Annotated[Reference, Path(description="As entries name the person; it may hold slashes.")]


class OfOffice(Nothing):
    """The office that keeps the person: the asker's own by default."""

    office: Word | None = None


class Reading(OfOffice):
    """Whose person is shown, and why."""

    reason: Word | None = None


class Reads(OfOffice):
    """Whose person was shown, and which page of it."""

    cursor: Cursor | None = None
    limit: Limit = 50


class Erasing(Nothing):
    """Why a person is erased; no name."""

    reason: Word


@router.get("/person-reads/{reference:path}", response_model=PersonReadPage)
async def list_person_reads(
    request: Request, reference: Ref, asked: Annotated[Reads, Query()], who: Auditor
) -> Response:
    """List to whom a person was shown, when and why, also after it was erased."""
    after = cursor.decoded(asked.cursor, _NUMBER) or (0,)
    office = persons.office_asked(asked.office, who)
    rows = await persons.reads(request, office, reference, after[0], asked.limit + 1)
    return Response(page({}, rows, asked.limit), 200, FRESH, JSON)


@router.get("/persons/{reference:path}", response_model=PersonAnswer)
async def show_person(
    request: Request, reference: Ref, asked: Annotated[Reading, Query()], who: Insider
) -> Response:
    """Tell who stands behind a reference of an office; to whom it is told is noted before."""
    office = persons.office_asked(asked.office, who)
    person, made_at = await persons.show(request, office, reference, who, asked.reason)
    told = PersonAnswer(office=office, reference=reference, made_at=made_at, **person.model_dump())
    return Response(told.model_dump_json(), 200, FRESH, JSON)


@router.put("/persons/{reference:path}", status_code=204, openapi_extra=_PERSON)
async def enter_person(
    request: Request, reference: Ref, _: Annotated[Nothing, Query()], by: persons.Keeper
) -> Response:
    """Enter who stands behind a reference of the own office, or enter it anew; one erased stays so."""
    await persons.enter(request, reference, parsed(Person, await json_body(request)), by)
    return Response(status_code=204)


@router.delete("/persons/{reference:path}", status_code=204)
async def erase_person(
    request: Request, reference: Ref, asked: Annotated[Erasing, Query()], by: persons.Eraser
) -> Response:
    """Erase a person of the own office for good: name, numbers, key. Entries keep the reference."""
    await persons.erase(request, reference, asked.reason, by)
    return Response(status_code=204)
