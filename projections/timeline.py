"""A file's rows over both times: through which legal days each holds, and from where to where it was known.

Ends are not included. What is known of a file at a position are the entries up to there that were not struck.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from projections.times import NO_DAY, NO_POSITION

Row = tuple[Any, ...]


class Span(NamedTuple):
    """A row and the legal days through which it holds."""

    row: Row
    on_from: date
    on_to: date


class Period(NamedTuple):
    """A span and the positions of the log between which it was known."""

    span: Span
    known_from: int
    known_to: int


class Periods(NamedTuple):
    """What has changed since a position: the periods that began after it, and older ones that ended."""

    begun: Sequence[Period]
    ended: Sequence[Period]


def spans(days: Iterable[tuple[date, Sequence[Row]]]) -> Iterator[Span]:
    """Yield the spans of rows that hold at the end of each of some days, in the order of the days."""
    standing: dict[Row, date] = {}
    for day, rows in days:
        kept = set(rows)
        for row in [row for row in standing if row not in kept]:
            yield Span(row, standing.pop(row), day)
        for row in rows:
            standing.setdefault(row, day)
    for row, since in standing.items():
        yield Span(row, since, NO_DAY)


class Timeline:
    """The periods of one model's rows for one file, as the file's entries come one after the other."""

    def __init__(self) -> None:
        """Begin with no row."""
        self._rows: Sequence[Row] | None = []
        """What stood when that was asked for last; None after a restatement."""
        self._standing: dict[Row, tuple[date, int]] = {}
        self._over: dict[Span, int] = {}
        self._ended: list[Period] = []

    def stand(self, rows: Sequence[Row], day: date, position: int) -> None:
        """Let exactly `rows` hold from `day` on, the last legal day of the file, as known from `position`."""
        if rows == self._rows:
            return
        self._rows, kept = rows, set(rows)
        for row in [row for row in self._standing if row not in kept]:
            since, known_from = self._standing.pop(row)
            if known_from < position:
                self._ended.append(Period(Span(row, since, NO_DAY), known_from, position))
            if since < day:
                self._over[Span(row, since, day)] = position
        for row in rows:
            self._standing.setdefault(row, (day, position))

    def restate(self, found: Iterable[Span], position: int) -> None:
        """Let exactly the spans `found` be known from `position` on."""
        self._rows, now, before = None, set(found), self._known()
        self._ended += [Period(span, known, position) for span, known in before.items() if span not in now]
        self._standing, self._over = {}, {}
        for span in now:
            known = before.get(span, position)
            if span.on_to == NO_DAY:
                self._standing[span.row] = (span.on_from, known)
            else:
                self._over[span] = known

    def _known(self) -> dict[Span, int]:
        standing = {Span(row, since, NO_DAY): known for row, (since, known) in self._standing.items()}
        return standing | self._over

    def since(self, position: int) -> Periods:
        """Return what has changed after a position."""
        begun = [Period(span, known, NO_POSITION) for span, known in self._known().items()]
        begun = [period for period in begun + self._ended if period.known_from > position]
        return Periods(begun, [each for each in self._ended if each.known_from <= position < each.known_to])

    def settle(self) -> None:
        """Forget all that no later entry on the last day or after it can change."""
        self._over.clear()
        self._ended.clear()
