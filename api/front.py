"""The front door of the list of assets: a question asked before need not go the way of all others."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.asset_pages import AssetPages, parted
from api.problems import answered

PATH = "/v1/assets"
ROUTE = "auctions.route"
"""The key in an ASGI scope of the route that was answered before the routes."""


class Front:
    """ASGI middleware around the routes: what it does not know goes on to them, and is known after."""

    def __init__(self, app: ASGIApp, pages: AssetPages) -> None:
        """Take the application inside, and the pages of the list."""
        self._app, self._pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        here = scope["type"] == "http" and scope["path"] == PATH and scope["method"] == "GET"
        asked, needed = parted(scope["query_string"]) if here else (b"", 0)
        question = self._pages.known(asked) if here else None
        if question is None:
            await self._app(scope, receive, send)
            return
        try:
            await self._pages.read(question, needed)
            answer = await self._pages.answer(asked, question, _header(scope, b"if-none-match"))
        except Exception as error:
            told = await answered(Request(scope), error)
            if told is None:
                raise
            answer = told
        scope[ROUTE] = PATH
        await answer(scope, receive, send)


def _header(scope: Scope, name: bytes) -> str | None:
    values: list[bytes] = [value for header, value in scope["headers"] if header == name]
    return values[0].decode("latin-1") if values else None
