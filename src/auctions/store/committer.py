"""Group commit: what threads bring while a group is being written goes into the next, in one round trip.

No thread of its own: the first that finds nobody writing leads, and hands the lead on with the answers.
A lost connection is made anew and the group sent again: the append function takes its lock first, so by
then the first try has either committed, and the command ids answer, or never will.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, cast

import psycopg

from auctions.store.connect import NoDatabase, no_database
from auctions.store.group import Answer, Write, fitting, send

PATIENCE = 15.0
"""Seconds for which a lost database is tried again."""

Connect = Callable[[], psycopg.Connection[Any]]


class _Waiting:
    __slots__ = ("answer", "error", "turn", "write")

    def __init__(self, write: Write) -> None:
        self.write = write
        self.answer: Answer | None = None
        self.error: BaseException | None = None
        self.turn = threading.Lock()
        self.turn.acquire()


class Committer:
    """Writes commands from any number of threads through one connection."""

    def __init__(self, connect: Connect) -> None:
        """Take what makes a connection; it is called at the first write and after each loss."""
        self._connect = connect
        self._connection: psycopg.Connection[Any] | None = None
        self._mutex = threading.Lock()
        self._queue: deque[_Waiting] = deque()
        self._leading = False

    def write(self, write: Write) -> Answer:
        """Return the database's answer to one command. Raises NoDatabase after PATIENCE seconds."""
        waiting = _Waiting(write)
        with self._mutex:
            self._queue.append(waiting)
            leads = not self._leading
            self._leading = True
        if not leads:
            waiting.turn.acquire()
        if waiting.answer is None and waiting.error is None:
            self._lead()
        if waiting.error is not None:
            raise waiting.error
        return cast("Answer", waiting.answer)

    def _lead(self) -> None:
        with self._mutex:
            size = fitting(waiting.write for waiting in self._queue)
            group = [self._queue.popleft() for _ in range(size)]
        self._write_group(group)
        with self._mutex:
            successor = self._queue[0] if self._queue else None
            self._leading = successor is not None
        if successor:
            successor.turn.release()
        for waiting in group:
            waiting.turn.release()

    def _write_group(self, group: Sequence[_Waiting]) -> None:
        try:
            answers = self._send([waiting.write for waiting in group])
        except BaseException as error:  # noqa: BLE001 - each waiting thread raises it in its own place
            for waiting in group:
                waiting.error = error
        else:
            for waiting, answer in zip(group, answers, strict=True):
                waiting.answer = answer

    def _send(self, writes: Sequence[Write]) -> list[Answer]:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return send(self._connected(), writes)
            except (psycopg.OperationalError, psycopg.InterfaceError, NoDatabase) as error:
                self.close()
                if time.monotonic() > until:
                    raise error if isinstance(error, NoDatabase) else no_database(error) from error
                time.sleep(0.05)

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def close(self) -> None:
        """Let go of the connection; the next write makes another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
