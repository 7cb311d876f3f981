"""One entry recorded by a POST over HTTP: ours by one process beside Express with emmett by one.

Both load the file, decide, and append with the version the client names; ours checks the client's key too and
keeps what it answered. Read models are nobody's here.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import orjson
import psycopg

from auctions.domain.asset.events import Seized, asset_id
from auctions.domain.event import Envelope
from auctions.store import keys
from auctions.store.codec import encode
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from tests.bench import databases, web
from tests.bench.context import Bench
from tests.bench.figures import Goal, Missing, Row, alternating, compared, skipped
from tests.bench.node import Node
from tests.bench.served import serving

PART = "recording"
_WHAT = "a POST records one entry, 16 connections"
_PEER = "Express with emmett"
_OFFICE = "KV-1"
_FILES = 500
"""Files of a turn, each written to in its turn: far more than connections, so that no two meet in one."""
_SCRIPT = str(Path(__file__).with_name("costs.lua"))

Side = Callable[[], float]


def record_over_http(bench: Bench) -> Iterator[Row]:
    """Yield the rows of both sides."""
    try:
        web.program()
    except Missing as reason:
        yield skipped(PART, _WHAT, "wrk", reason)
        return
    with ExitStack() as opened:
        sides = {"ours": _ours(bench, opened)}
        try:
            sides[_PEER] = _theirs(bench, opened)
        except Missing as reason:
            yield skipped(PART, _WHAT, _PEER, reason)
        found = alternating(sides, bench.turns)
    yield from compared(PART, _WHAT, found, {_PEER: Goal(2)})


def _ours(bench: Bench, opened: ExitStack) -> Side:
    url = databases.fresh(bench.server, "recording")
    with psycopg.connect(url, autocommit=True, options=keys.OWNER) as own:
        _, token = keys.add(own, actor="bench", office=_OFFICE, role="coordinator", days=1)
    store = PostgresStore(url)
    opened.callback(store.close)
    address = opened.enter_context(serving(url, runner=False))
    headers, turns = {"Authorization": f"Bearer {token}"}, count()

    def turn() -> float:
        files = _files(next(turns))
        with store.transaction() as transaction:
            transaction.append_all([_seizure(stream_id, entry) for stream_id, entry in files.items()])
        return web.requests(address, headers, _script(bench, files))

    return turn


def _theirs(bench: Bench, opened: ExitStack) -> Side:
    node = opened.enter_context(
        Node("express.js", url=databases.empty(bench.server, "express"), connections=web.CONNECTIONS)
    )
    turns = count()

    def turn() -> float:
        files = _files(next(turns))
        event = {"type": Seized.TOPIC, "data": orjson.loads(encode(next(iter(files.values()))))}
        node.call("seize", ids=list(map(str, files)), event=event)
        return web.requests(f"http://127.0.0.1:{node.opened}", script=_script(bench, files))

    return turn


def _files(turn: int) -> dict[UUID, Seized]:
    day, references = date(2025, 3, 3), [f"TS-{turn}-{number}" for number in range(_FILES)]
    return {
        asset_id(_OFFICE, reference): Seized(on=day, asset_ref=reference, office=_OFFICE, kind="land")
        for reference in references
    }


def _seizure(stream_id: UUID, seized: Seized) -> Command:
    return Command(stream_id, 0, (seized,), Envelope("bench", _OFFICE, "coordinator", uuid4()))


def _script(bench: Bench, files: Mapping[UUID, Seized]) -> list[str]:
    """Return wrk's script and what it is given: where the ids of the files stand, and a word for its keys."""
    path = bench.folder / "recorded.txt"
    path.write_text("".join(f"{stream_id}\n" for stream_id in files), "utf-8")
    return [_SCRIPT, str(path), uuid4().hex[:8]]
