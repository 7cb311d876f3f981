"""The page of unsold assets with facets over HTTP: ours by one process beside Fastify by one.

Fresh answers are asked of the database each time; ours keeps answers in memory until something has changed,
which is measured by itself, as are answers the reader has already (304) and answers pinned to the past.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import quote

from tests.bench import listing_question, plain, web
from tests.bench.context import Bench
from tests.bench.figures import Goal, Missing, Row, alternating, compared, skipped
from tests.bench.lists import listed
from tests.bench.node import Node
from tests.bench.served import serving

PART = "http"
_WHAT = "page of 50 with facets, 16 connections"
_PEERS = {"Fastify, rows": Goal(1.5), "Fastify, JSON by PostgreSQL": Goal(0.6)}

_SCHEMAS = "projections,public"
_NOTES = {"pgbench SELECT": "the query of the JSON alone, without HTTP"}

Side = Callable[[], float]


def list_over_http(bench: Bench) -> Iterator[Row]:
    """Yield the rows of all sides."""
    try:
        web.program()
    except Missing as reason:
        yield skipped(PART, _WHAT, "wrk", reason)
        return
    url = listed(bench)
    with ExitStack() as opened:
        fresh = opened.enter_context(serving(url, memory=0)) + listing_question.PATH
        sides: dict[str, Side] = {"ours": _asking(fresh)}
        try:
            sides |= _peers(bench, url, fresh, opened)
        except Missing as reason:
            yield skipped(PART, _WHAT, "Fastify", reason)
        yield from compared(PART, _WHAT, alternating(sides, bench.turns), _PEERS, notes=_NOTES)
        kept = opened.enter_context(serving(url)) + listing_question.PATH
        yield from _without_asking(bench, fresh, kept)


def _asking(url: str, headers: dict[str, str] | None = None) -> Side:
    return lambda: web.requests(url, headers)


def _peers(bench: Bench, url: str, ours: str, opened: ExitStack) -> dict[str, Side]:
    queries = listing_question.queries(url)
    there = f"{url}&options={quote(f'-c search_path={_SCHEMAS}')}"
    node = opened.enter_context(Node("fastify.js", url=there, connections=8, queries=queries))
    found: dict[str, Side] = {}
    for name, path in zip(_PEERS, ("rows", "bytes"), strict=True):
        address = f"http://127.0.0.1:{node.opened}/{path}"
        _check(ours, address)
        found[name] = _asking(address)
    body = queries["body"]
    found["pgbench SELECT"] = lambda: plain.tps(url, f"{body};", web.CONNECTIONS, bench.folder, _SCHEMAS)
    return found


def _check(ours: str, theirs: str) -> None:
    mine, other = (json.loads(web.answer(address)[1]) for address in (ours, theirs))
    if not listing_question.same(mine, other):
        raise RuntimeError(f"{theirs} does not answer the same page")


def _without_asking(bench: Bench, fresh: str, kept: str) -> Iterator[Row]:
    told, body = web.answer(kept)
    tag = told.getheader("ETag") or ""
    pinned = f"{kept}&as_of=2024-06-30&known_at={json.loads(body)['position']}"
    sides = {
        "unchanged, from memory": _asking(kept),
        "already with the reader: 304": _asking(kept, {"If-None-Match": tag}),
        "pinned to the past": _asking(pinned),
        "a fresh answer": _asking(fresh),
    }
    found = alternating(sides, bench.turns)
    for what in list(sides)[:-1]:
        pair = {"ours": found[what], "a fresh answer": found["a fresh answer"]}
        yield from compared(PART, what, pair, {"a fresh answer": Goal(2)})
