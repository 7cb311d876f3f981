"""How whole lists are sent: piece by piece, a few at once, and let go when nobody reads."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api import exports, list_files
from api.list_files import JsonLines, Row, pieces, written
from auctions.application.recording import today
from auctions.store.connect import connection
from projections.asset_list import Filter, whole_query
from projections.rebuild import rebuild
from projections.registry import read_models
from tests.web.register import NEWEST, Id
from tests.web.test_served import served

_EXPORTING = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND query LIKE '%"pieces"%' AND state <> 'idle' AND pid <> pg_backend_pid()"""


def test_no_more_rows_are_held_than_one_piece_has(
    register: str, ids: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ids
    monkeypatch.setattr(list_files, "_BATCH", 2)
    with connection(register) as own, own.transaction():
        rows = pieces(own, whole_query(Filter(today())))
        assert [len(some) for some in rows] == [2, 2, 1]


def test_a_piece_is_written_before_the_next_one_is_read() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[Row]]:
        for number in range(1_000_000):
            read.append(number)
            yield [(None, None, json.dumps(number))]

    file = written(JsonLines(), rows())
    assert [next(file), next(file), read] == [b"0\n", b"1\n", [0, 1]]


def test_a_list_is_of_one_moment_though_a_read_model_is_rebuilt_while_it_is_sent(
    changing: TestClient, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_files, "_BATCH", 1)
    known = changing.get("/v1/assets.jsonl").text
    rebuild(database, read_models()["assets"])
    assert changing.get("/v1/assets.jsonl").text == known


@contextmanager
def asked(url: str, path: str) -> Iterator[socket.socket]:
    """A reader who asks for a file."""
    with served(url) as client, socket.create_connection((client.host, client.port), timeout=10) as reader:
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        yield reader


def endless(_connection: Any, _asked: Any) -> Iterator[list[Row]]:  # noqa: ANN401 - in the place of `pieces`
    while True:
        yield [(None, None, json.dumps("x" * 1000))] * 200


def test_who_takes_too_long_is_let_go_and_sees_that_the_list_broke_off(
    register: str, ids: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ids
    monkeypatch.setattr(exports, "pieces", endless)
    monkeypatch.setattr(exports, "_SECONDS", 0.5)
    with asked(register, "/v1/assets.jsonl") as reader:
        time.sleep(1)
        received = b"".join(iter(lambda: reader.recv(65536), b""))
    assert received.startswith(b"HTTP/1.1 200 OK")
    assert not received.endswith(b"0\r\n\r\n")
    with psycopg.connect(register) as own:
        assert own.execute(_EXPORTING).fetchone() == (0,)


def test_a_few_lists_are_written_at_once_and_others_are_told_to_come_again(
    register: str, ids: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ids
    monkeypatch.setattr("api.working.QUERY_SECONDS", 0.2)
    monkeypatch.setattr(exports, "pieces", endless)
    monkeypatch.setattr(exports, "_SECONDS", 3)
    with served(register) as client:
        place = (client.host, client.port)
        readers = [socket.create_connection(place, timeout=10) for _ in range(exports.AT_ONCE)]
        for reader in readers:
            reader.sendall(b"GET /v1/assets.jsonl HTTP/1.1\r\nHost: x\r\n\r\n")
            assert reader.recv(4096).startswith(b"HTTP/1.1 200 OK")
        client.request("GET", "/v1/assets.csv")
        refused = client.getresponse()
        assert (refused.status, json.load(refused)["code"]) == (503, "query-too-long")
        assert refused.headers["retry-after"]
        client.request("GET", "/v1/assets")
        assert len(json.load(client.getresponse())["items"]) == len(NEWEST)
        for reader in readers:
            reader.close()


def test_a_sheet_takes_no_more_rows_than_it_has(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.list_xlsx.MOST_ROWS", 3)
    answer = web.get("/v1/assets.xlsx")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "too-many-rows")
