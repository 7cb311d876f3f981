"""A long log shared out by file id among processes, which fill the tables of a rebuild.

A process of its own is this module run as a program: it reads on standard input which tables and which parts
of the log it fills, and writes a line for each part that is done.
"""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import count
from typing import Any
from uuid import UUID

import psycopg

from auctions.store.connect import NoDatabase
from projections.filling import Part, fill_part, oids, unhurried
from projections.projection import FAULTS, Projection

_LONG = 100_000
"""Entries from which on processes of their own are worth their start."""
_PARTS = 8
"""Parts of a long log for each process, so that progress shows."""
_LOST = 3
"""What a process ends with that has lost the database."""


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
    modules = [model.rows.__module__ for model in models]
    if position < _LONG or not all(_model(at) is model for at, model in zip(modules, models, strict=True)):
        fill_part(own, models, Part(UUID(int=0), None, position), progress)
        return
    processes = os.cpu_count() or 1
    parts = list(_parts(processes * _PARTS, position))
    done = count(1)
    tables = oids(own, [model.name for model in models])

    def share(first: int) -> None:
        for _ in _alone(url, modules, tables, parts[first::processes]):
            progress(position * next(done) // len(parts))

    with ThreadPoolExecutor(processes) as pool:
        list(pool.map(share, range(processes)))


def run_all(url: str, own: psycopg.Connection[Any], statements: Sequence[bytes], position: int) -> None:
    """Run statements that do not hinder each other, over a long log each on a connection of its own."""

    def alone(statement: bytes) -> None:
        with unhurried(url) as other:
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


def _model(module: str) -> Projection | None:
    """Return the read model that a module has: one file, one read model."""
    return getattr(import_module(module), "PROJECTION", None)


def _alone(url: str, modules: Sequence[str], tables: dict[str, int], parts: Sequence[Part]) -> Iterator[str]:
    """Fill parts in a process of its own, yielding after each. Raises ValueError if it did not fill all."""
    bounds = [[str(part.first), part.end and str(part.end)] for part in parts]
    asked = {"url": url, "modules": modules, "tables": tables, "parts": bounds, "position": parts[0].position}
    command = [sys.executable, "-m", "projections.sharing"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - this module itself
        try:
            if process.stdin and process.stdout:
                process.stdin.write(json.dumps(asked))
                process.stdin.close()
                yield from process.stdout
        except BaseException:
            process.terminate()
            raise
    if process.returncode == _LOST:
        raise psycopg.OperationalError("a process that fills a part has lost the database")
    if process.returncode:
        raise ValueError("a process could not fill its part")


def main() -> None:
    """Fill what standard input asks for; end with 1 where that cannot be done."""
    asked = json.load(sys.stdin)
    gc.disable()  # nothing here is cyclic, and the process ends with its work
    models = [model for at in asked["modules"] if (model := _model(at))]
    try:
        with unhurried(asked["url"]) as own:
            for first, end in asked["parts"]:
                part = Part(UUID(first), end and UUID(end), asked["position"])
                _fill_those(own, models, asked["tables"], part)
                sys.stdout.write("done\n")
                sys.stdout.flush()
    except FAULTS:
        sys.exit(1)
    except (psycopg.Error, NoDatabase):
        sys.exit(_LOST)


def _fill_those(
    own: psycopg.Connection[Any], models: Sequence[Projection], tables: dict[str, int], part: Part
) -> None:
    """Fill a part, unless another rebuild has begun: whoever asked may be gone, and its tables with it."""
    with own.transaction():
        locked = ", ".join(f"{name}__next" for name in tables)
        own.execute(f"LOCK TABLE {locked} IN ROW EXCLUSIVE MODE".encode())
        if oids(own, tables) != tables:
            raise ValueError("these tables are another rebuild's")
        fill_part(own, models, part, lambda _entries: None)


if __name__ == "__main__":
    main()
