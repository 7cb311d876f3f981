"""What follows the feed by the client: each change once, in order, whatever breaks off."""

from collections.abc import Iterator
from datetime import date
from itertools import cycle

import pytest

from api.client import Client
from auctions.domain.asset import events as e
from tests.web.losing import CUT, LOST, TOLD, Fate, losing, problem
from tests.web.register import LAND, OFFICE, VESSEL, recorded
from tests.web.serving import Given, served

FILE = e.asset_id(OFFICE, LAND)
LINE = "\u2028"
"""A line's end in Unicode, none in a stream of events."""


@pytest.fixture
def given(database: str) -> Iterator[Given]:
    """A served register of 25 entries."""
    recorded(database)
    with served(database) as given:
        yield given


def costs(client: Client, number: int, version: int = 9) -> list[int]:
    """Record costs one after another; their positions."""
    positions = []
    for at in range(version, version + number):
        cost = e.CostAccrued(on=date(2025, 3, 3), amount=40_000, what="custody", note=f"one{LINE}two")
        positions += client.record(cost, asset_id=FILE, version=at).positions
    return positions


def test_the_log_is_told_up_to_its_end(given: Given) -> None:
    client = given.client()
    told = list(client.changes(follow=False))
    assert [change.position for change in told] == list(range(1, 26))
    assert [change.position for change in client.changes(23, follow=False)] == [24, 25]
    vessels = list(client.changes(follow=False, kind="vessel", entry=["seized", "delivered"]))
    assert [(change.asset_ref, change.entry) for change in vessels if change.asset_ref == VESSEL] == [
        (VESSEL, "seized"),
        (VESSEL, "delivered"),
    ]


def test_what_comes_later_is_told_when_it_comes(given: Given) -> None:
    client = given.client()
    following = client.changes(after=24)
    assert next(following).position == 25
    assert costs(client, 2) == [26, 27]
    told = [next(following) for _ in range(2)]
    assert [change.position for change in told] == [26, 27]
    assert {change.data["note"] for change in told} == {f"one{LINE}two"}
    following.close()


def test_a_follower_misses_nothing_and_sees_nothing_twice_when_streams_break_off(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.client.feed._PAGE", 10)
    busy = problem("429 Too Many Requests", "too-many-streams")
    fates: Iterator[Fate | bytes] = cycle([TOLD, LOST, TOLD, CUT, busy, TOLD])
    parts = cycle([TOLD, TOLD, CUT, TOLD, LOST])
    with losing(given.url, fates, parts) as (url, proxy):
        following = given.client(url).changes()
        told = [next(following) for _ in range(25)]
        for number in range(12):
            assert costs(given.client(), 1, 9 + number) == [26 + number]
            told.append(next(following))
        following.close()
    assert [change.position for change in told] == list(range(1, 38))
    assert proxy.met[LOST] > 0
    assert proxy.met[CUT] > 0
