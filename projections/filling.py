"""The tables of a rebuild filled file by file, each file folded once; a long log by several processes.

A process of its own is this module run as a program: it reads on standard input which models and which parts
of the log it fills, and writes a line for each part that is done.
"""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count, islice
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from auctions.store.connect import connection
from projections import log
from projections.following import whole
from projections.projection import FAULTS, Projection
from projections.registry import read_models

_FILES = 1000
"""Files folded between two copies into the tables."""
_LONG = 100_000
"""Entries from which on processes of their own are worth their start."""
_PARTS = 8
"""Parts of a long log for each process, so that progress shows."""


class Part(NamedTuple):
    """The files from one id up to another, not included, as of a position of the log."""

    first: UUID
    end: UUID | None
    position: int


def fill(
    url: str,
    own: psycopg.Connection[Any],
    models: Sequence[Projection],
    position: int,
    progress: Callable[[int], None],
) -> None:
    """Fill the empty tables of `models`, NAME__next, from the log up to a position; tell how far it is.

    `progress` takes a number of entries. Raises one of FAULTS for an entry that cannot be read or folded or
    a read model that breaks.
    """
    registered = all(read_models().get(model.name) is model for model in models)
    if position < _LONG or not registered:
        fill_part(own, models, Part(UUID(int=0), None, position), progress)
        return
    processes = os.cpu_count() or 1
    parts = list(_parts(processes * _PARTS, position))
    done = count(1)
    names = [model.name for model in models]

    def share(first: int) -> None:
        for _ in _alone(url, names, parts[first::processes]):
            progress(position * next(done) // len(parts))

    with ThreadPoolExecutor(processes) as pool:
        list(pool.map(share, range(processes)))


def run_all(url: str, own: psycopg.Connection[Any], statements: Sequence[bytes], position: int) -> None:
    """Run statements that do not hinder each other, over a long log each on a connection of its own."""

    def alone(statement: bytes) -> None:
        with connection(url) as other:
            other.execute(statement)

    if position < _LONG:
        for statement in statements:
            own.execute(statement)
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(alone, statements))


def _parts(number: int, position: int) -> Iterator[Part]:
    bounds = [UUID(int=(place << 128) // number) for place in range(number)]
    ends: list[UUID | None] = [*bounds[1:], None]
    for first, end in zip(bounds, ends, strict=True):
        yield Part(first, end, position)


def _alone(url: str, names: Sequence[str], parts: Sequence[Part]) -> Iterator[str]:
    """Fill parts in a process of its own, yielding after each. Raises ValueError if it did not fill all."""
    bounds = [[str(part.first), part.end and str(part.end)] for part in parts]
    asked = {"url": url, "names": names, "parts": bounds, "position": parts[0].position}
    command = [sys.executable, "-m", "projections.filling"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - this module itself
        try:
            if process.stdin and process.stdout:
                process.stdin.write(json.dumps(asked))
                process.stdin.close()
                yield from process.stdout
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise ValueError("a process could not fill its part")


def main() -> None:
    """Fill what standard input asks for; end with 1 where that cannot be done."""
    asked = json.load(sys.stdin)
    gc.disable()  # nothing here is cyclic, and the process ends with its work
    models = [read_models()[name] for name in asked["names"]]
    try:
        with connection(asked["url"]) as own:
            for first, end in asked["parts"]:
                part = Part(UUID(first), end and UUID(end), asked["position"])
                fill_part(own, models, part, lambda _entries: None)
                sys.stdout.write("done\n")
                sys.stdout.flush()
    except (*FAULTS, psycopg.OperationalError):
        sys.exit(1)


def fill_part(
    own: psycopg.Connection[Any],
    models: Sequence[Projection],
    part: Part,
    progress: Callable[[int], None],
) -> None:
    """Fill the tables from the files of a part."""
    asked = log.files_between(own, part.first, part.end, part.position)
    done = 0
    with own.transaction(), closing(asked) as files:
        replay = whole(own, files, part.position, models)
        while page := list(islice(replay, _FILES)):
            for model in models:
                model.fill(own, f"{model.name}__next", page)
            done += sum(each.file.version for each in page)
            progress(done)


if __name__ == "__main__":
    main()
