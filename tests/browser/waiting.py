"""Waiting for what a browser tells by and by."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def until(page: "Page", holds: Callable[[], bool]) -> None:
    """Let a page go on until something holds; fail when it does not within ten seconds."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("this did not come to hold")
