"""Lists written out whole: one transaction each, sent as they are read, in flat memory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from functools import partial
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from api import answers
from api.database import Place
from api.holding import held
from api.list_files import (
    CSV,
    GEOJSON,
    JSON_LINES,
    CsvFile,
    GeoJson,
    JsonLines,
    ListFile,
    Row,
    pieces,
    written,
)
from api.list_xlsx import XLSX, TooManyRows, write_list_xlsx
from api.problems import Fault, Problem
from api.questions import Timed
from api.streamed import Streamed
from api.times import Told, read_models_reach
from api.working import Working

AT_ONCE = 4
"""Exports under way at once."""
_SECONDS = 600
"""For how long an export may be read: it keeps read models from being swapped."""
_CHUNK = 1 << 16

Head = Mapping[str, object]


class Export(NamedTuple):
    """What is written out: the file's name, the read models, the query, and the columns of a table."""

    name: str
    read: Sequence[str]
    query: tuple[str, dict[str, Any]]
    columns: Sequence[str]
    tag: str


_MAKERS: dict[str, Callable[[Export, Head], ListFile]] = {
    CSV: lambda export, _head: CsvFile(export.columns),
    JSON_LINES: lambda _export, _head: JsonLines(),
    GEOJSON: lambda _export, head: GeoJson(head),
}
_SUFFIXES = {CSV: "csv", JSON_LINES: "jsonl", GEOJSON: "geojson", XLSX: "xlsx"}


async def exported(request: Request, asked: Timed, told: Told, export: Export, media_type: str) -> Response:
    """Return a list as a file of a media type, or 304. Raises Problem, psycopg.Error, before it is begun."""
    await read_models_reach(request.app, export.read, asked, told.known_at)
    working: Working = request.app.state.exports
    async with AsyncExitStack() as lent:
        connection = await lent.enter_async_context(working.lent())
        place = await to_thread.run_sync(held, connection, export.read, told.known_at)
        position = place.position if told.known_at is None else told.known_at
        etag, caching = _etag(told, export, place), answers.FOR_EVER if told.pinned else answers.REVALIDATED
        if answers.kept(request.headers.get("if-none-match"), etag):
            return answers.unchanged(etag, position, caching)
        name = f"{export.name}-{told.day}-{position}.{_SUFFIXES[media_type]}"
        headers = {"etag": etag, "position": str(position), "cache-control": caching} | disposition(name)
        rows = pieces(connection, export.query)
        if media_type == XLSX:
            answer: Response = await _spooled(export, rows, headers)
        else:
            head = {"as_of": told.day, "known_at": position, "position": position}
            file = written(_MAKERS[media_type](export, head), rows)
            begun = await to_thread.run_sync(partial(next, file))
            answer = Streamed(
                _from(begun, file),
                lent.pop_all(),
                seconds=_SECONDS,
                media_type=media_type,
                headers=headers,
            )
    return answer


async def _spooled(export: Export, rows: Iterator[Sequence[Row]], headers: dict[str, str]) -> Response:
    sheet = await to_thread.run_sync(_sheet, export, rows)
    held = AsyncExitStack()
    held.enter_context(sheet)
    about = headers | {"content-length": str(sheet.seek(0, 2))}
    return Streamed(_read(sheet), held, seconds=_SECONDS, media_type=XLSX, headers=about)


def disposition(name: str) -> dict[str, str]:
    """Return the header that has a browser save an answer under a name (RFC 6266)."""
    quoted = quote(name, safe="")
    told = f'filename="{name}"' if quoted == name else f"filename*=UTF-8''{quoted}"
    return {"content-disposition": f"attachment; {told}"}


def _etag(told: Told, export: Export, place: Place) -> str:
    if told.known_at is not None:
        return f'"p{told.known_at}-{told.day}-{export.tag}"'
    return f'"p{place.position}-{told.day}-{export.tag}-{place.version}"'


def _from(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _sheet(export: Export, rows: Iterator[Sequence[Row]]) -> BinaryIO:
    """Return an open file without a name, gone when it is closed."""
    with ExitStack() as closing:
        sheet: BinaryIO = closing.enter_context(TemporaryFile())
        try:
            write_list_xlsx(sheet, export.name, export.columns, rows)
        except TooManyRows as error:
            fault = Fault("path", "too-many-rows", str(error))
            raise Problem("parameter-refused", str(error), [fault]) from error
        closing.pop_all()
    return sheet


def _read(sheet: BinaryIO) -> Iterator[bytes]:
    sheet.seek(0)
    while chunk := sheet.read(_CHUNK):
        yield chunk
