"""Forms of pages, as people fill them in."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def fill(page: "Page", **filled: str) -> None:
    """Fill in fields by their names, choices by their values."""
    for name, value in filled.items():
        field = page.locator(f'main form [name="{name}"]')
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
