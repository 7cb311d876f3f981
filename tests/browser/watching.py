"""What a browser complains about while somebody looks at pages: nothing of it may happen."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

_ALSO_TOLD_AS_ANSWER = "Failed to load resource: the server responded"
_LEFT = "net::ERR_ABORTED"
"""A request that was under way when its page was left, or became a download."""


class Complaints(list[str]):
    """Errors of the console, uncaught errors, requests that failed, and files refused.

    A violation of the Content-Security-Policy is an error of the console. A page itself may answer a refusal.
    """

    def watch(self, context: "BrowserContext") -> None:
        """Hear of all that happens in a context from now on."""
        context.on("console", self._console)
        context.on("weberror", self._uncaught)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _console(self, message: "ConsoleMessage") -> None:
        if message.type == "error" and not message.text.startswith(_ALSO_TOLD_AS_ANSWER):
            self.append(f"error in the console: {message.text}")

    def _uncaught(self, error: "WebError") -> None:
        self.append(f"uncaught: {error.error}")

    def _failed(self, request: "Request") -> None:
        if request.failure != _LEFT:
            self.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: "Response") -> None:
        if response.status >= 500 or (response.status >= 400 and not _is_page(response.request)):
            self.append(f"answered {response.status}: {response.request.method} {response.url}")


def _is_page(request: "Request") -> bool:
    found: bool = request.is_navigation_request()
    return found
