"""The feed as a client reads it: pages to the end of the log, a stream then, and both again when it ends."""

from collections.abc import Generator, Iterator

from api.client.errors import ServiceError
from api.client.pauses import Pauses
from api.client.service import Asked, Service, read
from api.models_of_changes import Change, ChangePage

_PATH = "/v1/changes"
_PAGE = 1000


def told(service: Service, after: int, asked: Asked) -> Generator[Change, None, None]:
    """Return the changes up to the end of the log. Raises ServiceError."""
    return (change for page in _pages(service, after, asked) for change in page.items)


def followed(service: Service, after: int, asked: Asked) -> Generator[Change, None, None]:
    """Return the changes without end. Raises ServiceError when no page comes either."""
    pauses = Pauses()
    while True:
        for page in _pages(service, after, asked):
            yield from page.items
            after = page.position
        pause = 0.0
        try:
            for position, change in _streamed(service, after, asked):
                if change:
                    yield change
                after, pauses = position, Pauses()
        except ServiceError as error:
            if not error.passing:
                raise
            pause = error.pause
        pauses.pause(pause)


def _pages(service: Service, after: int, asked: Asked) -> Iterator[ChangePage]:
    more = True
    while more:
        page = service.told(ChangePage, _PATH, {**asked, "after": after, "limit": _PAGE})
        yield page
        after, more = page.position, page.more


def _streamed(service: Service, after: int, asked: Asked) -> Iterator[tuple[int, Change | None]]:
    """Return each position from which to resume, with the change there if there is one."""
    with service.events(_PATH, asked, after) as events:
        for event in events:
            if event.id:
                yield int(event.id), read(Change, event.data) if event.data else None
