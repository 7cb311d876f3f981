"""Without Chromium these tests are skipped and say how to get it; where it is needed they fail."""

import pytest

from tests.browser.chromium import found


@pytest.mark.parametrize(("wanted", "ends"), [("", pytest.skip.Exception), ("needed", pytest.fail.Exception)])
def test_tests_without_a_browser_are_skipped_unless_it_is_needed(
    monkeypatch: pytest.MonkeyPatch, wanted: str, ends: type[BaseException]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("AUCTIONS_BROWSER", wanted)
    with pytest.raises(ends, match="apt-get install chromium"), found():
        pass
