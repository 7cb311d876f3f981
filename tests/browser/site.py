"""The service on a register, people who have accounts, and the windows in which they look at its pages."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from auctions.domain.asset.events import asset_id
from auctions.journal.importing import Mode
from auctions.store import keys, users
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.browser.looks import Look
from tests.browser.watching import Complaints
from tests.journeys.imports import imported
from tests.web.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

OFFICE = "BDI-KV1"
VESSEL = "BDI-0074"
"""A vessel of the sample register, after 32 reductions at a twentieth of its loan value."""
OFFICES = {"coordinator": OFFICE, "supervisor": OFFICE, "auditor": "", "administrator": ""}
PASSWORD = "as-it-was-told-once"  # noqa: S105 - of accounts that end with the test


def account(role: str) -> str:
    """The account of somebody who has a role."""
    return f"{role.upper()}-1"


def fill(url: str) -> None:
    """Record the sample register, bring the read models up to date and make an account a role."""
    register = files("auctions.journal").joinpath("sample_register.csv")
    with closing(PostgresStore(url)) as store, as_file(register) as path:
        assert imported(store, path, Mode.ALL_OR_NOTHING).problems == []
    Runner(url).catch_up()
    with psycopg.connect(url, autocommit=True, options=keys.OWNER) as own:
        for role, office in OFFICES.items():
            users.add(own, user=account(role), role=role, office=office, password=PASSWORD)


@contextmanager
def followed(url: str) -> Iterator[None]:
    """Keep a database's read models up to date until the block ends."""
    runner = Runner(url)
    thread = threading.Thread(target=runner.run)
    thread.start()
    try:
        yield
    finally:
        runner.stop()
        thread.join()


def sign_in(page: "Page", address: str, user: str, password: str) -> None:
    """Sign in as people do; what comes next is the first page."""
    page.goto(f"{address}/sign-in")
    page.locator("#user").fill(user)
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{address}/")


class Site:
    """The service at an address, and windows on it in one browser."""

    def __init__(self, browser: "Browser", address: str) -> None:
        self.address = address
        self._browser, self._sessions = browser, dict[str, Any]()
        self._complaints, self._opened = Complaints(), list["BrowserContext"]()

    def window(self, role: str = "", look: Look = Look(), **more: Any) -> "Page":  # noqa: ANN401, B008 - playwright's; a tuple
        """Open an empty window of somebody who has a role ("" for the public) and is signed in.

        `more` is what playwright makes a context with, as java_script_enabled and reduced_motion.
        """
        context = self._context(look, storage_state=self._session(role) if role else None, **more)
        return context.new_page()

    def end(self) -> None:
        """Close all windows; nothing may have been complained about in any."""
        while self._opened:
            self._opened.pop().close()
        told = list(dict.fromkeys(self._complaints))
        self._complaints.clear()
        if told:
            pytest.fail("\n".join(told), pytrace=False)

    def complaints(self) -> list[str]:
        """Take what was complained about until now, which is not asked at the end then."""
        told = list(self._complaints)
        self._complaints.clear()
        return told

    def _context(self, look: Look, **more: Any) -> "BrowserContext":  # noqa: ANN401 - playwright's own
        context = self._browser.new_context(base_url=self.address, **look.context(), **more)
        context.set_default_timeout(30_000)
        self._complaints.watch(context)
        self._opened.append(context)
        return context

    def _session(self, role: str) -> Any:  # noqa: ANN401 - playwright's own
        if role not in self._sessions:
            page = self._context(Look()).new_page()
            sign_in(page, self.address, account(role), PASSWORD)
            self._sessions[role] = page.context.storage_state()
        return self._sessions[role]


@contextmanager
def site(browser: "Browser", url: str, evidence_folder: Path | None = None) -> Iterator[Site]:
    """Serve a database and the signed log of it; yield the site.

    Chromium takes 127.0.0.1 for as trustworthy as HTTPS, so that it keeps the session's Secure cookie.
    """
    with serving(url, evidence_folder=evidence_folder) as address:
        yield Site(browser, address)


def places() -> dict[str, str]:
    """What stands for the names in braces of a page's path."""
    return {"asset_id": str(asset_id(OFFICE, VESSEL)), "office": OFFICE}
