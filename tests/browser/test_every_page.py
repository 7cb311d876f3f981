"""Every page in every look: nothing that axe finds, nothing that a browser complains about, and it fits."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import violations
from tests.browser.looks import LOOKS, Look
from tests.browser.site import Site, places
from tests.web.pages_paths import PATHS

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROLES = sorted(set(PATHS.values()))
_NOWHERE = "/no-such-page"
_EXPECTED = (200, 422)
"""A page, or a page that tells what is wrong in its form."""
_WIDER_THAN_WINDOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_MOVING = "() => document.getAnimations().length"
_PRINTED_MENUS = "() => [...document.querySelectorAll('nav')].filter(menu => menu.checkVisibility()).length"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "public")
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_page_is_accessible_fits_and_stands_still(sample_site: Site, look: Look, role: str) -> None:
    page = sample_site.window(role, look, reduced_motion="reduce")
    paths = [path for path, its_role in PATHS.items() if its_role == role]
    faults = [f"{path}: {fault}" for path in paths for fault in _faults(page, path, look)]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def _faults(page: "Page", path: str, look: Look) -> list[str]:
    answer = page.goto(path.format(**places()))
    checks = {
        f"answered {answer.status}": answer.status in ((404,) if path == _NOWHERE else _EXPECTED),
        "is not in the language": page.locator("html").get_attribute("lang") == look.language,
        "has not one h1": page.locator("h1").count() == 1,
        "scrolls sideways": page.evaluate(_WIDER_THAN_WINDOW) == 0,
        "moves though that is not wanted": page.evaluate(_MOVING) == 0,
    }
    return [fault for fault, well in checks.items() if not well] + violations(page)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "public")
def test_no_page_prints_its_menus(sample_site: Site, role: str) -> None:
    page = sample_site.window(role)
    page.emulate_media(media="print")
    for path, its_role in PATHS.items():
        if its_role == role:
            page.goto(path.format(**places()))
            assert page.evaluate(_PRINTED_MENUS) == 0, path
