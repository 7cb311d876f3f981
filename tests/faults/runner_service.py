"""A runner in a process of its own, there to be killed: `runner_service.py URL MARKER [MUTANT]`.

The price ladder breaks on the asset BROKEN while the file MARKER is absent. The process ends when standard
input does. A mutant is the same runner with one of its protections switched off.
"""

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from projections import tracking
from projections.filling import unhurried
from projections.paging import Pages
from projections.projection import Folded, Projection
from projections.registry import read_models
from projections.runner import Runner
from projections.timeline import Row

BROKEN = "BROKEN"


def fragile(marker: Path) -> list[Projection]:
    """Return all read models, the price ladder broken while the marker is absent."""
    whole = read_models()["price_ladder"]

    def rows(file: Folded) -> Sequence[Row]:
        seized = file.state.seized
        if seized and seized.asset_ref == BROKEN and not marker.exists():
            raise ValueError("the marker is absent")
        return whole.rows(file)

    return list((read_models() | {whole.name: replace(whole, rows=rows)}).values())


def give_up() -> None:
    """A lost connection ends the runner."""

    def run(self: Runner) -> None:
        with unhurried(self._url) as own:
            self._lead(own)

    Runner.run = run  # type: ignore[method-assign]  # a mutant


def stop_all() -> None:
    """What one read model cannot take stops all."""
    whole = tracking.stop

    def stop(own: psycopg.Connection[Any], _names: object, position: int, reason: str) -> None:
        whole(own, read_models(), position, reason)

    tracking.stop = stop  # type: ignore[assignment]  # a mutant


def forget() -> None:
    """A read model that tries again goes on after the event it could not take."""
    take = Pages._take_page  # noqa: SLF001 - a mutant

    def beyond(self: Pages, own: psycopg.Connection[Any], places: Any) -> bool:  # noqa: ANN401 - a mutant
        if places[0].reason is None and [place.name for place in places] == ["price_ladder"]:
            tracking.move(own, ["price_ladder"], places[0].position + 1)
            return True
        return take(self, own, places)

    Pages._take_page = beyond  # type: ignore[method-assign]  # noqa: SLF001 - a mutant


MUTANTS: dict[str, Callable[[], None]] = {"gives up": give_up, "stops all": stop_all, "forgets": forget}


def main() -> None:
    """Run until standard input ends."""
    url, marker, *mutants = sys.argv[1:]
    for mutant in mutants:
        MUTANTS[mutant]()
    runner = Runner(url, fragile(Path(marker)))
    running = threading.Thread(target=runner.run)
    running.start()
    sys.stdin.read()
    runner.stop()
    running.join()


if __name__ == "__main__":
    main()
