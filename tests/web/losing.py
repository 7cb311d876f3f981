"""A proxy between client and service: it loses what the service has answered, or answers in its place."""

import asyncio
import re
import threading
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from enum import Enum
from typing import TypeVar
from urllib.parse import urlsplit

import orjson

_Fate = TypeVar("_Fate", bound="Fate | bytes")
_LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)


class Fate(Enum):
    """What becomes of an answer that the service has given."""

    TOLD = "told"
    LOST = "lost"
    CUT = "cut in the middle"


TOLD, LOST, CUT = Fate


def said(status: str, body: bytes = b"", *headers: str) -> bytes:
    """An answer said in the service's place, which is not asked."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


def problem(status: str, code: str, *headers: str) -> bytes:
    """A problem told in the service's place, by a newer one."""
    told = {"type": "", "title": "", "detail": "", "instance": "", "request_id": "", "errors": []}
    body = {**told, "status": int(status[:3]), "code": code, "of_a_newer_service": 1}
    return said(status, orjson.dumps(body), *headers)


class Proxy:
    """Answers meet the `fates` in their order, those after the last are told; so do the parts of a stream."""

    def __init__(self, service: str, fates: Iterable[Fate | bytes], parts: Iterable[Fate]) -> None:
        self._place = urlsplit(service)
        self._fates, self._parts = iter(fates), iter(parts)
        self.met: Counter[Fate | bytes] = Counter()

    def _next(self, fates: Iterator[_Fate]) -> _Fate | Fate:
        fate = next(fates, TOLD)
        self.met[fate] += 1
        return fate

    async def carry(self, asking: StreamReader, telling: StreamWriter) -> None:
        """Carry all exchanges of a connection."""
        service, asked = await asyncio.open_connection(self._place.hostname, self._place.port)
        with closing(asked), closing(telling), suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                await self._exchange(await _message(asking), service, asked, telling)

    async def _exchange(
        self, request: bytes, service: StreamReader, asked: StreamWriter, telling: StreamWriter
    ) -> None:
        fate = self._next(self._fates)
        if isinstance(fate, bytes):
            telling.write(fate)
            return
        asked.write(request)
        answer = await _message(service)
        await _met(fate, answer, telling)
        if not _LENGTH.search(answer):
            while part := await service.read(65536):
                await _met(self._next(self._parts), part, telling)
            raise ConnectionResetError  # as the stream's end


async def _message(reader: StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return head + await reader.readexactly(int(length[1]) if length else 0)


async def _met(fate: Fate, answer: bytes, telling: StreamWriter) -> None:
    passed_on = {TOLD: len(answer), CUT: len(answer) // 2, LOST: 0}
    telling.write(answer[: passed_on[fate]])
    await telling.drain()
    if fate != TOLD:
        raise ConnectionResetError


@contextmanager
def losing(
    service: str, fates: Iterable[Fate | bytes], parts: Iterable[Fate] = ()
) -> Iterator[tuple[str, Proxy]]:
    """Run the proxy; yield its address, and itself."""
    proxy, loop = Proxy(service, fates, parts), asyncio.new_event_loop()
    door = loop.run_until_complete(asyncio.start_server(proxy.carry, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.sockets[0].getsockname()[1]}", proxy
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(_ended(door))
        loop.close()


async def _ended(door: asyncio.Server) -> None:
    door.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
