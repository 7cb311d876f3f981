"""Commands that wait are recorded in groups: while one is on its way to the disk, the next gathers.

A group is not begun before it is as large as what is under way, since small ones cost more a command.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

_AT_ONCE = 2
"""Groups under way: one is decided while the other is written."""
_SIZE = 64
"""Commands in a group, so that none waits long for the others of its own."""

_Asked = TypeVar("_Asked")
_Told = TypeVar("_Told")


class Groups(Generic[_Asked, _Told]):
    """Work on many things that costs little more than work on one."""

    def __init__(self, work: Callable[[Sequence[_Asked]], Awaitable[Sequence[_Told]]]) -> None:
        """Take the work, which answers each of a group in its place."""
        self._work = work
        self._queue: deque[tuple[_Asked, asyncio.Future[_Told]]] = deque()
        self._under_way: dict[asyncio.Task[None] | None, int] = {}

    @property
    def waiting(self) -> int:
        """How many wait for a group."""
        return len(self._queue)

    async def done(self, asked: _Asked) -> _Told:
        """Return what is told of one; it is worked on to its end though nobody waits for it any more."""
        told: asyncio.Future[_Told] = asyncio.get_running_loop().create_future()
        self._queue.append((asked, told))
        self._begin()
        return await told

    def _begin(self) -> None:
        if len(self._queue) >= max(1, sum(self._under_way.values())) and len(self._under_way) < _AT_ONCE:
            group = [self._queue.popleft() for _ in range(min(_SIZE, len(self._queue)))]
            self._under_way[asyncio.create_task(self._worked(group))] = len(group)

    async def _worked(self, group: Sequence[tuple[_Asked, "asyncio.Future[_Told]"]]) -> None:
        waiting = [told for _, told in group]
        try:
            found = await self._work([asked for asked, _ in group])
        except Exception as error:  # noqa: BLE001 - each of the group raises it in its own place
            for future in waiting:
                if not future.done():
                    future.set_exception(error)
        else:
            for future, told in zip(waiting, found, strict=True):
                if not future.done():
                    future.set_result(told)
        finally:
            self._under_way.pop(asyncio.current_task())
            self._begin()
