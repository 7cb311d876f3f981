import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def checkout() -> Path:
    if not (ROOT / ".git").exists() or not (ROOT / "pyproject.toml").exists():
        pytest.skip("no checkout here")
    return ROOT


@pytest.fixture(scope="session")
def committed(checkout: Path) -> dict[str, bytes]:
    """What is committed or waits to be, by path."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(git, cwd=checkout, capture_output=True, check=True).stdout.decode().split("\0")
    return {name: (checkout / name).read_bytes() for name in names if (checkout / name).is_file()}
