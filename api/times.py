"""The two times of a question, made certain: the legal day, and the position things were known at."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from starlette.applications import Starlette

from api.database import connected, head, position_at, whole_commands
from api.positions import Positions
from api.problems import Fault, Problem
from api.questions import Timed
from auctions.application.recording import today
from projections.times import Times


class Told(NamedTuple):
    """The times an answer is told of."""

    asked: date | None
    """The legal day, where one was asked for."""
    day: date
    """The legal day, today where none was asked for."""
    known_at: int | None
    settled: bool
    """Asked again on the same day, the question is about the same times."""

    @property
    def times(self) -> Times:
        """The times as read models take them; today is the present."""
        return Times(None if self.day == today() else self.asked, self.known_at)

    @property
    def pinned(self) -> bool:
        """Tell whether both times are given, so that the answer never changes."""
        return self.asked is not None and self.known_at is not None and self.settled


async def told_of(app: Starlette, asked: Timed) -> Told:
    """Return the times of a question. Raises Problem for a knowledge that has not come yet."""
    known_at, settled = await _known_at(app, asked.known_at)
    return Told(asked.as_of, asked.as_of or today(), known_at, settled)


async def position_of(app: Starlette, known_at: int | datetime | None) -> int:
    """Return the position of a knowledge, the log's last where none is asked for. Raises Problem."""
    position, _ = await _known_at(app, known_at)
    if position is not None:
        return position
    async with connected(app) as connection:
        return await head(connection)


def too_far_apart(most: int) -> Problem:
    """Return what refuses two knowledges in the wrong order, or with too many entries in between."""
    detail = f"the earlier knowledge first is expected, and at most {most:,} entries in between"
    return Problem("parameter-refused", detail, [Fault("known_at", "knowledges-too-far-apart", detail)])


async def _known_at(app: Starlette, known_at: int | datetime | None) -> tuple[int | None, bool]:
    if known_at is None:
        return None, True
    async with connected(app) as connection:
        if isinstance(known_at, datetime):
            return await position_at(connection, known_at)
        last, whole = await whole_commands(connection, known_at)
    if known_at > last:
        fault = Fault("known_at", "known-at-in-future", f"a position up to {last} is expected")
        raise Problem("parameter-refused", "not as expected: known_at", [fault])
    return whole, True


async def read_models_reach(
    app: Starlette, names: Collection[str], asked: Timed, known_at: int | None
) -> None:
    """Return when the read models have read what the question is about. Raises Problem, OperationalError."""
    needed = max(asked.min_position or 0, known_at or 0)
    positions: Positions = app.state.positions
    if needed:
        await positions.reached(list(names), needed)


async def log_reaches(app: Starlette, asked: Timed) -> None:
    """Return when the log has what the question must wait for. Raises Problem, OperationalError."""
    if asked.min_position is None:
        return
    async with connected(app) as connection:
        last = await head(connection)
    if last < asked.min_position:
        await read_models_reach(app, ["assets"], asked, None)
