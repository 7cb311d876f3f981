"""Rows that imports set aside: listed with the reasons, mended, tried again."""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter, ValidationError

from api import cursor
from api.answers import JSON
from api.body_faults import body_fault
from api.idempotency import KEY, IdempotencyKey
from api.importing import Imports
from api.lists import page
from api.models_of_imports import ImportAnswer, Quarantined, QuarantinePage, Retry
from api.problems import Fault, Problem
from api.questions import Cursor, Limit, Nothing
from api.sent_in import Importer, found, import_id, kept_import, problem_rows, waiting_rows
from api.uploads import upload
from api.who import FRESH

router = APIRouter(prefix="/v1/quarantine", tags=["imports"])

_MOST_BYTES = 1 << 20
_PROBLEMS = 200
_KEYS = TypeAdapter(tuple[str, int, UUID])
_MENDED = {
    "parameters": [KEY],
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": Retry.model_json_schema(), "example": {"cells": {"value": "3000000000"}}}
        },
    },
}


class Waiting(Nothing):
    """Which page of the rows that wait to list."""

    cursor: Cursor | None = None
    limit: Limit = 50


@router.get("", response_model=QuarantinePage)
async def list_quarantine(request: Request, asked: Annotated[Waiting, Query()], by: Importer) -> Response:
    """List the rows that wait, in the order of their files, each with its cells and what was wrong."""
    after = cursor.decoded(asked.cursor, _KEYS)
    rows = await waiting_rows(request, by, after, asked.limit + 1)
    return Response(page({}, rows, asked.limit), headers=FRESH, media_type=JSON)


@router.get("/{quarantine_id}", response_model=Quarantined)
async def show_waiting_row(
    request: Request, quarantine_id: UUID, _: Annotated[Nothing, Query()], by: Importer
) -> Response:
    """Tell a row that waits: its cells and what was wrong."""
    rows = await waiting_rows(request, by, None, 1, quarantine_id)
    if not rows:
        raise Problem("row-not-found", f"no row {quarantine_id} waits")
    return Response(rows[0][-1], headers=FRESH, media_type=JSON)


@router.post("/{quarantine_id}/retries", response_model=ImportAnswer, openapi_extra=_MENDED)
async def retry_row(
    request: Request, quarantine_id: UUID, _: Annotated[Nothing, Query()], by: Importer, key: IdempotencyKey
) -> Response:
    """Try a row again, mended by the cells sent; one that is recorded waits no more. Sent again: the same."""
    tried_as = import_id(key, by)
    async with upload(request, _MOST_BYTES) as body:
        asked = _mended(body.file.read())
    imports: Imports = request.app.state.imports
    await imports.retry(kept_import(tried_as, by, "retry", "quarantine"), quarantine_id, asked.cells)
    rows = await problem_rows(request, tried_as, 0, _PROBLEMS + 1)
    return Response(page(await found(request, tried_as, by), rows, _PROBLEMS, b"problems"), media_type=JSON)


def _mended(body: bytes) -> Retry:
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        expected = 'JSON is expected, such as {"cells": {"value": "3000000000"}}'
        raise Problem("body-refused", expected, [Fault(None, "wrong-json", expected)]) from error
    try:
        return Retry.model_validate(given)
    except ValidationError as error:
        faults = [body_fault(each, given) for each in error.errors()]
        raise Problem("body-refused", "not as expected", faults) from error
