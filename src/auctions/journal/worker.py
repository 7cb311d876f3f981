"""The worker: imports the registers that were sent in, in their turn; of several workers one leads."""

import logging
import threading
from typing import Any

import psycopg

from auctions.journal.under_way import Stopped, UnderWay
from auctions.store.connect import NoDatabase, connection
from auctions.store.imports import CHANNEL
from auctions.store.imports_under_way import ImportCancelled, Sent, take

_LEAD = "SELECT pg_try_advisory_lock(7283009)"
_POLL = 1.0
"""Seconds between looks when no notice comes, and between tries for a lost database."""
_PIECES = 10
_MOST_RUNS = 10
"""A register that was cut off so often is what cuts it off."""
_LOG = logging.getLogger(__name__)


class Worker:
    """Imports one register at a time, until it is stopped."""

    def __init__(self, url: str) -> None:
        """Take the database."""
        self._url = url
        self._stopping = threading.Event()
        self._told = ""

    def run(self) -> None:
        """Run until stopped; a lost database, or another worker that leads, is waited out."""
        while not self._stopping.is_set():
            try:
                with connection(self._url) as own:
                    self._lead(own)
            except (NoDatabase, psycopg.Error) as error:
                self._tell(error)
                self._stopping.wait(_POLL)

    def stop(self) -> None:
        """Let `run` return soon, or after the batch of an import that is under way."""
        self._stopping.set()

    def _tell(self, error: Exception) -> None:
        if str(error) != self._told:
            self._told = str(error)
            _LOG.warning("the import of registers tries again: %s", self._told.partition("\n")[0])

    def _lead(self, own: psycopg.Connection[Any]) -> None:
        own.execute(f"LISTEN {CHANNEL}".encode())
        leads = False
        while not self._stopping.is_set():
            leads = leads or own.execute(_LEAD).fetchone() == (True,)
            sent = take(own) if leads else None
            if sent:
                self._import(own, sent)
            else:
                self._wait(own)

    def _wait(self, own: psycopg.Connection[Any]) -> None:
        """Wait for a notice, in pieces: who stops a service waits for this too."""
        for _ in range(_PIECES):
            if self._stopping.is_set() or list(own.notifies(timeout=_POLL / _PIECES, stop_after=1)):
                return

    def _import(self, own: psycopg.Connection[Any], sent: Sent) -> None:
        under_way = UnderWay(own, sent, self._stopping)
        if sent.runs > _MOST_RUNS:
            under_way.end("failed", f"the import was cut off {_MOST_RUNS} times")
            return
        try:
            report = under_way.run(self._url)
        except Stopped:
            return
        except ImportCancelled:
            under_way.end("cancelled")
        except (NoDatabase, psycopg.OperationalError):
            raise
        except Exception:  # noqa: BLE001 - one register that trips the program up must not hold up the others
            _LOG.exception("import %s failed", sent.import_id)
            under_way.end("failed", "internal error: it is in the service's log under the import's id")
        else:
            under_way.end_with(report)
