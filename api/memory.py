"""What was lately made and may be asked for again, up to so many bytes; the longest unused goes first."""

from collections import OrderedDict
from typing import Generic, TypeVar

_Kept = TypeVar("_Kept")


class Memory(Generic[_Kept]):
    """Things by key, each with its size in bytes."""

    def __init__(self, most: int) -> None:
        """Take how many bytes to keep at most."""
        self._most, self._size = most, 0
        self._kept: OrderedDict[object, tuple[_Kept, int]] = OrderedDict()

    def get(self, key: object) -> _Kept | None:
        """Return what is kept under a key."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def keep(self, key: object, kept: _Kept, size: int) -> None:
        """Keep something under a key, in the place of what was there."""
        self._drop(key)
        self._kept[key] = kept, size
        self._size += size
        while self._size > self._most:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: object) -> None:
        _, size = self._kept.pop(key, (None, 0))
        self._size -= size
