"""What a machine of the runbook holds before the runbook begins: a checkout, and programs of the system."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

STANDINS = Path(__file__).with_name("standins")
SOURCE = ("pyproject.toml", "README.md", "src", "projections", "api", "deploy")
"""What the Containerfile takes, and deploy/ itself."""


def programs(folder: Path) -> None:
    """Put programs into a folder that stand in the place of sudo and systemctl."""
    folder.mkdir()
    shutil.copy(STANDINS / "sudo", folder / "sudo")
    called = f'#!/bin/sh\nexec "{sys.executable}" "{STANDINS / "systemctl.py"}" "$@"\n'
    (folder / "systemctl").write_text(called, "utf-8")
    for program in folder.iterdir():
        program.chmod(0o755)


def source(folder: Path, checkout: Path, here: Callable[[str], str]) -> None:
    """Copy the checkout into a folder, the texts of deploy/ as `here` makes them."""
    folder.mkdir()
    for name in SOURCE:
        take = shutil.copytree if (checkout / name).is_dir() else shutil.copy
        take(checkout / name, folder / name)
    for file in (folder / "deploy").rglob("*"):
        if file.is_file() and file.suffix != ".lock":
            file.write_text(here(file.read_text("utf-8")), "utf-8")
