"""Lists out of read models: as bytes, under a tag that tells what they were made of."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import orjson
from fastapi import Request, Response

from api import answers, cursor
from api.database import Connection, connected, places
from api.problems import Problem
from projections.projection import Projection, Row

Asked = tuple[str, dict[str, Any]]
"""SQL and its parameters."""


async def listed(
    request: Request,
    model: Projection,
    asked: Asked,
    told: Callable[[int, Sequence[Row]], Awaitable[bytes]],
    *,
    tag: str = "",
    media_type: str = answers.JSON,
) -> Response:
    """Return what `told` makes of the read model's position and the rows asked for, or 304.

    `tag` names what else the answer depends on. Raises Problem `not-ready` before the read model is built.
    """
    query, params = asked
    async with connected(request.app) as connection:
        position = await _position(connection, model)
        etag = f'"p{position}-{tag}{model.fingerprint}"'
        if answers.kept(request, etag):
            return answers.unchanged(etag, position)
        rows = await (await connection.execute(query.encode(), params)).fetchall()
    return answers.sent(await told(position, rows), etag, position, media_type)


def page(head: Mapping[str, object], rows: Sequence[Row], limit: int) -> bytes:
    """Return a page's JSON: the fields of `head`, up to `limit` items, the cursor where more rows follow.

    A row is the columns of its key, then its item's JSON.
    """
    shown = rows[:limit]
    following = cursor.encoded(shown[-1][:-1]) if len(rows) > limit else None
    items = ",".join(row[-1] for row in shown).encode()
    return b'%b,"items":[%b],"next":%b}' % (orjson.dumps(head)[:-1], items, orjson.dumps(following))


async def _position(connection: Connection, model: Projection) -> int:
    found = await places(connection, [model.name])
    if model.name not in found:
        raise Problem("not-ready", f"the read model {model.name} is not built yet: see /readyz")
    return found[model.name].position
