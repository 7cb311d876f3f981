"""Killed at any time: every acknowledged entry is there once, and every lost answer is given again."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.mapper import StoredLine
from auctions.store.memory import ZEROS, leaf_hash
from projections.check import first_difference
from projections.registry import read_models
from projections.runner import Runner
from tests.faults.history import faults, found_log
from tests.faults.killing import Server, Service

KILLS = int(os.environ.get("AUCTIONS_FAULTS_KILLS", "20"))
VICTIMS = ("service", "postgres", "all")

_LINKS = """SELECT stream_id, entry_no, topic, payload, envelope, position, recorded_at, prev, leaf
    FROM auctions.events ORDER BY position"""


@pytest.fixture
def service(killable: Server, tmp_path: Path) -> Iterator[Service]:
    """Eight writers and a runner on the server, in a process of their own."""
    opened = Service(killable.url, tmp_path / "report.jsonl")
    yield opened
    if opened.is_running():
        opened.kill()


def strike(victim: str, server: Server, service: Service) -> None:
    """Kill the victim and start it again."""
    if victim != "postgres":
        service.kill()
    if victim != "service":
        server.kill()
        server.start()
    if victim != "postgres":
        service.start()


def strike_often(server: Server, service: Service) -> list[float]:
    """Kill one or all at random moments; return after how many seconds the service answered again."""
    random, back = Random(), []  # noqa: S311 - moments, not secrets
    service.start()
    service.await_an_answer()
    for number in range(KILLS):
        time.sleep(random.uniform(0, 1))
        since = time.monotonic()
        strike(VICTIMS[number % 3], server, service)
        if random.random() < 0.8:  # else the next one comes while it is still starting
            service.await_an_answer()
            back.append(time.monotonic() - since)
    service.await_an_answer()
    return sorted(back)


def assert_chained(rows: list[tuple[Any, ...]]) -> None:
    """Assert that each entry leans on the one before in its file, and that time never falls."""
    heads: dict[object, bytes] = {}
    moment = rows[0][6] - timedelta(1)
    for *stored, prev, leaf in rows:
        line = StoredLine(*stored)
        assert prev == heads.get(line.originator_id, ZEROS)
        assert leaf == leaf_hash(line, line.recorded_at, prev)
        assert line.recorded_at >= moment
        heads[line.originator_id], moment = leaf, line.recorded_at


def differences(url: str) -> list[str]:
    """Return in words how the read models, caught up, differ from a fresh replay."""
    Runner(url).catch_up()
    with connection(url) as reader:
        found = [first_difference(reader, model) for model in read_models().values()]
    return [difference.words() for difference in found if difference]


def test_under_eight_writers_no_kill_loses_or_doubles_an_entry_and_every_lost_answer_is_given_again(
    killable: Server, service: Service
) -> None:
    back = strike_often(killable, service)
    assert service.stop() == 0
    with psycopg.connect(killable.url) as reader:
        log, links = found_log(reader), reader.execute(_LINKS).fetchall()
    history = service.history
    figures = (
        f"{KILLS} kills: {len(history.answers):,} commands acknowledged, {len(history.refused):,} refused, "
        f"{service.sent_again} sent again, {len(log):,} entries; "
        f"back within {back[-1]:.1f} s, half within {back[len(back) // 2]:.1f} s"
    )
    print(figures)  # noqa: T201 - what the run was worth
    assert faults(history, log) == [], figures
    assert_chained(links)
    assert differences(killable.url) == [], figures
    assert service.sent_again > 0, figures
    assert len(history.answers) > 20 * KILLS, figures
    assert back[int(len(back) * 0.99)] < 10, figures
