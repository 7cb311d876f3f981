import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

WITH_REASON = re.compile(r'^\s*"([A-Z]+\d*)",\s+# \w', re.MULTILINE)


def test_every_arrow_between_the_rooms_points_as_drawn(checkout: Path) -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    told = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_rule_of_ruff_left_out_says_why(checkout: Path) -> None:
    text = (checkout / "pyproject.toml").read_text("utf-8")
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    ignored = Counter(lint["ignore"])
    for rules in lint["per-file-ignores"].values():
        ignored.update(rules)
    assert ignored == Counter(WITH_REASON.findall(text))
