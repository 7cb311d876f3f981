"""The README is true: its tour runs, its commands exist, its picture is there."""

import doctest
import re
from pathlib import Path

import typer.main

from auctions.cli import app
from tests.bench.served import serving
from tests.web.keys import held


def test_the_tours_run(checkout: Path, database: str) -> None:
    with serving(database) as url:
        key = held(database, "coordinator", "BDI-KV1")["Authorization"].removeprefix("Bearer ")
        served = {"url": url, "key": key}
        found = doctest.testfile(str(checkout / "README.md"), module_relative=False, globs=served)
    assert found.attempted > 10
    assert found.failed == 0


def test_every_command_it_names_exists(checkout: Path) -> None:
    text = (checkout / "README.md").read_text("utf-8")
    named = set(re.findall(r"dev\.py auctions ([a-z]+)", text))
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has commands
    assert named
    assert named <= commands.keys()


def test_its_picture_and_its_links_are_there(checkout: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (checkout / "README.md").read_text("utf-8"))
    assert [link for link in links if not (checkout / link).exists()] == []
