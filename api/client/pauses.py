"""Pauses between tries."""

import math
import random
from time import monotonic, sleep

_FIRST, _LONGEST = 0.05, 2.0


class Pauses:
    """Pauses that grow from a twentieth of a second to two, within `patience` seconds from the first on.

    Each is shortened by a random part, so that many clients do not come back at one moment.
    """

    def __init__(self, patience: float = math.inf) -> None:
        """Begin now."""
        self._until = monotonic() + patience
        self._next = _FIRST

    def pause(self, at_least: float = 0) -> bool:
        """Wait, then tell that there is time for another try; tell at once when there will be none."""
        seconds = max(at_least, random.uniform(self._next / 2, self._next))  # noqa: S311 - nobody must not guess it
        if monotonic() + seconds > self._until:
            return False
        sleep(seconds)
        self._next = min(2 * self._next, _LONGEST)
        return True
