"""The front door of commands: one in good order, by a key, need not go the way of all others."""

import re
from typing import NamedTuple
from uuid import UUID

from pydantic import ValidationError
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.bodies import bounded_body, is_json
from api.front import PATH as ASSETS
from api.front import ROUTE
from api.nouns import NOUNS
from api.problems import REQUEST_ID, answered
from api.recorded import recorded_answer
from api.recording import Recording
from api.together import Key
from auctions.application.recording import Actor, Asked
from auctions.domain.asset.events import ENTRIES, AssetEntry, EntryStruck, Seized, asset_id
from auctions.store.keys import parted

_CLASSES: dict[str | None, type[AssetEntry]] = {
    None: Seized,
    **{noun: ENTRIES[name] for name, noun in NOUNS.items() if name != EntryStruck.entry_name()},
}
"""By the noun; strikes go on to the routes, which tell who approves them."""
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PATH = re.compile(f"{ASSETS}(?:/({_UUID})/([a-z-]+))?")
_KEY = re.compile(_UUID)
_VERSION = re.compile(r'"v(\d{1,9})"')
_NOBODY = Actor("", "")


class Ordered(NamedTuple):
    """A command in good order, but for its body."""

    noun: str | None
    stream_id: UUID | None
    expected: int | None
    command_id: UUID
    key: Key
    length: int
    """Bytes that are announced of the body, 0 where none are."""


class CommandFront:
    """ASGI middleware around the routes: what it does not record goes on to them, who tell why."""

    def __init__(self, app: ASGIApp, recording: Recording) -> None:
        """Take the application inside, and where commands are recorded."""
        self._app, self._recording = app, recording

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        ordered = _ordered(scope) if scope["type"] == "http" and scope["method"] == "POST" else None
        if ordered is None:
            await self._app(scope, receive, send)
            return
        try:
            body = await bounded_body(receive, ordered.length)
            asked = _asked(ordered, body, scope[REQUEST_ID])
            outcome = asked and await self._recording.recorded_by_key(ordered.key, asked)
        except Exception as error:
            told = await answered(Request(scope, receive), error)
            if told is None:
                raise
            await told(scope, receive, send)
            return
        if asked and outcome:
            scope[ROUTE] = f"{ASSETS}/{{asset_id}}/{ordered.noun}" if ordered.noun else ASSETS
            await recorded_answer(asked.stream_id, outcome)(scope, receive, send)
        else:
            await self._app(scope, _again(body, receive), send)


def _ordered(scope: Scope) -> Ordered | None:
    at = None if scope["query_string"] else _PATH.fullmatch(scope["path"])
    if at is None or at[2] not in _CLASSES:
        return None
    headers = dict(reversed(scope["headers"]))
    if b"prefer" in headers or not is_json(headers.get(b"content-type", b"").decode("latin-1")):
        return None
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    key = parted(token) if scheme == "Bearer" else None
    command_id = _KEY.fullmatch(headers.get(b"idempotency-key", b"").decode("latin-1"))
    version = _VERSION.fullmatch(headers.get(b"if-match", b"").decode("latin-1"))
    if key is None or command_id is None or bool(at[1]) is not bool(version):
        return None
    stream_id, expected = (UUID(at[1]), int(version[1])) if version else (None, None)
    length = int(headers.get(b"content-length", 0))
    return Ordered(at[2], stream_id, expected, UUID(command_id[0]), key, length)


def _asked(ordered: Ordered, body: bytes, request_id: str) -> Asked | None:
    try:
        entry = _CLASSES[ordered.noun].model_validate_json(body)
    except ValidationError:
        return None
    begun = asset_id(entry.office, entry.asset_ref) if isinstance(entry, Seized) else None
    stream_id = ordered.stream_id or begun
    if stream_id is None:
        return None
    command_id, expected = ordered.command_id, ordered.expected
    return Asked(
        stream_id, (entry,), _NOBODY, command_id, expected=expected, own_only=True, request_id=request_id
    )


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what receives a body that was received before, and then what comes after it."""
    before: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return before.pop() if before else await receive()

    return received
