"""The lines of a CSV file, record by record: a quoted cell may run over several lines."""

from collections import deque
from collections.abc import Iterator

from auctions.journal.lines import LONGEST_LINE, Line


class CsvRecords:
    """An iterator over records: the lines up to the one that closes all quotes, at most about 2 MiB."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()

    def __iter__(self) -> Iterator[list[Line]]:
        """Return itself."""
        return self

    def __next__(self) -> list[Line]:
        """Return the lines of the next record."""
        line = self._next_line()
        if line is None:
            raise StopIteration
        record, size, is_open = [line], 0, line.is_whole and _turns(line)
        while is_open and size < LONGEST_LINE and (line := self._next_line()):
            record.append(line)
            size += len(line.raw)
            is_open = not _turns(line)
        return record

    def read_again(self, lines: list[Line]) -> None:
        """Give `lines` once more, as records of their own."""
        self._again.extendleft(reversed(lines))

    def _next_line(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)


def _turns(line: Line) -> bool:
    return line.raw.count(b'"') % 2 == 1
