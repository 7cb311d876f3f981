"""What watches how requests are answered; the log is told here, metrics are counted in their own file."""

import logging
from collections.abc import Callable

from starlette.types import Scope

from api.front import ROUTE
from api.problems import REQUEST_ID

Watch = Callable[[Scope, int, float], None]
"""Takes a request that is over, the status of its answer (0 where none was begun) and its seconds."""

_LOG = logging.getLogger("auctions.requests")


def route(scope: Scope) -> str:
    """Return the route that answered, by its path with the names of what varies; `none` for no route."""
    found = scope.get("route")
    if found is not None:
        return str(found.path)
    return str(scope.get(ROUTE, "none"))


def log_request(scope: Scope, status: int, seconds: float) -> None:
    """Log a line of a request: its id, method, path, status and milliseconds; nothing of what was asked."""
    told = {
        "request_id": scope[REQUEST_ID],
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    _LOG.info("request", extra={"request": told})
