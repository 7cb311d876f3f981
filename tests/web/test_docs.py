"""/docs works where nothing but this machine can be reached, and shows examples that hold."""

import re
from html import escape
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from starlette.testclient import TestClient

from api.command_forms import parsed, proposed, together
from api.examples import EXAMPLES, PROPOSAL, TOGETHER
from api.problem_kinds import KINDS
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
    assert entries == ["appraised", "parties_notified"]


def test_a_strike_and_what_is_entered_anew_have_an_example_of_a_proposal() -> None:
    entries = [entry.entry_name() for entry in proposed(orjson.dumps(PROPOSAL))]
    assert entries == ["entry_struck", "price_reduced"]


def test_every_command_shows_an_example(web: TestClient) -> None:
    paths: dict[str, Any] = web.get("/openapi.json").json()["paths"]
    posts = [methods["post"] for methods in paths.values() if "post" in methods]
    commands = [told for told in posts if "requestBody" in told]
    bare = {"approve_strike", "give_password", "disable_account", "enable_account", "retry_read_model"}
    assert {told["operationId"] for told in posts if told not in commands} == bare
    assert len(commands) >= len(ENTRIES) + 1
    bodies = [told["requestBody"]["content"] for told in commands]
    files = [body for body in bodies if "application/json" not in body]
    assert all(body["application/json"]["example"] for body in bodies if body not in files)
    assert [body["text/csv"]["example"].partition(",")[0] for body in files] == ["asset_ref"]


@pytest.mark.parametrize("code", KINDS)
def test_a_problem_is_explained_at_its_type_in_the_readers_language(web: TestClient, code: str) -> None:
    kind = KINDS[code]
    for tongue, title, advice in (("en", kind.en, kind.do_en), ("vi", kind.vi, kind.do_vi)):
        page = web.get(f"/problems/{code}", headers={"Accept-Language": tongue})
        assert (page.status_code, page.headers["content-language"]) == (200, tongue)
        assert escape(title) in page.text
        assert escape(advice) in page.text
        assert f'href="/problems/{code}"' in web.get("/problems", headers={"Accept-Language": tongue}).text


def test_what_is_no_kind_of_problem_is_not_found(web: TestClient) -> None:
    assert web.get("/problems/none").status_code == 404
