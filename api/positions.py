"""How far each read model has read, kept in memory: the runner tells of every move, who waits is woken."""

import asyncio
from collections.abc import Sequence

import psycopg
from psycopg import AsyncConnection

from api.database import Place, tracked
from api.listening import listen
from api.problems import Problem

PATIENCE = 5.0
"""Seconds for which an answer waits until a read model has read far enough."""


class Positions:
    """The places of the read models; nothing is known while the database does not tell of their moves."""

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        """Take the database, and for how many seconds to wait at most."""
        self._url = url
        self._patience = patience
        self._places: dict[str, Place] | None = None
        self._changed = asyncio.Event()

    async def listen(self) -> None:
        """Listen until cancelled; a lost connection is made anew."""
        await listen(self._url, "auctions_read", self._look, self._forget)

    async def _look(self, own: AsyncConnection) -> None:
        self._places = await tracked(own)
        self._changed.set()
        self._changed = asyncio.Event()

    def _forget(self) -> None:
        self._places = None

    def of(self, names: Sequence[str]) -> Place | None:
        """Return the place up to which all the named read models have read, None where it is not known."""
        known = self._places
        if known is None or any(name not in known for name in names):
            return None
        return together([known[name] for name in names])

    async def reached(self, names: Sequence[str], position: int) -> None:
        """Return when the named read models have read up to a position.

        Raises Problem: `read-model-stopped` at once where one stands still before it, `not-ready` where one
        is not built, `not-yet-read` after the patience; OperationalError when the database is away so long.
        """
        try:
            async with asyncio.timeout(self._patience):
                while not self._has_read(names, position):
                    await self._changed.wait()
        except TimeoutError as error:
            raise self._late(names, position) from error

    def _has_read(self, names: Sequence[str], position: int) -> bool:
        if self._places is None:
            return False
        for name in names:
            _refuse_to_wait(name, self._places.get(name), position)
        return all(self._places[name].position >= position for name in names)

    def _late(self, names: Sequence[str], position: int) -> Exception:
        place = self.of(names)
        if place is None:
            return psycopg.OperationalError("the database does not tell how far the read models are")
        return not_yet_read(place.position, position)


def not_yet_read(position: int, needed: int) -> Problem:
    """Return what tells how far has been read, and that more is needed."""
    return Problem("not-yet-read", f"read up to position {position}, not yet {needed}: ask again")


def together(places: Sequence[Place]) -> Place:
    """Return the place up to which all of some read models have read, their versions joined."""
    slowest = min(places, key=lambda place: place.position)
    return slowest._replace(version="-".join([place.version for place in places]))


def _refuse_to_wait(name: str, place: Place | None, position: int) -> None:
    if place is None:
        raise Problem("not-ready", f"the read model {name} is not built yet: see /readyz")
    if place.stopped_at is not None and place.position < position:
        stands = f"the read model {name} stands still before position {place.stopped_at}"
        raise Problem("read-model-stopped", f"{stands} and will not come to {position}: see /readyz")
