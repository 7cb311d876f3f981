"""Threads that call something as often as they can for a bounded time."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

SECONDS = 0.5

Call = Callable[[], object]


def rate(writers: int, make: Callable[[], Call], seconds: float = SECONDS) -> float:
    """Return calls a second by `writers` threads, each with a call of its own."""
    calls = [make() for _ in range(writers)]
    start = time.perf_counter()

    def work(call: Call) -> int:
        done = 0
        while time.perf_counter() < start + seconds:
            call()
            done += 1
        return done

    with ThreadPoolExecutor(writers) as threads:
        total = sum(threads.map(work, calls))
    return total / (time.perf_counter() - start)
