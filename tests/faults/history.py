"""What writers asked and heard, held against the log that was found: nothing lost, nothing twice."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import psycopg

from auctions.store.codec import decode_envelope

_LOG = """SELECT position, stream_id, entry_no, topic, payload, envelope
    FROM auctions.events ORDER BY position"""

Content = tuple[str, str]
"""An entry's topic and payload."""


class Line(NamedTuple):
    """An entry as it was found in the log."""

    position: int
    stream_id: str
    entry_no: int
    content: Content
    command_id: str


class Asked(NamedTuple):
    """A command: its entries, and the highest position that was acknowledged to anyone before it was sent."""

    stream_id: str
    contents: list[Content]
    after: int


class History:
    """Commands in the order of their report: asked, then recorded at positions, refused, or not answered."""

    def __init__(self) -> None:
        self.asked: dict[str, Asked] = {}
        self.answers: dict[str, list[list[int]]] = defaultdict(list)
        self.refused: dict[str, str] = {}
        self.unexpected: list[str] = []
        self.highest = 0

    def hear(self, text: str) -> None:
        """Take a line of the report."""
        told: dict[str, Any] = json.loads(text)
        command_id = told["id"]
        match told["said"]:
            case "asked":
                contents = [(topic, payload) for topic, payload in told["entries"]]
                self.asked[command_id] = Asked(told["stream"], contents, self.highest)
            case "recorded":
                self.answers[command_id].append(told["positions"])
                self.highest = max(self.highest, *told["positions"])
            case "refused":
                self.refused[command_id] = told["code"]
            case _:
                self.unexpected.append(text)

    def unanswered(self) -> list[str]:
        """Return the commands of which nobody knows what became of them."""
        return [
            command_id
            for command_id in self.asked
            if command_id not in self.answers and command_id not in self.refused
        ]


def found_log(connection: psycopg.Connection[Any]) -> list[Line]:
    """Return the whole log in order."""
    rows = connection.execute(_LOG)
    return [
        Line(position, str(stream), number, (topic, payload.decode()), str(decode_envelope(who).command_id))
        for position, stream, number, topic, payload, who in rows
    ]


def faults(history: History, log: Sequence[Line]) -> list[str]:
    """Return in words whatever contradicts the promise made to writers; empty when it was kept."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in log:
        found[line.command_id].append(line)
    phantoms = found.keys() - history.asked.keys()
    return [
        *(f"not promised: {text}" for text in history.unexpected),
        *(f"phantom: nobody asked for command {command_id}" for command_id in sorted(phantoms)),
        *(
            f"{fault}: command {command_id}"
            for command_id, asked in history.asked.items()
            for fault in _of_a_command(history, command_id, asked, found.get(command_id, []))
        ),
        *_holes(log),
    ]


def _of_a_command(history: History, command_id: str, asked: Asked, lines: Sequence[Line]) -> Iterator[str]:
    answers, refused = history.answers.get(command_id, []), command_id in history.refused
    if not answers and not refused:
        yield "never answered"
    if refused and (lines or answers):
        yield "refused, yet recorded"
    if answers and not lines:
        yield "lost"
    if len(lines) > len(asked.contents):
        yield "twice"
    elif lines:
        yield from _of_its_lines(asked, answers, lines)


def _of_its_lines(asked: Asked, answers: list[list[int]], lines: Sequence[Line]) -> Iterator[str]:
    if [line.content for line in lines] != asked.contents:
        yield "not as asked"
    if {line.stream_id for line in lines} != {asked.stream_id}:
        yield "in another file"
    if any(answer != [line.position for line in lines] for answer in answers):
        yield "not where it was acknowledged"
    if lines[0].position <= asked.after:
        yield "before what was acknowledged before it was asked"


def _holes(log: Sequence[Line]) -> Iterator[str]:
    last: dict[str, int] = defaultdict(int)
    for line in log:
        if line.entry_no != last[line.stream_id] + 1:
            yield f"hole: entry {line.entry_no} of {line.stream_id} after {last[line.stream_id]}"
        last[line.stream_id] = line.entry_no
