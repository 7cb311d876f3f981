"""What the fault tests share: a server of their own, which they may kill."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.killing import Server


@pytest.fixture
def killable(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, with a migrated database."""
    server = Server(tmp_path / "home")
    yield server
    server.stop()
