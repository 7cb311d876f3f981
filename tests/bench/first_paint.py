"""How long after it was asked for a page is painted first, in Chromium that has nothing of it kept."""

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from auctions.store.migrate import migrate
from tests.bench.context import Bench
from tests.bench.figures import Goal, Row, alone, skipped
from tests.bench.served import serving
from tests.browser.chromium import NoBrowserError, launched
from tests.browser.looks import DESK, PHONE, Look
from tests.browser.site import fill, places
from tests.journeys.databases import created
from tests.web.pages_paths import PATHS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PART = "first-paint"
_LOADS = 9
_WAIT = Goal(most=500)
_PAGES = {"what is unsold": "/", "an asset": "/assets/{asset_id}", "how value declined": "/decline?by=kind"}
_PAINTED = """() => new Promise(told => new PerformanceObserver(list => {
    const paint = list.getEntriesByName("first-paint")[0];
    if (paint) told(paint.startTime);
}).observe({type: "paint", buffered: true}))"""


def first_paint(bench: Bench) -> Iterator[Row]:
    """Yield milliseconds to the first paint of pages of the sample register."""
    with created(bench.server, "template0") as url:
        migrate(url)
        fill(url)
        try:
            with launched() as browser, serving(url, runner=False) as address:
                yield from _painted(browser, address)
        except NoBrowserError as error:
            yield skipped(PART, "pages", "Chromium", error)


def _painted(browser: "Browser", address: str) -> Iterator[Row]:
    for (name, path), width in product(_PAGES.items(), (PHONE, DESK)):
        if path in PATHS:
            loads = [
                _milliseconds(browser, address + path.format(**places()), width) for _ in range(_LOADS + 1)
            ]
            yield alone(PART, f"{name}, {width} px wide", loads[1:], _WAIT, unit="ms")  # the first warms up


def _milliseconds(browser: "Browser", address: str, width: int) -> float:
    with browser.new_context(**Look("vi", width).context()) as context:
        page = context.new_page()
        page.goto(address)
        found: float = page.evaluate(_PAINTED)
    return found
