"""The HTTP application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware

from api.database import pool
from api.frame import Frame
from api.models import ProblemAnswer
from api.problems import HANDLERS, MEDIA_TYPE
from api.routes import assets, findings, health, next_actions, plans

_PROBLEM = {
    "description": "A problem (RFC 9457)",
    "content": {MEDIA_TYPE: {"schema": ProblemAnswer.model_json_schema()}},
}


def create_app(url: str) -> FastAPI:
    """Return the application that answers from the database at `url`, reached when it starts."""

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        async with pool(url) as app.state.pool:
            yield

    app = FastAPI(
        title="auctions",
        summary="Assets that courts seize and auction: what remains unsold, and how value declined.",
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation,
        lifespan=opened,
        middleware=[Middleware(Frame)],
        exception_handlers=HANDLERS,
        responses={"default": _PROBLEM},
    )
    for routes in (assets, plans, findings, next_actions, health):
        app.include_router(routes.router)
    return app


def _operation(route: APIRoute) -> str:
    return route.name
