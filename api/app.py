"""The HTTP application."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response

from api.asset_pages import MEMORY, AssetPages
from api.connections import Connections
from api.database import pool
from api.declining import Declines
from api.exports import AT_ONCE
from api.frame import Frame
from api.front import Front
from api.front_commands import CommandFront
from api.head import Head
from api.importing import Imports
from api.listening import ended
from api.memory import Memory
from api.models import ProblemAnswer
from api.pages.routes import PAGES
from api.pages.unrouted import unrouted
from api.passwords import Passwords
from api.positions import PATIENCE, Positions
from api.problems import HANDLERS, MEDIA_TYPE
from api.provider import Provider
from api.rates import Rates
from api.recording import Recording
from api.routes import (
    accounts,
    assets,
    changes,
    closes,
    commands,
    communes,
    decline,
    docs,
    dossiers,
    evidence,
    exports,
    findings,
    health,
    imports,
    keys,
    ladders,
    late_entries,
    laws,
    limits,
    lots,
    next_actions,
    persons,
    plans,
    problems,
    quarantine,
    read_models,
    replays,
    restatements,
    sign_in,
    strike_proposals,
)
from api.streams import Streams
from api.watching import Watch
from api.working import Working

_ROUTES = (
    *(
        assets,
        communes,
        ladders,
        exports,
        commands,
        strike_proposals,
        lots,
        plans,
        replays,
        dossiers,
        restatements,
        decline,
    ),
    *(findings, late_entries, limits, next_actions, laws, closes),
    *(imports, quarantine, persons, changes, evidence, sign_in, accounts, keys, read_models),
    *(health, docs, problems),
)
_PROBLEM = {
    "description": "A problem (RFC 9457)",
    "content": {MEDIA_TYPE: {"schema": ProblemAnswer.model_json_schema()}},
}


def create_app(
    url: str,
    *,
    patience: float = PATIENCE,
    memory: int = MEMORY,
    watches: Sequence[Watch] = (),
    rate: int = 0,
    provider: Provider | None = None,
    persons_key: bytes | None = None,
    evidence_folder: Path | None = None,
) -> FastAPI:
    """Return the application that answers from the database at `url`, reached when it starts.

    `patience` is for how many seconds an answer waits until a read model has read far enough, `memory` how
    many bytes of pages are kept, `watches` are told of every request that is over. `rate` is
    how many requests a second one address may send, 0 any number, `provider` whose
    tokens are taken and where people sign in, `persons_key` seals the keys of persons,
    and in `evidence_folder` the log is signed.
    """
    connections, positions, recording = Connections(url), Positions(url, patience), Recording(url)
    head, imported = Head(url), Imports(url)
    pages = AssetPages(connections, positions, memory)

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        async with pool(url) as app.state.pool, _listening(positions), head.heard(), imported.at_work():
            yield
        await connections.close()
        await recording.close()
        if provider:
            await provider.close()

    app = FastAPI(
        title="auctions",
        summary="Assets that courts seize and auction: what remains unsold, and how value declined.",
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation,
        lifespan=opened,
        middleware=[
            Middleware(Frame, watches=watches),
            Middleware(Rates, rate=rate),
            Middleware(Front, pages=pages),
            Middleware(CommandFront, recording=recording),
        ],
        exception_handlers=HANDLERS | {HTTPException: unrouted},
        responses={"default": _PROBLEM},
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
    )
    app.state.positions, app.state.asset_pages, app.state.working = positions, pages, Working(url)
    app.state.declines, app.state.recording = Declines(memory // 4), recording
    app.state.change_pages = Memory[Response](memory // 4)
    app.state.streams, app.state.imports = Streams(head), imported
    app.state.exports, app.state.provider = Working(url, AT_ONCE), provider
    app.state.persons_key, app.state.evidence = persons_key, evidence_folder
    app.state.passwords = Passwords()
    for routes in (*_ROUTES, *PAGES):
        app.include_router(routes.router)
    return app


@asynccontextmanager
async def _listening(positions: Positions) -> AsyncIterator[None]:
    listening = asyncio.create_task(positions.listen())
    try:
        yield
    finally:
        await ended(listening)


def _operation(route: APIRoute) -> str:
    return route.name
