"""Requests sent when they are due, whether or not the ones before are answered: no slow answer hides others.

A request's time counts from when it was due, so waiting for a connection or for a slow service counts too.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import urlsplit

_PATIENCE = 10.0
"""Seconds after which a request counts as an error."""
_IDLE = 3.0
"""Seconds after which a connection is not used again: the service closes one after five."""

Answered = Callable[[int, bytes, bytes], None]
"""Takes an answer's status, head and body; raises ValueError for one that was not expected."""


class Asked(NamedTuple):
    """A request as it goes over the wire, of some kind, and what takes its answer."""

    kind: str
    request: bytes
    answered: Answered


class Taken(NamedTuple):
    """What it took: milliseconds from when each was due, by kind, and what went wrong."""

    milliseconds: dict[str, list[float]]
    errors: list[str]

    def percentile(self, kind: str, percent: int) -> float:
        """Return the milliseconds within which that many of a hundred were answered."""
        return quantiles(self.milliseconds[kind], n=100)[percent - 1]


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class _Sender:
    def __init__(self, address: str) -> None:
        at = urlsplit(address)
        self._host, self._port = at.hostname or "", at.port or 80
        self._free: list[tuple[Connection, float]] = []
        self.taken = Taken({}, [])

    async def send(self, asked: Asked, due: float) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._exchange(asked)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            self.taken.errors.append(f"{asked.kind}: {type(error).__name__} {error}")
        else:
            taken = (time.perf_counter() - due) * 1000
            self.taken.milliseconds.setdefault(asked.kind, []).append(taken)

    async def _exchange(self, asked: Asked) -> None:
        reader, writer = self._idle() or await asyncio.open_connection(self._host, self._port)
        try:
            writer.write(asked.request)
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(_length(head))
        except BaseException:
            writer.close()
            raise
        self._free.append(((reader, writer), time.perf_counter()))
        asked.answered(int(head[9:12]), head, body)

    def _idle(self) -> Connection | None:
        """Return the connection that was used last, None where none was lately."""
        if not self._free:
            return None
        last, used = self._free.pop()
        if time.perf_counter() - used < _IDLE:
            return last
        last[1].close()
        self.close()
        return None

    def close(self) -> None:
        for (_, writer), _ in self._free:
            writer.close()
        self._free.clear()


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    if not found:
        raise ValueError("an answer without a length")
    return int(rest.partition(b"\r\n")[0])


async def offer(address: str, requests: Iterator[Asked], rate: float, seconds: float) -> Taken:
    """Send so many requests a second for some seconds; return what it took once all are answered."""
    sender, start = _Sender(address), time.perf_counter() + 0.1
    async with asyncio.TaskGroup() as tasks:
        for number in range(int(rate * seconds)):
            due = start + number / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            tasks.create_task(sender.send(next(requests), due))
    sender.close()
    return sender.taken
