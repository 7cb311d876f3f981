"""The client asks again what fails for now, and tells what does not pass."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import orjson
import pytest

from api.client import Client, NoAnswerError, ProblemError, ServiceError, StaleFileError
from api.examples import EXAMPLES
from api.nouns import NOUNS
from auctions.domain.asset import events as e
from tests.web.losing import TOLD, problem, said
from tests.web.register import LAND, OFFICE, Id
from tests.web.serving import Given, served

FILE = e.asset_id(OFFICE, LAND)


@pytest.fixture(scope="module")
def kept(register: str, ids: Id) -> Iterator[Given]:
    """The register that nobody changes."""
    assert ids
    with served(register) as given:
        yield given


def test_every_entry_is_sent_as_the_service_takes_it(kept: Given) -> None:
    client, versions = kept.client(), {}
    for name in NOUNS:
        entry = e.ENTRIES[name].model_validate_json(orjson.dumps(EXAMPLES[name]))
        with pytest.raises(StaleFileError) as refused:
            client.record(entry, asset_id=FILE, version=0, as_found=name == "entry_struck")
        versions[name] = refused.value.version
    assert versions == dict.fromkeys(NOUNS, 9)


@pytest.mark.parametrize(
    "busy",
    [
        problem("408 Request Timeout", "body-too-slow"),
        problem("429 Too Many Requests", "too-many-requests"),
        said("502 Bad Gateway", b"<h1>Bad Gateway</h1>"),
        problem("503 Service Unavailable", "too-busy"),
        said("504 Gateway Timeout"),
    ],
    ids=lambda answer: answer.decode()[9:12],
)
def test_what_fails_for_now_is_asked_again(kept: Given, busy: bytes) -> None:
    client, proxy = kept.losing(busy, busy)
    assert client.asset(FILE).version == 9
    assert (proxy.met[busy], proxy.met[TOLD]) == (2, 1)


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_the_pause_that_is_asked_for_is_kept(kept: Given, form: str) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    pause, least = ("1", 1.0) if form == "seconds" else (moment, 0.5)
    client, _ = kept.losing(said("503 Service Unavailable", b"", f"Retry-After: {pause}"))
    began = monotonic()
    client.asset(FILE)
    assert monotonic() - began >= least


def test_a_pause_longer_than_the_patience_is_not_waited_for(kept: Given) -> None:
    busy = problem("503 Service Unavailable", "too-busy", "Retry-After: 3600")
    client, proxy = kept.losing(busy)
    with pytest.raises(ProblemError, match="too-busy"):
        client.asset(FILE)
    assert proxy.met.total() == 1


@pytest.mark.parametrize(
    "other",
    [
        said("200 OK", b"<h1>It works!</h1>"),
        said("404 Not Found", b"<h1>Not Found</h1>"),
        problem("500 Internal Server Error", "internal-error"),
    ],
    ids=["another page", "no page", "an error"],
)
def test_what_will_not_pass_is_asked_once(kept: Given, other: bytes) -> None:
    client, proxy = kept.losing(other)
    with pytest.raises(ServiceError):
        client.asset(FILE)
    assert proxy.met.total() == 1


def test_a_service_that_does_not_answer_is_told_when_the_patience_ends() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        nobody = f"http://127.0.0.1:{door.getsockname()[1]}"
    with Client(nobody, patience=0.3) as client, pytest.raises(NoAnswerError, match="ConnectError"):
        client.asset(FILE)
    with Client("auctions.example", patience=60) as client, pytest.raises(NoAnswerError, match="protocol"):
        client.asset(FILE)


def test_fields_of_a_newer_service_are_passed_over(kept: Given) -> None:
    body: dict[str, object] = {
        "asset_ref": LAND,
        "loan_value": None,
        "steps": [],
        "sold_for": None,
        "of_a_newer_service": 1,
    }
    times = {"as_of": None, "known_at": 1, "position": 1}
    client, _ = kept.losing(said("200 OK", orjson.dumps(body | times)))
    assert client.ladder(FILE).asset_ref == LAND


def test_a_key_that_does_not_hold_is_told(kept: Given) -> None:
    with pytest.raises(ProblemError, match="credentials-refused"):
        kept.client(key="auk_x").asset(FILE)
