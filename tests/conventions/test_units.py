"""systemd itself finds the units right and well bound, where it is installed."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

EXPOSED = 20
"""What `systemd-analyze security` may give a unit at most, out of 100; an unbound one gets 96."""


@pytest.fixture
def root(checkout: Path, tmp_path: Path) -> Path:
    """A root folder with the units, and with programs in the place of those that they start."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed here")
    folder = tmp_path / "etc/systemd/system"
    shutil.copytree(checkout / "deploy/systemd", folder)
    for unit in folder.glob("*.service"):
        unit.write_text(unit.read_text("utf-8").replace("/opt/auctions", str(tmp_path)), "utf-8")
    for program in ("bin/auctions", "deploy/dump.sh"):
        (tmp_path / program).parent.mkdir()
        shutil.copy(checkout / "deploy/dump.sh", tmp_path / program)
    return tmp_path


def units(root: Path, kind: str) -> list[Path]:
    return sorted((root / "etc/systemd/system").glob(f"auctions-*.{kind}"))


def verified(root: Path) -> str:
    """What systemd says of units that it does not find right."""
    files = units(root, "service") + units(root, "timer")
    command = ["systemd-analyze", "verify", *map(str, files)]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return "".join(line for line in told.stderr.splitlines(keepends=True) if str(root) in line)


def test_the_units_and_their_bounds_are_right(root: Path) -> None:
    assert verified(root) == ""
    bounds = root / "etc/systemd/system/auctions-.service.d/10-bounds.conf"
    bounds.write_text(bounds.read_text("utf-8") + "NoSuchBound=yes\n", "utf-8")
    assert "Unknown key 'NoSuchBound'" in verified(root)


def test_the_units_are_bound(root: Path) -> None:
    for unit in units(root, "service"):
        command = ["systemd-analyze", "security", "--offline=yes", f"--root={root}", f"--threshold={EXPOSED}"]
        told = subprocess.run(
            [*command, "--json=short", unit.name], capture_output=True, encoding="utf-8", check=False
        )
        assert told.returncode == 0, [each for each in json.loads(told.stdout) if each["set"] is False]
