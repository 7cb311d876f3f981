"""Many clients at once: they repeat one command while answers are lost, they decide on one file."""

import os
import ssl
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from itertools import cycle
from threading import Barrier
from uuid import uuid4

import httpx2
import psycopg

from api.client import Client, StaleFileError
from auctions.domain.asset import events as e
from tests.web.keys import held
from tests.web.losing import CUT, LOST, TOLD, losing
from tests.web.register import LAND, OFFICE, recorded
from tests.web.serving import serving

FILE = e.asset_id(OFFICE, LAND)
COST = e.CostAccrued(on=date(2025, 3, 3), amount=40_000, what="custody")
CLIENTS = 32
TIMES = int(os.environ.get("AUCTIONS_STORM", "10"))
"""How often each client repeats the command; the full storm is of 100."""
ABOUT = ("etag", "location", "position", "content-type")


class Keeping(httpx2.HTTPTransport):
    """A way to the service that counts what it answered, byte for byte."""

    def __init__(self) -> None:
        super().__init__(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))  # 32 need not read certificates
        self.answers: Counter[tuple[int, bytes, tuple[str, ...]]] = Counter()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = super().handle_request(request)
        content = answer.read()
        if answer.status_code != 409:
            self.answers[answer.status_code, content, tuple(answer.headers[name] for name in ABOUT)] += 1
        return answer


def test_a_command_that_many_repeat_while_answers_are_lost_is_one_entry_with_one_answer(
    database: str,
) -> None:
    recorded(database)
    token, command_id, ways = key(database, "clerk-1"), uuid4(), [Keeping() for _ in range(CLIENTS)]

    def repeated(way: Keeping) -> None:
        with Client(url, token, patience=240, transport=way) as client:
            for _ in range(TIMES):
                client.record(COST, asset_id=FILE, version=9, command_id=command_id)

    with (
        serving(database) as service,
        losing(service, cycle([LOST, TOLD, TOLD, CUT, TOLD, TOLD])) as (url, proxy),
        ThreadPoolExecutor(CLIENTS) as pool,
    ):
        list(pool.map(repeated, ways))
    answers = sum((way.answers for way in ways), Counter())
    assert list(answers.values()) == [CLIENTS * TIMES]
    assert proxy.met[LOST] + proxy.met[CUT] > CLIENTS * TIMES / 4
    assert entries(database) == 26


def test_of_two_coordinators_who_decide_on_one_file_one_is_told_the_version_it_has_now(
    database: str,
) -> None:
    recorded(database)
    both = Barrier(2)

    def decided(client: Client) -> int | str:
        both.wait()
        try:
            return client.record(COST, asset_id=FILE, version=9).version
        except StaleFileError as stale:
            return f"stale: {stale.version}"

    with serving(database) as service, ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        actors = ("clerk-1", "clerk-2")
        clients = [stack.enter_context(Client(service, key(database, actor))) for actor in actors]
        assert set(pool.map(decided, clients)) == {10, "stale: 10"}
    assert entries(database) == 26


def key(url: str, actor: str) -> str:
    return held(url, "coordinator", actor=actor)["Authorization"].removeprefix("Bearer ")


def entries(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*), max(position) FROM auctions.events").fetchone()
    assert row
    assert row[0] == row[1]
    return int(row[0])
