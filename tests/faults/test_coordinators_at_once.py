"""Thirty-two coordinators record by pages at once while others read: no form is lost, no session leaks."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from uuid import UUID

import httpx2
import pytest

from auctions.domain.asset.events import CostAccrued
from auctions.store.postgres import PostgresStore
from tests.web.keys import Headers, in_session
from tests.web.reading_pages import BROWSER, Page
from tests.web.register import LAND, OFFICE, Id, recorded
from tests.web.serving import serving

COORDINATORS, FORMS, READERS, TRIES = 32, 4, 8, 200
NAMES = [f"COORDINATOR-{number:02}" for number in range(COORDINATORS)]
ACTOR = re.compile(r"COORDINATOR-\d\d")


class Browser:
    """A browser without JavaScript in which somebody has signed in, or nobody."""

    def __init__(self, service: str, who: Headers) -> None:
        cookie = {"Cookie": who["Cookie"]} if who else {}
        self.client = httpx2.Client(base_url=service, headers={**BROWSER, **cookie}, timeout=60)
        self.seen: Counter[str] = Counter()

    def opened(self, path: str) -> Page:
        return self._read(self.client.get(path))

    def sent(self, path: str, fields: dict[str, str]) -> Page:
        return self._read(self.client.post(path, data=fields))

    def _read(self, answer: httpx2.Response) -> Page:
        top, shown, _ = answer.text.partition("<main")
        self.seen.update(ACTOR.findall(top) or ["nobody"] if shown else [])
        return Page(answer)


def cost(asset_id: UUID) -> str:
    return f"/assets/{asset_id}/record/costs"


def recorded_by_form(browser: Browser, path: str, what: str) -> int:
    """Fill in the form of a cost and send it until it is recorded, as it is shown anew after each refusal."""
    page = browser.opened(path)
    for tried in range(1, TRIES):
        fields = page.form(path).fields | {"on": "2025-02-01", "amount": "1.000", "what": what}
        page = browser.sent(path, fields)
        if page.status == httpx2.codes.SEE_OTHER:
            return tried
        kept = page.form(path).fields
        assert (page.status, kept["what"]) in {(412, what), (409, what), (503, what)}, page.words
    raise AssertionError(f"{what} was not recorded")


@pytest.fixture
def ids(database: str) -> Id:
    return recorded(database)


@pytest.fixture
def service(database: str, ids: Id) -> Iterator[str]:
    assert ids
    with serving(database) as url:
        yield url


def test_no_form_is_lost_and_nobody_sees_another_s_session(service: str, database: str, ids: Id) -> None:
    browsers = {
        name: Browser(service, in_session(database, "coordinator", OFFICE, actor=name)) for name in NAMES
    }
    readers = [Browser(service, {}) for _ in range(READERS)]
    asset_id = ids[LAND]

    def coordinates(name: str) -> None:
        for number in range(FORMS):
            recorded_by_form(browsers[name], cost(asset_id), f"{name} {number}")
            assert browsers[name].opened("/").status == httpx2.codes.OK

    def reads(browser: Browser) -> None:
        for _ in range(4 * FORMS):
            for path in ("/", f"/assets/{asset_id}"):
                assert browser.opened(path).status == httpx2.codes.OK

    with ExitStack() as open_browsers, ThreadPoolExecutor(COORDINATORS + READERS) as people:
        for browser in (*browsers.values(), *readers):
            open_browsers.callback(browser.client.close)
        done = [people.submit(coordinates, name) for name in NAMES]
        done += [people.submit(reads, reader) for reader in readers]
    for each in done:
        each.result()

    with closing(PostgresStore(database)) as store:
        lines = store.read([asset_id])[asset_id]
    costs = [(line.envelope.actor, line.entry.what) for line in lines if isinstance(line.entry, CostAccrued)]
    assert sorted(costs) == sorted((name, f"{name} {number}") for name in NAMES for number in range(FORMS))
    assert [set(browsers[name].seen) for name in NAMES] == [{name} for name in NAMES]
    assert {who for reader in readers for who in reader.seen} == {"nobody"}
