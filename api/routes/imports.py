"""Registers sent in: a file in the journal form, imported while its sender does something else."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from psycopg import OperationalError
from pydantic import Field, TypeAdapter
from starlette.responses import StreamingResponse

from api import cursor
from api.answers import JSON
from api.exports import disposition
from api.idempotency import IdempotencyKey
from api.importing import MOST_BYTES, Imports
from api.list_files import CSV, CsvFile
from api.lists import page
from api.models_of_imports import ImportAnswer, ImportPage, ImportState, RowProblem
from api.problems import Problem
from api.questions import Cursor, Limit, Nothing, Word
from api.register_files import SENT, suffix
from api.sent_in import Importer, found, import_id, kept_import, problem_rows, sent_registers
from api.streamed import Streamed
from api.streams import EVENT, HEARTBEAT, MEDIA_TYPE, Streams
from api.uploads import upload
from api.who import FRESH
from auctions.application.recording import Actor

router = APIRouter(prefix="/v1/imports", tags=["imports"])

_MODES = {"all_or_nothing": "all-or-nothing", "quarantine": "quarantine"}
_FOLLOWED: dict[int | str, dict[str, Any]] = {
    200: {"description": "Server-sent events", "content": {MEDIA_TYPE: {"schema": EVENT}}}
}
_LOOK, _FOLLOWING, _AT_A_TIME = 0.5, 600.0, 500
_NUMBER = TypeAdapter(tuple[cursor.Number])
_TURN = TypeAdapter(tuple[Annotated[int, Field(ge=1, lt=2**63)]])
_WRITTEN: dict[int | str, dict[str, Any]] = {
    200: {"description": "CSV, a row a problem", "content": {CSV: {"schema": {"type": "string"}}}}
}


class SentIn(Nothing):
    """What the register is called, and what becomes of it where rows are refused."""

    filename: Word
    mode: Literal["all_or_nothing", "quarantine"] = "all_or_nothing"
    dry_run: bool = False


class Paged(Nothing):
    """Which page of registers or of problems to tell."""

    cursor: Cursor | None = None
    limit: Limit = 50


@router.post("", status_code=202, response_model=ImportState, openapi_extra=SENT)
async def send_import(
    request: Request, asked: Annotated[SentIn, Query()], by: Importer, key: IdempotencyKey
) -> Response:
    """Send a register in, at most 64 MiB; it is imported in its turn. Sent again it is the same import."""
    sent_as = import_id(key, by)
    mode = "dry-run" if asked.dry_run else _MODES[asked.mode]
    imports: Imports = request.app.state.imports
    if imports.uploads.locked():
        raise Problem("too-busy", "others send in as much: try again soon")
    async with imports.uploads, upload(request, MOST_BYTES) as body:
        sent = kept_import(sent_as, by, mode, asked.filename, suffix(request))
        await imports.keep(sent, body)
    return await _accepted(request, sent_as, by)


@router.get("", response_model=ImportPage)
async def list_imports(request: Request, asked: Annotated[Paged, Query()], by: Importer) -> Response:
    """List the registers that the own office has sent in, the last first, each with how far it is."""
    before = (cursor.decoded(asked.cursor, _TURN) or (None,))[0]
    rows = await sent_registers(request, by, before, asked.limit + 1)
    return Response(page({}, rows, asked.limit), headers=FRESH, media_type=JSON)


@router.get("/{import_id}", response_model=ImportAnswer)
async def show_import(
    request: Request, import_id: UUID, asked: Annotated[Paged, Query()], by: Importer
) -> Response:
    """Tell how far an import is, and a page of what was wrong once it has ended."""
    after = cursor.decoded(asked.cursor, _NUMBER) or (0,)
    state = await found(request, import_id, by)
    rows = await problem_rows(request, import_id, after[0], asked.limit + 1)
    return Response(page(state, rows, asked.limit, b"problems"), headers=FRESH, media_type=JSON)


@router.get("/{import_id}/problems.csv", response_class=Response, responses=_WRITTEN)
async def write_problems_as_csv(
    request: Request, import_id: UUID, _: Annotated[Nothing, Query()], by: Importer
) -> Response:
    """Write all that was wrong with an import as CSV, by row; a text that a sheet would run is harmless."""
    state, form = await found(request, import_id, by), CsvFile(list(RowProblem.model_fields))
    headers = disposition(f"{state['filename']}-problems.csv")
    return Streamed(
        _problems(request, import_id, form),
        AsyncExitStack(),
        seconds=_FOLLOWING,
        media_type=CSV,
        headers=FRESH | headers,
    )


@router.get("/{import_id}/events", response_class=StreamingResponse, responses=_FOLLOWED)
async def follow_import(
    request: Request, import_id: UUID, _: Annotated[Nothing, Query()], by: Importer
) -> Response:
    """Tell each change of an import's state as an event `import`, until it ends, for ten minutes at most."""
    streams: Streams = request.app.state.streams
    await found(request, import_id, by)
    following = AsyncExitStack()
    following.enter_context(streams.one(request.client.host if request.client else ""))
    return Streamed(
        _events(request, import_id, by),
        following,
        seconds=_FOLLOWING + HEARTBEAT,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.delete("/{import_id}", status_code=202, response_model=ImportState)
async def cancel_import(
    request: Request, import_id: UUID, _: Annotated[Nothing, Query()], by: Importer
) -> Response:
    """Cancel an import: of an all-or-nothing one nothing is recorded, of another one whole batches are."""
    state = await found(request, import_id, by)
    if state["ended_at"] and state["state"] != "cancelled":
        raise Problem("import-ended", f"the import is {state['state']}: what it recorded is recorded")
    await request.app.state.imports.cancel(import_id)
    return await _accepted(request, import_id, by)


async def _accepted(request: Request, import_id: UUID, by: Actor) -> Response:
    told = orjson.dumps(await found(request, import_id, by), option=orjson.OPT_UTC_Z)
    return Response(told, 202, {"Location": f"/v1/imports/{import_id}"}, JSON)


async def _problems(request: Request, import_id: UUID, form: CsvFile) -> AsyncIterator[bytes]:
    yield form.begin()
    after = 0
    while rows := await problem_rows(request, import_id, after, _AT_A_TIME):
        yield form.rows(rows)
        after = rows[-1][0]


async def _events(request: Request, import_id: UUID, by: Actor) -> AsyncIterator[bytes]:
    streams: Streams = request.app.state.streams
    told, since, until = b"", 0.0, time.monotonic() + _FOLLOWING
    while time.monotonic() < until and not streams.head.ended:
        try:
            state = await found(request, import_id, by)
        except OperationalError:
            return  # who follows asks anew
        data = orjson.dumps(state, option=orjson.OPT_UTC_Z)
        if data != told or time.monotonic() > since + HEARTBEAT:
            yield b"event: import\ndata: %b\n\n" % data if data != told else b":\n\n"
            told, since = data, time.monotonic()
        if state["ended_at"]:
            return
        await asyncio.sleep(_LOOK)
