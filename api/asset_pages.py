"""Pages of the list of assets, the question asked most: its bytes go from the database to the reader unread.

A question is checked and its SQL written once; asked again by the same query string, it goes straight to the
database, or, where nothing has been read into the read models since, is answered from memory.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import orjson
from psycopg.pq.abc import PGresult
from starlette.responses import Response

from api import answers, cursor
from api.connections import Connections
from api.memory import Memory
from api.models import Page
from api.positions import Positions, not_yet_read
from api.problems import Problem
from auctions.application.recording import today

MEMORY = 64_000_000
"""Bytes of pages kept in memory."""
_QUESTIONS = 8_000_000
"""Bytes of queries kept in memory."""

_FORM = answers.form(Page)
_POSITION, _VERSION, _FACETS, _KEY, _ID, _ITEM = range(6)


_NEEDED = re.compile(rb"(?:^|&)min_position=(\d{1,18})(?![^&])")


def parted(words: bytes) -> tuple[bytes, int]:
    """Return a query string without the position that it waits for, and that position, 0 for none."""
    needed = _NEEDED.findall(words) if b"min_position" in words else []
    return (_NEEDED.sub(b"", words).lstrip(b"&"), int(needed[0])) if len(needed) == 1 else (words, 0)


class Question(NamedTuple):
    """A question that was found right."""

    query: bytes
    """SQL: in its first row position and version of what was read and facets, in each other an item."""
    read: Sequence[str]
    """The read models that tell."""
    sort: str
    limit: int
    day: date
    known_at: int | None
    pinned: bool

    def tag(self, position: int, version: str) -> str:
        """Return the tag of an answer that holds up to a position."""
        what = f"p{position}-{self.day}-{_FORM}"
        return f'"{what}-{version}"' if self.known_at is None else f'"{what}"'

    @property
    def caching(self) -> str:
        """For how long a reader may keep the answer."""
        return answers.FOR_EVER if self.pinned else answers.REVALIDATED


class AssetPages:
    """Answers questions about the list, and remembers them."""

    def __init__(self, connections: Connections, positions: Positions, memory: int = MEMORY) -> None:
        """Take what to ask, what tells whether something has changed, and how many bytes of pages to keep."""
        self._connections, self._positions = connections, positions
        self._questions: Memory[Question] = Memory(_QUESTIONS)
        self._pages: Memory[tuple[str, Response]] = Memory(memory)

    def known(self, asked: bytes) -> Question | None:
        """Return the question that a query string stands for today, where it was asked before."""
        return self._questions.get((asked, today()))

    def remember(self, asked: bytes, question: Question) -> None:
        """Let a query string stand for a question until the day is over."""
        self._questions.keep((asked, today()), question, len(asked) + len(question.query))

    async def read(self, question: Question, needed: int) -> None:
        """Return when what a question is about has been read up to a position, see `Positions.reached`."""
        if needed:
            await self._positions.reached(question.read, needed)

    async def answer(self, asked: bytes, question: Question, if_none_match: str | None) -> Response:
        """Return the page that a query string asks for, or 304.

        Raises Problem `not-ready` where a read model is not built, psycopg.Error.
        """
        tag, position = self._present(question)
        if tag and answers.kept(if_none_match, tag):
            return answers.unchanged(tag, position, question.caching)
        kept = self._pages.get(asked)
        if tag and kept and kept[0] == tag:
            return kept[1]
        return await self._fresh(asked, question, if_none_match)

    def _present(self, question: Question) -> tuple[str, int]:
        """Return the tag of the present answer and its position; no tag where only the database knows."""
        if question.known_at is not None:
            return question.tag(question.known_at, ""), question.known_at
        place = self._positions.of(question.read)
        return (question.tag(place.position, place.version), place.position) if place else ("", 0)

    async def _fresh(self, asked: bytes, question: Question, if_none_match: str | None) -> Response:
        found = await self._connections.ask(question.query)
        if not found.ntuples or found.get_value(0, _POSITION) is None:
            raise Problem("not-ready", f"not all built yet: {', '.join(question.read)}: see /readyz")
        read, version = (found.get_value(0, column) or b"" for column in (_POSITION, _VERSION))
        held = _held(int(read), question.known_at)
        tag = question.tag(held, version.decode())
        if answers.kept(if_none_match, tag):
            return answers.unchanged(tag, held, question.caching)
        page = answers.sent(_page(question, held, found), tag, held, caching=question.caching)
        self._pages.keep(asked, (tag, page), len(asked) + len(page.body))
        return page


def _held(read: int, known_at: int | None) -> int:
    """Return up to where an answer holds. Raises Problem where not all that was known then has been read."""
    if known_at is not None and read < known_at:
        raise not_yet_read(read, known_at)
    return read if known_at is None else known_at


def _page(question: Question, position: int, found: PGresult) -> bytes:
    shown = min(found.ntuples - 1, question.limit)
    items = b",".join([found.get_value(row, _ITEM) or b"" for row in range(1, shown + 1)])
    head = orjson.dumps({"as_of": question.day, "known_at": position, "position": position})[:-1]
    counted = found.get_value(0, _FACETS) or b"null"
    following = _following(question, found) if found.ntuples - 1 > shown else None
    parts = (head, counted, items, orjson.dumps(following))
    return b'%b,"facets":%b,"items":[%b],"next":%b}' % parts


def _following(question: Question, found: PGresult) -> str:
    shown = (found.get_value(question.limit, column) or b"" for column in (_KEY, _ID))
    key = [question.sort, *(field.decode() for field in shown)]
    return cursor.encoded(key)
