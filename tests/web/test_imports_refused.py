"""What is sent in and is no register, or too much, is refused or told of; others are served."""

import json
import socket
import zipfile
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.importing import MOST_BYTES
from auctions.store import imports
from tests.journeys.registers import good
from tests.web.keys import held
from tests.web.register import Id
from tests.web.sending import body, ended, entries_in, held_up, send
from tests.web.test_imports import places
from tests.web.test_served import served

HEADERS = {"Idempotency-Key": "other", "Content-Type": "text/csv"}


def begun(url: str, length: int) -> bytes:
    """The beginning of a request that sends a register in."""
    headers = {**HEADERS, **held(url, "coordinator"), "Host": "x", "Content-Length": str(length)}
    lines = [
        "POST /v1/imports?filename=a.csv HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 300 MB."""
    content = BytesIO()
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(300):
            sheet.write(bytes(1_000_000))
    return content.getvalue()


@pytest.mark.parametrize(
    ("key", "refusal"),
    [
        ({}, (400, "idempotency-key-needed")),
        ({"Idempotency-Key": ""}, (422, "parameter-refused")),
        ({"Idempotency-Key": "k" * 256}, (422, "parameter-refused")),
    ],
)
def test_a_register_without_a_key_or_under_one_of_another_form_is_refused(
    coordinator: TestClient, tmp_path: Path, key: dict[str, str], refusal: tuple[int, str]
) -> None:
    content, headers = body(tmp_path, good()), {"Content-Type": "text/csv", **key}
    answer = coordinator.post("/v1/imports?filename=a.csv", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == refusal


@pytest.mark.parametrize(
    "media_type",
    [
        "application/json",
        "text/html",
        "multipart/form-data; boundary=x",
        "text/csv; charset=windows-1258",
        "",
    ],
)
def test_a_body_of_another_media_type_is_refused(
    coordinator: TestClient, tmp_path: Path, media_type: str
) -> None:
    answer = send(coordinator, body(tmp_path, good()), form=media_type or " ")
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type-refused")


@pytest.mark.parametrize(
    "asked", [{"mode": "all"}, {"dry_run": "perhaps"}, {"filename": ""}, {"office": "KV-3"}]
)
def test_what_is_to_become_of_it_must_be_known(
    coordinator: TestClient, tmp_path: Path, asked: dict[str, str]
) -> None:
    answer = send(coordinator, body(tmp_path, good()), **asked)
    assert [fault["parameter"] for fault in answer.json()["errors"]] == list(asked)
    assert answer.status_code == 422


def test_bytes_that_are_not_utf8_are_told_by_row(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    register = body(tmp_path, good()).replace("Hà Nội".encode(), "Hà Nội".encode("cp1258", "replace"))
    state = ended(coordinator, send(coordinator, register))
    assert (state["state"], entries_in(database)) == ("failed", 0)
    assert (8, None, "not-utf8") in places(state)


@pytest.mark.parametrize(
    ("content", "form", "code"),
    [
        (b"", "csv", "empty-file"),
        (b"asset_ref,on\r\n", "csv", "missing-column"),
        (b"no workbook", "xlsx", "unreadable-file"),
        (b"[1]\n", "jsonl", "not-an-object"),
        (b"[" * 100_000, "jsonl", "wrong-json"),
        (bomb(), "xlsx", "zip-too-large"),
    ],
    ids=["nothing", "another table", "no workbook", "no object", "deep JSON", "a zip bomb"],
)
def test_what_is_no_register_fails_with_the_reason(
    coordinator: TestClient, database: str, content: bytes, form: str, code: str
) -> None:
    for mode in ("all_or_nothing", "quarantine"):
        state = ended(coordinator, send(coordinator, content, form=form, mode=mode))
        assert [each["code"] for each in state["problems"]] == [code]
        assert state["recorded"] == 0
    assert entries_in(database) == 0


def test_a_body_that_says_it_is_too_large_is_refused_unread(register: str, ids: Id) -> None:
    assert ids
    with served(register) as client, socket.create_connection((client.host, client.port), 10) as sender:
        sender.sendall(begun(register, MOST_BYTES + 1))
        answer = sender.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"body-too-large" in answer


def test_a_body_that_turns_out_too_large_is_refused(
    coordinator: TestClient, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.routes.imports.MOST_BYTES", 1000)

    headers = {"Idempotency-Key": "k", "Content-Type": "text/csv"}
    answer = coordinator.post(
        "/v1/imports?filename=a.csv", content=(b"x" * 400 for _ in range(1000)), headers=headers
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert entries_in(database) == 0


def test_a_body_that_stops_coming_is_waited_for_only_so_long(
    register: str, ids: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ids
    monkeypatch.setattr("api.uploads.SILENCE", 0.2)
    with served(register) as client, socket.create_connection((client.host, client.port), 10) as sender:
        sender.sendall(begun(register, 1000) + b"asset_ref,")
        answer = b"".join(iter(lambda: sender.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"body-too-slow" in answer


def test_registers_that_come_in_slowly_do_not_keep_others_from_being_served(register: str, ids: Id) -> None:
    assert ids
    with served(register) as client, ExitStack() as senders:
        headers, begins = HEADERS | held(register, "coordinator"), begun(register, 1000) + b"asset_ref,"
        for _ in range(100):  # one that comes while the client's own is taken in is refused itself
            sender = senders.enter_context(socket.create_connection((client.host, client.port), 10))
            sender.sendall(begins)
            client.request("POST", "/v1/imports?filename=a.csv", b"x", headers)
            refused = client.getresponse()
            told = json.load(refused)
            if refused.status == 503:
                break
        assert (refused.status, told["code"]) == (503, "too-busy")
        client.request("GET", "/v1/assets?limit=1")
        assert client.getresponse().status == 200


def test_more_registers_than_are_kept_are_told_to_come_later(
    coordinator: TestClient, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MOST_WAITING", 2)
    with held_up(database):
        sent = [send(coordinator, body(tmp_path, good())) for _ in range(3)]
        assert [answer.status_code for answer in sent] == [202, 202, 503]
        assert (sent[2].json()["code"], "retry-after" in sent[2].headers) == ("too-busy", True)
    assert [ended(coordinator, answer)["state"] for answer in sent[:2]] == ["done", "done"]
