"""The law over HTTP: rulebooks as the command line lists them, and what offices have changed of theirs."""

import psycopg
import pytest
from starlette.testclient import TestClient

from api.models_of_laws import OfficeFile, Offices, Rules
from auctions.rules.rulebook import rulebooks
from auctions.store.postgres import PostgresStore
from tests.contract.laws import book, change_rules, limit
from tests.contract.registers import head
from tests.web.keys import held
from tests.web.register import OFFICE, OTHER
from tests.web.test_problems import problem


@pytest.mark.parametrize("name", rulebooks())
def test_a_rulebook_is_listed_as_described(web: TestClient, name: str) -> None:
    answer = web.get(f"/v1/rules?book={name}")
    told = Rules.model_validate_json(answer.content, strict=True)
    assert (told.book, told.version, len(told.items)) == (
        name,
        rulebooks()[name].version,
        len(rulebooks()[name].rule),
    )
    assert told.model_dump(mode="json", by_alias=True, exclude_unset=True) == answer.json()


def test_the_rules_in_force_on_a_day_are_those_of_its_regime(web: TestClient) -> None:
    listed = {day: web.get(f"/v1/rules?on={day}").json()["items"] for day in ("2026-06-30", "2026-07-01")}
    assert all(rule["from"] <= day <= rule["to"] for day, rules in listed.items() for rule in rules)
    assert [len(rules) > 0 for rules in listed.values()] == [True, True]
    assert listed["2026-06-30"] != listed["2026-07-01"]


def test_a_rulebook_that_did_not_change_is_not_sent_again(web: TestClient) -> None:
    first = web.get("/v1/rules")
    again = web.get("/v1/rules", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_rulebook_that_is_none_is_told_with_those_there_are(web: TestClient) -> None:
    told = problem(web, "GET", "/v1/rules?book=fr")
    assert (told.code, told.errors[0].parameter, told.errors[0].code) == (
        "parameter-refused",
        "book",
        "unknown-rulebook",
    )
    assert ", ".join(rulebooks()) in told.errors[0].detail


def test_an_office_that_changed_its_rules_is_listed_as_it_was_known(
    changing: TestClient, store: PostgresStore, database: str
) -> None:
    change_rules(store, limit(OFFICE, 5))
    before = head(database)
    change_rules(store, book(OTHER, "it"))
    now, then = (
        Offices.model_validate_json(changing.get(f"/v1/offices{asked}").content, strict=True)
        for asked in ("", f"?known_at={before}")
    )
    assert [(each.office, each.rulebook) for each in now.items] == [(OFFICE, "vn"), (OTHER, "it")]
    assert [(each.office, [limit.limit for limit in each.limits]) for each in then.items] == [(OFFICE, [5])]
    assert (now.known_at, then.known_at) == (before + 1, before)


def test_an_offices_file_tells_who_changed_it_to_those_who_may_see_that(
    changing: TestClient, store: PostgresStore, database: str
) -> None:
    change_rules(store, limit(OFFICE, 5))
    seen = {
        role: OfficeFile.model_validate_json(
            changing.get(f"/v1/offices/{OFFICE}", headers=held(database, role) if role else {}).content,
            strict=True,
        )
        for role in ("", "auditor", "coordinator", "client")
    }
    assert {role: told.entries[0].actor for role, told in seen.items()} == {
        "": None,
        "auditor": "head",
        "coordinator": "head",
        "client": None,
    }
    assert seen[""].entries[0].data["limit"] == 5
    assert changing.get("/v1/offices/KV-77").json()["entries"] == []


def test_offices_need_no_read_model(empty: TestClient, database: str) -> None:
    with psycopg.connect(database) as own:
        assert own.execute("SELECT count(*) FROM projections.tracking").fetchone() == (0,)
    assert empty.get("/v1/offices").json() == {"known_at": 0, "items": []}
