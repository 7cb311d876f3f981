"""Commands as they are recorded: those of many together, each once; what is not recorded so is told alone."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple
from uuid import UUID

from anyio import CapacityLimiter, to_thread

from api.groups import Groups
from api.problems import Fault, Problem
from api.together import Key, Together
from api.who import Who
from auctions.application.lots import record_lot
from auctions.application.recording import Actor, Asked, OfficeLaws, Outcome, decide, load, record
from auctions.domain.asset.breaches import Breach, Unlawful, message
from auctions.domain.asset.events import AssetEntry
from auctions.domain.errors import CommandMismatch, Refused, StaleFile
from auctions.store.mapper import LineMapper, lines_of
from auctions.store.port import Store
from auctions.store.postgres import PostgresStore

_AT_ONCE = 32
"""Commands that threads work on; they wait most of the time for the group they are written with."""
_WAITING = 256
"""Commands that may wait for a thread; who comes after them is sent away."""

_KINDS = {
    "another-office": "not-allowed",
    "entry-too-large": "body-too-large",
    "not-seized": "asset-not-seized",
    "unknown-lot": "lot-not-found",
}
"""Refusals that HTTP has a status of its own for."""

Work = Callable[[Store], Outcome]


class Given(NamedTuple):
    """What comes with every command: who records, under which command id, and whether it is as found."""

    by: Who
    command_id: UUID
    as_found: bool


class Recording:
    """Where commands are recorded."""

    def __init__(self, url: str) -> None:
        """Take the database, which is opened by the first command."""
        self._url = url
        self._store: PostgresStore | None = None
        self._opening = threading.Lock()
        self._turns = CapacityLimiter(_AT_ONCE)
        self._under_way: set[UUID] = set()
        self._together = Together(url, self._opened)
        self._groups = Groups(self._together.recorded)

    async def recorded(
        self,
        given: Given,
        asset_id: UUID,
        entries: Sequence[AssetEntry],
        expected: int | None,
        request_id: str,
    ) -> Outcome:
        """Record entries together in a file of the actor's office. Raises Problem for what is not."""
        by, command_id, as_found = Actor(*given.by), given.command_id, given.as_found
        asked = Asked(
            asset_id, entries, by, command_id, as_found, expected, request_id=request_id, own_only=True
        )
        with self._once(command_id):
            outcome = await self._grouped(asked, None)
            return outcome or await self._alone(partial(record, **asked._asdict()))

    async def recorded_by_key(self, key: Key, asked: Asked) -> Outcome | None:
        """Record a command of who holds a key; None where it was not recorded, untold why."""
        with self._once(asked.command_id):
            return await self._grouped(asked, key)

    async def _grouped(self, asked: Asked, key: Key | None) -> Outcome | None:
        if self._groups.waiting >= _WAITING:
            raise _too_busy()
        return await self._groups.done((asked, key))

    async def judged(
        self, given: Given, asset_id: UUID, entries: Sequence[AssetEntry], expected: int
    ) -> Outcome:
        """Return what the law notes of entries without recording them. Raises Problem for what is refused."""
        by, as_found = Actor(*given.by), given.as_found
        asked = Asked(asset_id, entries, by, given.command_id, as_found, expected, own_only=True)
        return await self._alone(partial(_judged, asked=asked))

    async def recorded_lot(
        self, given: Given, lot_ref: str, entries: Mapping[UUID, AssetEntry], request_id: str
    ) -> Outcome:
        """Record an entry in the file of each asset of a lot. Raises Problem for what is not recorded."""
        work = partial(
            record_lot,
            lot_ref=lot_ref,
            entries=entries,
            by=Actor(*given.by),
            as_found=given.as_found,
            command_id=given.command_id,
            request_id=request_id,
        )
        with self._once(given.command_id):
            return await self._alone(work)

    async def _alone(self, work: Work) -> Outcome:
        if self._turns.statistics().tasks_waiting >= _WAITING:
            raise _too_busy()
        return await to_thread.run_sync(self._work, work, limiter=self._turns)

    @contextmanager
    def _once(self, command_id: UUID) -> Iterator[None]:
        if command_id in self._under_way:
            raise Problem("command-under-way", "the same command is under way: ask again soon")
        self._under_way.add(command_id)
        try:
            yield
        finally:
            self._under_way.remove(command_id)

    def _work(self, work: Work) -> Outcome:
        store = self._opened()
        try:
            outcome = work(store)
            return outcome._replace(leaves=store.leaves(outcome.positions))
        except Refused as refused:
            raise _problem(refused) from refused

    def _opened(self) -> PostgresStore:
        with self._opening:
            self._store = self._store or PostgresStore(self._url)
            return self._store

    async def close(self) -> None:
        """Let go of the database."""
        await self._together.close()
        if self._store:
            self._store.close()
            self._store = None


def _judged(store: Store, asked: Asked) -> Outcome:
    file = load(store, [asked.stream_id])[asked.stream_id]
    command, outcome = decide(store, file, asked, OfficeLaws(store))
    for line in lines_of(command):
        LineMapper().to_stored_event(line)  # refuses one that is too large
    return outcome


def _too_busy() -> Problem:
    return Problem("too-busy", "too many commands are waiting: send it again with the same key")


def _problem(refused: Refused) -> Problem:
    match refused:
        case StaleFile():
            return Problem("stale-file", refused.message, headers={"ETag": etag(refused.details["version"])})
        case CommandMismatch():
            return Problem("command-id-reused", refused.message)
        case Unlawful():
            return Problem("refused", refused.message, [_broken(breach) for breach in refused.breaches])
    if refused.code in _KINDS:
        return Problem(_KINDS[refused.code], refused.message)
    fault = Fault(None, refused.code, refused.message, details=refused.details)
    return Problem("refused", refused.message, [fault])


def _broken(breach: Breach) -> Fault:
    details = {
        "rule": breach.rule.id,
        "article": breach.rule.article,
        "asked": breach.asked,
        "allowed": breach.allowed,
        "message_vi": message(breach, "vi"),
    }
    return Fault(None, "unlawful", message(breach), details=details)


def etag(version: object) -> str:
    """Return the tag of a file that stands at a version."""
    return f'"v{version}"'
