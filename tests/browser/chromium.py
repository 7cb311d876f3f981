"""Debian's Chromium, driven by playwright, where both are installed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class NoBrowserError(Exception):
    """There is no Chromium here, or nothing that drives it; the message says how to get it."""


@contextmanager
def launched() -> Iterator["Browser"]:
    """Start Chromium and end it with the block. Raises NoBrowserError."""
    program = shutil.which("chromium")
    if program is None:
        raise NoBrowserError("there is no Chromium here: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - installed only by those who want it
    except ImportError as error:
        how = "python3 dev.py browser, or pip install -r tests/browser/requirements.lock"
        raise NoBrowserError(f"playwright is not installed here: {how}") from error
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@contextmanager
def found() -> Iterator["Browser"]:
    """The same for tests: skip them without a browser, fail them where AUCTIONS_BROWSER says it is needed."""
    try:
        with launched() as browser:
            yield browser
    except NoBrowserError as error:
        if os.environ.get("AUCTIONS_BROWSER") == "needed":
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))
