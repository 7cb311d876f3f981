"""Chromium, and the service on copies of a database that holds the sample register.

Without Chromium the tests are skipped and say how to get it; where AUCTIONS_BROWSER=needed they fail.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.browser.chromium import found
from tests.browser.site import Site, fill, followed, site
from tests.contract.signed_logs import SignedLog
from tests.journeys.databases import created

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium. It is of a module, since the thread that drives it can run no other event loop meanwhile."""
    with found() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def filled(server: str, template: str) -> Iterator[str]:
    """The name of a database that holds the sample register and accounts, which others are copied from."""
    with created(server, template) as url:
        fill(url)
        yield str(conninfo_to_dict(url)["dbname"])


@pytest.fixture(scope="session")
def sample_register(server: str, filled: str) -> Iterator[str]:
    """The URL of a database that holds the sample register and accounts; nobody changes it."""
    with created(server, filled) as url:
        yield url


@pytest.fixture(scope="session")
def sample_log(sample_register: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the log of that register is signed."""
    log = SignedLog(sample_register, tmp_path_factory.mktemp("log") / "evidence")
    log.sign()
    return log.path


@pytest.fixture(scope="module")
def sample_service(browser: "Browser", sample_register: str, sample_log: Path) -> Iterator[Site]:
    """The service on the register that nobody changes."""
    with site(browser, sample_register, sample_log) as opened:
        yield opened


@pytest.fixture
def sample_site(sample_service: Site) -> Iterator[Site]:
    """The same; it fails a test in which a browser complained about a page."""
    yield sample_service
    sample_service.end()


@pytest.fixture
def office_site(browser: "Browser", server: str, filled: str) -> Iterator[Site]:
    """The service on a register of the test's own; it fails a test as `sample_site` does."""
    with created(server, filled) as url, followed(url), site(browser, url) as opened:
        yield opened
        opened.end()
