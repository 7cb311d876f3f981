"""Registers that are sent in: kept, followed, cancelled; rows that wait tried again."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from functools import partial
from typing import Any, BinaryIO
from uuid import UUID

import psycopg
from anyio import to_thread

from api.problems import Problem
from api.sent_in import fingerprint
from api.uploads import Upload
from auctions.application.recording import Actor
from auctions.domain.errors import Refused
from auctions.journal.retrying import retry
from auctions.journal.worker import Worker
from auctions.store import imports
from auctions.store.connect import connection
from auctions.store.imports import TooManyWaiting
from auctions.store.imports_under_way import Counts, Sent
from auctions.store.postgres import PostgresStore
from auctions.store.quarantine import is_resolved

MOST_BYTES = 64 << 20
"""Bytes of a register at most."""
UPLOADS = 4
"""Registers that come in at once."""
_ENDING = 15.0


class Imports:
    """Keeps what is sent in, and has it imported in a thread, one register at a time."""

    def __init__(self, url: str) -> None:
        """Take the database."""
        self._url = url
        self.uploads, self.forms = asyncio.Semaphore(UPLOADS), asyncio.Semaphore(UPLOADS)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Import what waits, until the service ends; what is under way then is taken up again later."""
        worker = Worker(self._url)
        thread = threading.Thread(target=worker.run, name="imports", daemon=True)
        thread.start()
        try:
            yield
        finally:
            worker.stop()
            await to_thread.run_sync(thread.join, _ENDING)

    async def keep(self, sent: Sent, upload: Upload) -> None:
        """Keep a register until it is imported, once for its id.

        Raises Problem `command-id-reused` where the id was another's, `too-busy` where too many wait.
        """
        own = fingerprint(sent.filename, sent.suffix, sent.mode, upload.digest)
        if await to_thread.run_sync(self._kept, sent, own, upload.file) != own:
            raise _reused()

    def _kept(self, sent: Sent, own: bytes, file: BinaryIO) -> bytes:
        try:
            with connection(self._url) as writer:
                return imports.keep(writer, sent, own, _parts(file))
        except TooManyWaiting as error:
            waiting = f"{imports.MOST_WAITING} registers wait already: send it later"
            raise Problem("too-busy", waiting) from error

    async def cancel(self, import_id: UUID) -> None:
        """Have an import record nothing more."""
        await to_thread.run_sync(self._cancel, import_id)

    def _cancel(self, import_id: UUID) -> None:
        with connection(self._url) as writer:
            imports.cancel(writer, import_id)

    async def retry(self, sent: Sent, quarantine_id: UUID, cells: Mapping[str, str]) -> None:
        """Try a row that waits again, once for the id of what was sent.

        Raises Problem `command-id-reused`, `row-not-found`.
        """
        pairs = [part for pair in sorted(cells.items()) for part in pair]
        own = fingerprint(str(quarantine_id), *pairs)
        if await to_thread.run_sync(partial(self._retried, sent, own, quarantine_id, cells)) != own:
            raise _reused()

    def _retried(self, sent: Sent, own: bytes, quarantine_id: UUID, cells: Mapping[str, str]) -> bytes:
        with connection(self._url) as writer:
            if before := imports.fingerprint_of(writer, sent.import_id):
                return before
            counts, recorded, problems = self._tried(writer, sent, quarantine_id, cells)
            imports.keep_ended(writer, sent._replace(recorded=recorded), own, counts, problems)
            return imports.fingerprint_of(writer, sent.import_id) or own

    def _tried(
        self, writer: psycopg.Connection[Any], sent: Sent, quarantine_id: UUID, cells: Mapping[str, str]
    ) -> tuple[Counts, int, list[dict[str, Any]]]:
        by = Actor(sent.actor, sent.office, sent.role)
        try:
            with closing(PostgresStore(self._url)) as store:
                report = retry(store, writer, by, ids=[quarantine_id], mended=cells)
        except Refused as error:
            if is_resolved(writer, quarantine_id, sent.office):
                return Counts(rows=1, assets=1, already=1), 0, []
            raise Problem("row-not-found", error.message) from error
        counts = Counts(report.rows, report.assets, report.already, report.refused, report.refused)
        return counts, report.recorded, [problem._asdict() for problem in report.problems]


def _reused() -> Problem:
    detail = "the Idempotency-Key was used for another request: send a new one"
    return Problem("command-id-reused", detail)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    while part := file.read(imports.PART):
        yield part
