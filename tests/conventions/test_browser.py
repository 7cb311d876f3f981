"""What tests/browser needs is locked, apart from what all install, and is never left out where it counts."""

import re
import tomllib
from pathlib import Path


def pinned(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE))


def test_the_lock_of_the_browser_tests_holds_their_group_and_nothing_that_all_install(checkout: Path) -> None:
    groups = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    lock = checkout / "tests/browser/requirements.lock"
    assert {re.split(r"[<>=]", wanted)[0] for wanted in groups["browser"]} <= set(pinned(lock))
    assert set(pinned(lock)).isdisjoint(pinned(checkout / "requirements.lock"))
    assert lock.read_text("utf-8").count("--hash=sha256:") >= len(pinned(lock))


def test_the_run_that_counts_installs_chromium_and_skips_no_test_in_it(checkout: Path) -> None:
    steps = (checkout / ".ci/run").read_text("utf-8")
    tests = steps.index("dev.py test")
    for needed in ("export AUCTIONS_BROWSER=needed", "apt-get install -qq -y", "dev.py browser"):
        assert steps.index(needed) < tests
    assert "chromium" in steps.partition("apt-get install")[2].splitlines()[0]
