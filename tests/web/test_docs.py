"""/docs works where nothing but this machine can be reached, and shows examples that hold."""

import re
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from starlette.testclient import TestClient

from api.command_forms import parsed, together
from api.examples import EXAMPLES, TOGETHER
from auctions.domain.asset.events import ENTRIES


def test_the_page_loads_from_this_machine_alone(web: TestClient) -> None:
    page = web.get("/docs")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) == 5
    for part in loaded:
        assert urlsplit(part).netloc == ""
        assert web.get(part).status_code == 200, part
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert not re.findall(r"<script>|style=|\son\w+=", page.text)
    assert web.get("/docs/passwd").status_code == 404


@pytest.mark.parametrize("name", ENTRIES)
def test_the_example_of_a_command_is_such_an_entry(name: str) -> None:
    assert parsed(ENTRIES[name], orjson.dumps(EXAMPLES[name])).entry_name() == name


def test_entries_recorded_together_have_an_example() -> None:
    entries = [entry.entry_name() for entry in together(orjson.dumps(TOGETHER))]
    assert entries == ["entry_struck", "price_reduced"]


def test_every_command_shows_an_example(web: TestClient) -> None:
    paths: dict[str, Any] = web.get("/openapi.json").json()["paths"]
    commands = [methods["post"] for methods in paths.values() if "post" in methods]
    assert len(commands) >= len(ENTRIES) + 1
    assert all(told["requestBody"]["content"]["application/json"]["example"] for told in commands)
