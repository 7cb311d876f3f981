"""The first page is light, whatever it is looked at with."""

import pytest

from tests.browser.looks import DESK, PHONE, Look
from tests.browser.site import Site
from tests.browser.waiting import until

MOST = 60 * 1024
_ICON = "() => fetch(document.querySelector('link[rel=icon]').href).then(answer => answer.text())"


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_first_page_with_all_its_files_takes_at_most_60_kilobytes(
    sample_site: Site, language: str, width: int
) -> None:
    page = sample_site.window(look=Look(language, width))
    received = list[float]()
    session = page.context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
    session.send("Network.enable")
    page.goto("/", wait_until="networkidle")
    page.evaluate(_ICON)  # which a browser without a window does not load
    until(page, lambda: len(received) >= 3)  # the page, its style and its icon
    assert 5_000 < sum(received) <= MOST
