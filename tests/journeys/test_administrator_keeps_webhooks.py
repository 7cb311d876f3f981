"""An administrator lets changes be delivered to a program of another office, and mends what was not taken."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.journeys.commandline import CommandLine
from tests.journeys.registers import good, written
from tests.journeys.test_program_asks_service import serving
from tests.web.delivering import Receiver
from tests.web.test_unready import eventually

LAST_TRY = "UPDATE auctions.deliveries SET tries = 9, next_try = now() WHERE reason IS NOT NULL"
DEAD = "SELECT FROM auctions.deliveries WHERE dead_at IS NOT NULL"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def test_a_webhook_is_added_listed_and_removed(auctions: CommandLine) -> None:
    url = "https://example.org/changes"
    said = auctions("webhooks", "add", url, "--office", "KV-3", "--entry", "round_failed")
    told = re.fullmatch(r"webhook (\S+)\nsecret  (whsec_\S{44})\n", said)
    assert told
    (item,) = auctions.json("webhooks", "list")["items"]
    assert item.pop("added_at")
    assert item == {
        "webhook_id": told[1],
        "url": url,
        "office": "KV-3",
        "kind": None,
        "entries": ["round_failed"],
        "allow_private": False,
        "position": 0,
        "ended_at": None,
        "public_key": None,
        "waiting": 0,
        "dead": 0,
    }
    for words in (("list",), ("list", "--json"), ("dead",)):
        assert told[2] not in auctions("webhooks", *words)
    assert url in auctions("webhooks", "list")
    auctions("webhooks", "remove", told[1])
    assert auctions.json("webhooks", "list") == {"items": []}


def test_what_is_signed_by_a_key_shows_the_public_one_and_never_the_other(auctions: CommandLine) -> None:
    said = auctions("webhooks", "add", "https://example.org/1", "--sign", "ed25519")
    told = re.fullmatch(r"webhook (\S+)\nkey     (whpk_\S{44})\n", said)
    assert told
    added = auctions.json("webhooks", "add", "https://example.org/2", "--sign", "ed25519")
    assert (added["secret"], added["public_key"][:5]) == (None, "whpk_")
    items = auctions.json("webhooks", "list")["items"]
    assert [item["public_key"] for item in items] == [told[2], added["public_key"]]
    assert "whsk_" not in auctions("webhooks", "list", "--json")
    auctions("webhooks", "add", "https://example.org/3", "--sign", "rsa", code=2)


def test_what_cannot_be_done_is_told_in_a_line(auctions: CommandLine) -> None:
    line = auctions.complaint("webhooks", "add", "https://192.168.1.7/", code=1)
    assert line == "url-refused: 192.168.1.7 is not a public address: --allow-private allows it"
    assert auctions.complaint("webhooks", "remove", uuid4(), code=1).startswith("unknown-webhook: ")
    auctions("webhooks", "add", "https://example.org/", "--entry", "sold", code=2)


def test_the_service_delivers_and_a_dead_letter_is_retried(
    auctions: CommandLine, receiver: Receiver, database: str, tmp_path: Path
) -> None:
    auctions("import", written(tmp_path / "register.csv", good()))
    receiver.answers = lambda message: 500 if message.data["position"] == 2 else 204
    added = auctions.json("webhooks", "add", receiver.url, "--allow-private", "--after", "0")
    with serving(auctions):
        eventually(lambda: any(message.data["position"] == 2 for message in receiver.tried))
        with psycopg.connect(database, autocommit=True) as own:
            eventually(lambda: own.execute(LAST_TRY).rowcount)
            eventually(lambda: own.execute(DEAD).rowcount)
        eventually(lambda: len(receiver.taken) == 12)
        (letter,) = auctions.json("webhooks", "dead", code=1)["items"]
        assert (letter["webhook_id"], letter["position"]) == (added["webhook_id"], 2)
        assert (letter["tries"], letter["reason"]) == (10, "answered 500")
        receiver.answers = lambda _message: 204
        assert auctions("webhooks", "retry", added["webhook_id"]) == "1 to be tried now\n"
        eventually(lambda: 2 in receiver.positions())
        eventually(lambda: len(receiver.taken) == 13)
        assert auctions.json("webhooks", "dead") == {"items": []}
