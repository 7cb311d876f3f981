"""A register is sent in, imported and told of; sent again it is the same import."""

import csv
import json
from pathlib import Path

import psycopg
import pytest
from starlette.testclient import TestClient

from api.models_of_imports import ImportAnswer, ImportPage, ImportState, RowProblem
from tests.journeys.registers import FORMATS, Cells, good, row
from tests.web.keys import held
from tests.web.register import OTHER
from tests.web.sending import State, body, ended, entries_in, held_up, send, when

WRONG: list[Cells] = [
    row("TS-3", "round_announced", "2024-07-20", round_no=1, starting_price=3_000_000_000),
    row("TS-3", "appraised", "2024-07-01", value="3 tỷ", method="appraiser"),
]
PROBLEMS = [(15, "entry", "not-in-this-stage"), (16, "value", "wrong-number")]
_COUNTS = ("rows", "assets", "recorded", "already", "refused", "quarantined")


def counts(state: State) -> tuple[int, ...]:
    return tuple(state[name] for name in _COUNTS)


def places(state: State) -> list[tuple[int, str | None, str]]:
    return [(each["row"], each["column"], each["code"]) for each in state["problems"]]


@pytest.mark.parametrize("form", FORMATS)
def test_a_register_in_any_format_is_recorded(
    coordinator: TestClient, database: str, tmp_path: Path, form: str
) -> None:
    sent = send(coordinator, body(tmp_path, good(), form), form=form)
    told = ImportState.model_validate_json(sent.content, strict=True)
    assert sent.headers["location"] == f"/v1/imports/{told.import_id}"
    state = ended(coordinator, sent)
    assert ImportAnswer.model_validate_json(json.dumps(state), strict=True)
    assert (state["state"], state["progress"], counts(state)) == ("done", 1.0, (13, 3, 13, 0, 0, 0))
    assert (state["problems"], state["next"], entries_in(database)) == ([], None, 13)


def test_sent_again_under_the_same_key_it_is_the_same_import(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    register = body(tmp_path, good())
    first, second = send(coordinator, register, key="k-1"), send(coordinator, register, key="k-1")
    assert first.headers["location"] == second.headers["location"]
    assert counts(ended(coordinator, first)) == (13, 3, 13, 0, 0, 0)
    late = send(coordinator, register, key="k-1")
    assert (late.status_code, late.json()["state"], late.json()["recorded"]) == (202, "done", 13)
    with psycopg.connect(database) as reader:
        assert reader.execute("SELECT count(*), sum(runs) FROM auctions.imports").fetchone() == (1, 1)
        assert reader.execute("SELECT count(*) FROM auctions.import_parts").fetchone() == (0,)


@pytest.mark.parametrize(
    ("more", "asked"), [(b"\n", {}), (b"", {"mode": "quarantine"}), (b"", {"filename": "other.csv"})]
)
def test_something_else_under_a_key_that_was_used_is_refused(
    coordinator: TestClient, tmp_path: Path, more: bytes, asked: dict[str, str]
) -> None:
    register = body(tmp_path, good())
    ended(coordinator, send(coordinator, register, key="k-1"))
    answer = send(coordinator, register + more, key="k-1", **asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "command-id-reused")


def test_sent_under_another_key_nothing_is_recorded_twice(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    for expected in ((13, 3, 13, 0, 0, 0), (13, 3, 0, 13, 0, 0)):
        assert counts(ended(coordinator, send(coordinator, body(tmp_path, good())))) == expected
    assert entries_in(database) == 13


def test_a_dry_run_tells_what_would_be_and_records_nothing(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    state = ended(
        coordinator, send(coordinator, body(tmp_path, [*good(), *WRONG]), dry_run=True, mode="quarantine")
    )
    assert (state["state"], state["mode"], counts(state)) == ("done", "dry-run", (15, 3, 13, 0, 2, 0))
    assert places(state) == PROBLEMS
    assert (entries_in(database), coordinator.get("/v1/quarantine").json()["items"]) == (0, [])


def test_of_a_register_with_a_refused_row_nothing_is_recorded_and_every_problem_told(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    sent = send(coordinator, body(tmp_path, [*good(), *WRONG]))
    state = ended(coordinator, sent)
    assert (state["state"], counts(state)) == ("failed", (15, 3, 0, 0, 2, 0))
    assert (places(state), entries_in(database)) == (PROBLEMS, 0)
    first = coordinator.get(f"{sent.headers['location']}?limit=1").json()
    rest = coordinator.get(f"{sent.headers['location']}?limit=1&cursor={first['next']}").json()
    assert [places(first), places(rest), rest["next"]] == [PROBLEMS[:1], PROBLEMS[1:], None]


def test_with_quarantine_what_is_possible_is_recorded_and_the_rest_waits(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    state = ended(coordinator, send(coordinator, body(tmp_path, [*good(), *WRONG]), mode="quarantine"))
    assert (state["state"], counts(state)) == ("done", (15, 3, 13, 0, 2, 2))
    assert (places(state), entries_in(database)) == (PROBLEMS, 13)
    assert [item["row"] for item in coordinator.get("/v1/quarantine").json()["items"]] == [15, 16]


def test_an_import_is_followed_until_it_has_ended(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    with held_up(database) as holder:
        sent = send(coordinator, body(tmp_path, good()))
        when(coordinator, sent, lambda state: state["state"] == "deciding" or state["progress"])
        holder.execute("SELECT pg_advisory_unlock_all()")
        told = coordinator.get(f"{sent.headers['location']}/events")
    assert told.headers["content-type"] == "text/event-stream; charset=utf-8"
    events = [event.split("\n") for event in told.text.strip().split("\n\n")]
    assert {event[0] for event in events} == {"event: import"}
    states = [ImportState.model_validate_json(event[1].removeprefix("data: ")) for event in events]
    assert states[-1].state == "done"
    assert [state.ended_at is None for state in states] == [*[True] * (len(states) - 1), False]
    again = coordinator.get(f"{sent.headers['location']}/events").text
    assert again.count("event: import") == 1


def test_imports_wait_for_their_turn(coordinator: TestClient, database: str, tmp_path: Path) -> None:
    with held_up(database):
        first = send(coordinator, body(tmp_path, good()))
        second = send(coordinator, body(tmp_path, good()))
        when(coordinator, first, lambda state: state["state"] != "waiting")
        assert coordinator.get(second.headers["location"]).json()["state"] == "waiting"
    assert (ended(coordinator, first)["recorded"], ended(coordinator, second)["already"]) == (13, 13)


def test_others_are_served_while_a_register_is_imported(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    with held_up(database):
        sent = send(coordinator, body(tmp_path, good()))
        when(coordinator, sent, lambda state: state["state"] != "waiting")
        assert coordinator.get("/healthz").status_code == 200
    ended(coordinator, sent)


@pytest.mark.parametrize("part", ["", "/events"])
def test_an_import_that_nobody_sent_is_not_found(coordinator: TestClient, part: str) -> None:
    answer = coordinator.get(f"/v1/imports/00000000-0000-0000-0000-000000000000{part}")
    assert (answer.status_code, answer.json()["code"]) == (404, "import-not-found")


def test_an_office_lists_its_registers_the_last_first_page_by_page(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    names = ["a.csv", "b.csv", "c.csv"]
    for name in names:
        ended(coordinator, send(coordinator, body(tmp_path, good()[:1]), filename=name))
    first = ImportPage.model_validate_json(coordinator.get("/v1/imports?limit=2").content, strict=True)
    rest = coordinator.get(f"/v1/imports?limit=2&cursor={first.next}").json()
    assert [each.filename for each in first.items] == ["c.csv", "b.csv"]
    assert ([each["filename"] for each in rest["items"]], rest["next"]) == (["a.csv"], None)
    others = coordinator.get("/v1/imports", headers=held(database, "coordinator", OTHER))
    assert others.json() == {"items": [], "next": None}


def test_all_that_was_wrong_is_written_as_csv(coordinator: TestClient, tmp_path: Path) -> None:
    sent = send(coordinator, body(tmp_path, [*good(), *WRONG]), filename="=x.csv")
    ended(coordinator, sent)
    written = coordinator.get(f"{sent.headers['location']}/problems.csv")
    assert written.headers["content-disposition"] == "attachment; filename*=UTF-8''%3Dx.csv-problems.csv"
    head, *lines = csv.reader(written.text.splitlines())
    assert head == list(RowProblem.model_fields)
    assert [(int(line[0]), line[1], line[2]) for line in lines] == PROBLEMS
