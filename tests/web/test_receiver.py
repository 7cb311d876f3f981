"""The example of a receiver: verifies, refuses what is old, drops what comes twice."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from api.webhooks.signing import Sign, new_secret, public_key, signed
from api.webhooks.subscriptions import add
from auctions.store.connect import connection
from projections.changes import Filter
from tests.web.delivering import delivering
from tests.web.register import recorded
from tests.web.test_unready import eventually

EXAMPLE = Path(__file__).parents[2] / "deploy" / "receiver.py"
SECRET, PRIVATE = new_secret(), new_secret(Sign.ED25519)
BODY = b'{"type":"asset.seized"}'


@pytest.fixture(params=Sign)
def secret(request: pytest.FixtureRequest) -> str:
    """What signs: a secret that the example has too, or a key of which it has the public one."""
    return {Sign.HMAC: SECRET, Sign.ED25519: PRIVATE}[request.param]


@pytest.fixture(autouse=True)
def checkout() -> None:
    if not EXAMPLE.exists():
        pytest.skip("no checkout here")


class Example:
    """The example as a program of its own, and what it took."""

    def __init__(self, port: int, printed: Path) -> None:
        self.port, self.printed = port, printed

    def taken(self) -> list[dict[str, Any]]:
        """What it printed."""
        return [json.loads(line) for line in self.printed.read_text("utf-8").splitlines()]

    def answers(self, headers: dict[str, str], body: bytes = BODY) -> int:
        """The status with which it answers a message."""
        client = HTTPConnection("127.0.0.1", self.port, timeout=10)
        client.request("POST", "/", body, headers)
        status = client.getresponse().status
        client.close()
        return status


@contextmanager
def receiving(folder: Path, secret: str) -> Iterator[Example]:
    """Run the example with what it keeps in a folder; it verifies what the secret signs."""
    printed = folder / "printed"
    command = [sys.executable, str(EXAMPLE), "--port", "0", "--seen", str(folder / "seen.sqlite")]
    environment = {**os.environ, "WEBHOOK_KEY": public_key(secret) or secret}
    with (
        printed.open("ab") as out,
        subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.PIPE, text=True) as example,
    ):
        try:
            assert example.stderr
            told = re.fullmatch(r"receiving on port (\d+)\n", example.stderr.readline())
            assert told
            yield Example(int(told[1]), printed)
        finally:
            example.kill()


def fresh(message_id: str = "msg_1", secret: str = SECRET, age: int = 0) -> dict[str, str]:
    return signed(secret, message_id, int(time.time()) - age, BODY)


def test_a_signed_message_is_taken_and_dropped_when_it_comes_again_even_after_a_restart(
    tmp_path: Path, secret: str
) -> None:
    for _ in range(2):
        with receiving(tmp_path, secret) as example:
            assert [example.answers(fresh(secret=secret)) for _ in range(3)] == [204] * 3
            assert example.answers(fresh("msg_2", secret)) == 204
            assert example.taken() == [json.loads(BODY)] * 2


def test_a_message_that_is_not_the_sender_s_is_refused(tmp_path: Path, secret: str) -> None:
    own = fresh(secret=secret)
    version, _, encoded = own["webhook-signature"].partition(",")
    other_version = {"v1": "v1a", "v1a": "v1"}[version]
    with receiving(tmp_path, secret) as example:
        for sign in Sign:
            assert example.answers(fresh(secret=new_secret(sign))) == 401
        assert example.answers(own, b'{"type":"asset.delivered"}') == 401
        assert example.answers(own | {"webhook-id": "msg_9"}) == 401
        for signature in ("", encoded, "v1a," + "x" * 40, f"{version},é", f"{other_version},{encoded}"):
            assert example.answers(own | {"webhook-signature": signature}) == 401
        assert example.answers({}) == 401
        assert example.taken() == []


def test_one_fitting_signature_of_several_is_enough(tmp_path: Path, secret: str) -> None:
    headers = fresh(secret=secret)
    others = [fresh(secret=new_secret(sign))["webhook-signature"] for sign in Sign]
    several = " ".join([*others, headers["webhook-signature"]])
    with receiving(tmp_path, secret) as example:
        assert example.answers(headers | {"webhook-signature": several}) == 204


@pytest.mark.parametrize("age", [301, 86_400, -310])
def test_an_old_message_or_one_of_the_future_is_refused(tmp_path: Path, age: int) -> None:
    with receiving(tmp_path, SECRET) as example:
        assert example.answers(fresh(age=age)) == 401
        assert example.taken() == []


def test_a_message_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    with receiving(tmp_path, SECRET) as example:
        assert example.answers(fresh() | {"Content-Length": str(10**9)}, b"") == 413


@pytest.mark.parametrize("sign", Sign)
def test_the_example_takes_what_the_service_delivers_each_change_once(
    tmp_path: Path, database: str, sign: Sign
) -> None:
    recorded(database)
    with connection(database) as own:
        _, secret = add(own, "http://127.0.0.1:1/", Filter(), after=0, allow_private=True, sign=sign)
        with receiving(tmp_path, secret) as example:
            own.execute("UPDATE auctions.webhooks SET url = %s", [f"http://127.0.0.1:{example.port}/"])
            with delivering(database):
                eventually(lambda: len(example.taken()) == 25)
            own.execute("UPDATE auctions.webhooks SET position = 0")
            with delivering(database):
                eventually(lambda: own.execute(_LEFT).fetchone() == (25, 0))
            assert sorted(each["data"]["position"] for each in example.taken()) == list(range(1, 26))


_LEFT = "SELECT w.position, (SELECT count(*) FROM auctions.deliveries) FROM auctions.webhooks w"
