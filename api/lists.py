"""Lists out of read models: as bytes, under a tag that tells what they were made of."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api import answers, cursor
from api.database import Connection, Place, connected, tracked
from api.positions import Positions
from api.problems import Problem
from api.questions import Timed
from api.times import Told, read_models_reach
from projections.timeline import Row

Asked = tuple[str, dict[str, Any]]
"""SQL and its parameters."""


async def listed(
    request: Request,
    name: str,
    times: tuple[Timed, Told],
    asked: Asked,
    told: Callable[[int, Sequence[Row]], Awaitable[bytes]],
    *,
    tag: str = "",
    media_type: str = answers.JSON,
) -> Response:
    """Return what `told` makes of the position and the rows asked for of a read model, or 304.

    `tag` names what else the answer depends on. Raises Problem `not-ready` before the read model is built.
    """
    query, params = asked
    await read_models_reach(request.app, [name], times[0], times[1].known_at)
    positions: Positions = request.app.state.positions
    async with connected(request.app) as connection:
        place = positions.of([name]) or await _place(connection, name)
        position = place.position if times[1].known_at is None else times[1].known_at
        etag = f'"p{position}-{tag}{place.version}"'
        if answers.kept(request.headers.get("if-none-match"), etag):
            return answers.unchanged(etag, position)
        rows = await (await connection.execute(query.encode(), params)).fetchall()
    return answers.sent(await told(position, rows), etag, position, media_type)


def page(head: Mapping[str, object], rows: Sequence[Row], limit: int, name: bytes = b"items") -> bytes:
    """Return a page's JSON: the fields of `head`, up to `limit` items, the cursor where more rows follow.

    A row is the columns of its key, then its item's JSON; the items stand under `name`.
    """
    shown = rows[:limit]
    following = cursor.encoded(shown[-1][:-1]) if len(rows) > limit else None
    items = ",".join(row[-1] for row in shown).encode()
    told = orjson.dumps(head, option=orjson.OPT_UTC_Z)[:-1]
    comma = b"," if head else b""
    return b'%b%b"%b":[%b],"next":%b}' % (told, comma, name, items, orjson.dumps(following))


def whole(head: Mapping[str, object], rows: Sequence[Row]) -> bytes:
    """Return the JSON of a list that has no pages: the fields of `head`, then the items.

    A row ends with its item's JSON.
    """
    items = ",".join(row[-1] for row in rows).encode()
    return b'%b,"items":[%b]}' % (orjson.dumps(head)[:-1], items)


async def _place(connection: Connection, name: str) -> Place:
    found = await tracked(connection)
    if name not in found:
        raise Problem("not-ready", f"the read model {name} is not built yet: see /readyz")
    return found[name]
