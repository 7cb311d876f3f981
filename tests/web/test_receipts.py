"""The receipt of a command: the leaf hashes of what it recorded, and the proofs where they are waited for."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.models_of_recording import Recorded
from auctions.store.postgres import PostgresStore
from auctions.verifier.commandline import main as verify
from auctions.verifier.tree import leaf_hash
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.web.keys import Headers, held
from tests.web.register import filed
from tests.web.test_commands import AT, COST, FILE, posted

TOGETHER = {"entries": [{"entry": "cost_accrued", **COST}, {"entry": "surveyed", "on": "2025-03-03"}]}


@pytest.fixture
def log(database: str, tmp_path: Path) -> SignedLog:
    """The log of a register, of which nothing is signed so far."""
    filed(database)
    return SignedLog(database, tmp_path / "evidence")


@pytest.fixture
def client(log: SignedLog) -> Iterator[TestClient]:
    with TestClient(create_app(log.url, evidence_folder=log.path)) as opened:
        yield opened


@pytest.fixture
def coordinator(database: str) -> Headers:
    return held(database, "coordinator")


@contextmanager
def signing(log: SignedLog) -> Iterator[None]:
    """Sign again and again what there is."""
    over = Event()

    def sign() -> None:
        while not over.wait(0.02):
            log.sign()

    signer = Thread(target=sign)
    signer.start()
    try:
        yield
    finally:
        over.set()
        signer.join()


def test_a_command_answers_the_leaf_hash_of_each_entry_however_it_was_recorded_and_asked_again(
    client: TestClient, coordinator: Headers, store: PostgresStore
) -> None:
    key = str(uuid4())
    answers = [
        posted(client, f"/{FILE}/costs", COST, coordinator, AT, key=key),
        posted(client, f"/{FILE}/costs", COST, coordinator, AT, key=key),
        posted(client, f"/{FILE}/entries", TOGETHER, coordinator, {"If-Match": '"v10"'}),
    ]
    first, again, two = (Recorded.model_validate_json(answer.content) for answer in answers)
    assert first == again
    for recorded in (first, two):
        assert recorded.leaves == [leaf.hex() for leaf in store.leaves(recorded.positions)]
    assert (len(first.leaves), len(two.leaves)) == (1, 2)


@pytest.mark.parametrize("noun", ["costs", "entries"])
def test_who_waits_is_given_the_proofs_of_what_was_recorded(
    client: TestClient, coordinator: Headers, log: SignedLog, tmp_path: Path, noun: str
) -> None:
    body = COST if noun == "costs" else TOGETHER
    with signing(log):
        answer = posted(client, f"/{FILE}/{noun}", body, coordinator, AT, {"Prefer": "wait=60"})
    assert answer.headers["preference-applied"] == "wait=10"
    recorded = Recorded.model_validate_json(answer.content)
    receipt = answer.json()["receipt"]
    assert receipt["size"] >= recorded.positions[-1]
    entries = [b64decode(item["entry"]) for item in receipt["items"]]
    assert [leaf_hash(entry).hex() for entry in entries] == recorded.leaves
    assert [item["entry_no"] for item in receipt["items"]] == list(range(10, recorded.version + 1))
    for entry, item in zip(entries, receipt["items"], strict=True):
        (tmp_path / "entry").write_bytes(entry)
        (tmp_path / "proof").write_text(item["proof"], "utf-8", newline="")
        files = [str(tmp_path / "proof"), str(tmp_path / "entry")]
        assert verify(["event", *files, "--key", SIGNER.key.vkey]) == 0


def test_what_is_not_signed_in_time_is_recorded_all_the_same_without_its_proofs(
    client: TestClient, coordinator: Headers, log: SignedLog
) -> None:
    answers = []
    for version, signed in ((9, False), (10, True)):
        if signed:
            log.sign()
        at = {"If-Match": f'"v{version}"', "Prefer": "wait=0, return=representation"}
        answers.append(posted(client, f"/{FILE}/costs", COST, coordinator, at))
    for answer in answers:
        assert answer.status_code == 201
        assert answer.headers["preference-applied"] == "return=representation"
        assert "receipt" not in answer.json()


def test_where_nothing_is_signed_nobody_waits(database: str, coordinator: Headers) -> None:
    filed(database)
    with TestClient(create_app(database)) as client:
        answer = posted(client, f"/{FILE}/costs", COST, coordinator, AT, {"Prefer": "wait=10"})
    assert (answer.status_code, "receipt" in answer.json()) == (201, False)
    assert "preference-applied" not in answer.headers


def test_who_prefers_headers_alone_and_waits_is_told_of_both(
    client: TestClient, coordinator: Headers, log: SignedLog
) -> None:
    preferring = {"Prefer": "return=minimal, wait=10"}
    with signing(log):
        answer = posted(client, f"/{FILE}/costs", COST, coordinator, AT, preferring)
    assert (answer.content, answer.headers["preference-applied"]) == (b"", "return=minimal, wait=10")
