"""Group commit: what threads bring while groups are being written goes into the next, in one round trip.

No thread of its own: who finds a lane free writes what waits, and hands the lane on. Two lanes, so that the
server has the next group at hand while the answers to one are given out; a group is not begun before it is as
large as the one under way, since small ones cost more a command. Each thread that has its answer wakes the
next, because waking all at once lets them fight for the interpreter.

A lost connection is made anew and the group sent again: the append function takes its lock first, so by
then the first try has either committed, and the command ids answer, or never will.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, cast

import psycopg

from auctions.store.connect import NoDatabase, no_database
from auctions.store.group import Answer, Write, fitting, send

LANES = 2
PATIENCE = 15.0
"""Seconds for which a lost database is tried again."""

Connect = Callable[[], psycopg.Connection[Any]]


class Lane:
    """One connection, made when it is needed, on which one thread at a time sends groups."""

    def __init__(self, connect: Connect) -> None:
        """Take what makes a connection; it is called at the first group and after each loss."""
        self._connect = connect
        self._connection: psycopg.Connection[Any] | None = None

    def send(self, writes: Sequence[Write]) -> list[Answer]:
        """Return the answers to a fitting group. Raises NoDatabase after PATIENCE seconds."""
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
        """Let go of the connection; the next group makes another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Waiting:
    """A write whose thread waits for its answer, or for its turn to write a group."""

    __slots__ = ("after", "answer", "done", "error", "job", "turn", "write")

    def __init__(self, write: Write) -> None:
        self.write = write
        self.answer: Answer | None = None
        self.error: BaseException | None = None
        self.done = False
        self.after: _Waiting | None = None
        self.job: _Job | None = None
        self.turn = threading.Lock()
        self.turn.acquire()


class _Job(NamedTuple):
    lane: Lane
    group: Sequence[_Waiting]


class Committer:
    """Writes commands from any number of threads."""

    def __init__(self, connect: Connect) -> None:
        """Take what makes a connection; it is called at the first write and after each loss."""
        self._lanes = [Lane(connect) for _ in range(LANES)]
        self._free = list(self._lanes)
        self._under_way = 0
        self._queue: deque[_Waiting] = deque()
        self._mutex = threading.Lock()

    def write(self, write: Write) -> Answer:
        """Return the database's answer to one command. Raises NoDatabase after PATIENCE seconds."""
        waiting = _Waiting(write)
        with self._mutex:
            self._queue.append(waiting)
            job = self._next_job()
        while True:
            if job:
                self._do(job)
            if waiting.done:
                break
            waiting.turn.acquire()
            job, waiting.job = waiting.job, None
        if waiting.after:
            waiting.after.turn.release()
        if waiting.error is not None:
            raise waiting.error
        return cast("Answer", waiting.answer)

    def _next_job(self) -> _Job | None:
        if not self._queue or not self._free or len(self._queue) < self._under_way:
            return None
        size = fitting(waiting.write for waiting in self._queue)
        self._under_way += size
        return _Job(self._free.pop(), [self._queue.popleft() for _ in range(size)])

    def _do(self, job: _Job) -> None:
        _write_group(job)
        with self._mutex:
            self._free.append(job.lane)
            self._under_way -= len(job.group)
            following = self._next_job()
        if following:
            following.group[0].job = following
            following.group[0].turn.release()
        for waiting, after in zip_longest(job.group, job.group[1:]):
            waiting.after = after
            waiting.done = True
        job.group[0].turn.release()

    def close(self) -> None:
        """Let go of the connections; the next write makes others."""
        for lane in self._lanes:
            lane.close()


def _write_group(job: _Job) -> None:
    try:
        answers = job.lane.send([waiting.write for waiting in job.group])
    except BaseException as error:  # noqa: BLE001 - each waiting thread raises it in its own place
        for waiting in job.group:
            waiting.error = error
    else:
        for waiting, answer in zip(job.group, answers, strict=True):
            waiting.answer = answer
