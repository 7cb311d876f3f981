"""Webhooks on a real database, delivered over real sockets."""

import time
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from api.webhooks import deliverer as deliverers
from api.webhooks import queue, sending
from api.webhooks.dead_letters import dead_letters, retry
from api.webhooks.signing import Sign, public_key, signed
from api.webhooks.subscriptions import add, remove, subscriptions
from auctions.domain.errors import Refused
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections.changes import Filter
from tests.unit.given import entry
from tests.web.delivering import Message, Receiver, delivering
from tests.web.register import BARE, HOUSE, LAND, OTHER, recorded
from tests.web.test_changes import recorded as record
from tests.web.test_unready import eventually

COST = entry("cost_accrued", 30)
ALL = Filter()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked of the database once a second is asked more often."""
    monkeypatch.setattr(deliverers, "POLL", 0.05)
    monkeypatch.setattr("api.webhooks.courier.POLL", 0.05)


@pytest.fixture
def own(database: str) -> Iterator[psycopg.Connection]:
    """A connection with the service's rights to a register of the test's own."""
    recorded(database)
    with connection(database) as opened:
        yield opened


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def subscribed(
    own: psycopg.Connection,
    receiver: Receiver,
    wanted: Filter = ALL,
    after: int | None = 0,
    sign: Sign = Sign.HMAC,
) -> tuple[UUID, str]:
    return add(own, receiver.url, wanted, after=after, allow_private=True, sign=sign)


def by_asset(messages: list[Message]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for message in messages:
        found.setdefault(message.data["asset_id"], []).append(message.data["position"])
    return found


def in_order(messages: list[Message]) -> bool:
    """Tell whether each asset's changes came once and in the order of the log."""
    return all(each == sorted(set(each)) for each in by_asset(messages).values())


def dead(own: psycopg.Connection) -> list[tuple[int, int, str]]:
    return [(letter.position, letter.tries, letter.reason) for letter in dead_letters(own)]


def waiting(own: psycopg.Connection) -> list[tuple[int, int, str | None]]:
    query = "SELECT position, tries, reason FROM auctions.deliveries WHERE dead_at IS NULL ORDER BY position"
    return own.execute(query).fetchall()


def test_every_change_is_delivered_signed_and_those_of_an_asset_in_order(
    database: str, own: psycopg.Connection, receiver: Receiver, store: PostgresStore
) -> None:
    webhook_id, secret = subscribed(own, receiver)
    with delivering(database):
        eventually(lambda: len(receiver.taken) == 25)
        done = record(store, LAND, COST, COST)
        eventually(lambda: len(receiver.taken) == 27)
    assert sorted(receiver.positions()) == list(range(1, 28))
    assert receiver.positions()[-2:] == done
    assert in_order(receiver.tried)
    for path, headers, body in receiver.taken:
        message_id, moment = headers["webhook-id"], int(headers["webhook-timestamp"])
        assert path == "/changes?of=all"
        assert headers["content-type"] == "application/json"
        assert headers["host"] == f"127.0.0.1:{receiver.port}"
        assert signed(secret, message_id, moment, body).items() <= headers.items()
        assert abs(moment - time.time()) < 60
    ids = [message.headers["webhook-id"] for message in receiver.taken]
    assert len(set(ids)) == 27
    assert ids[-1] == f"msg_{webhook_id.hex}_27"
    assert waiting(own) == []


def test_a_webhook_that_is_signed_by_a_key_is_listed_with_the_public_one(
    database: str, own: psycopg.Connection, receiver: Receiver
) -> None:
    subscribed(own, receiver, Filter(entries=("delivered",)))
    _, secret = subscribed(own, receiver, Filter(entries=("round_won",)), sign=Sign.ED25519)
    assert [each.public_key for each in subscriptions(own)] == [None, public_key(secret)]
    with delivering(database):
        eventually(lambda: len(receiver.taken) == 3)
    versions = {}
    for message in receiver.taken:
        about = (message.headers["webhook-id"], int(message.headers["webhook-timestamp"]), message.body)
        signature = message.headers["webhook-signature"]
        versions[message.data["entry"]] = signature.partition(",")[0]
        assert (signature == signed(secret, *about)["webhook-signature"]) == signature.startswith("v1a,")
    assert versions == {"delivered": "v1", "round_won": "v1a"}


def test_a_message_tells_what_the_feed_tells(
    database: str, own: psycopg.Connection, receiver: Receiver
) -> None:
    subscribed(own, receiver, Filter(entries=("round_won",)))
    with delivering(database):
        eventually(lambda: len(receiver.taken) == 2)
    (message,) = [each for each in receiver.taken if each.data["asset_ref"] == HOUSE]
    assert message.body.startswith(b'{"type":"asset.round_won","timestamp":"20')
    assert message.data["data"] == {"round_no": 1, "price": 1_100_000_000}


@pytest.mark.parametrize(
    ("wanted", "positions"),
    [
        (Filter(office=OTHER), {22, 23, 24, 25}),
        (Filter(kind="house", entries=("seized", "round_won")), {10, 13}),
        (Filter(entries=("suspended",)), {21}),
    ],
)
def test_a_webhook_is_told_what_it_asked_for(
    database: str, own: psycopg.Connection, receiver: Receiver, wanted: Filter, positions: set[int]
) -> None:
    subscribed(own, receiver, wanted)
    with delivering(database):
        eventually(lambda: len(receiver.taken) == len(positions))
        eventually(lambda: subscriptions(own)[0].subscription.position == 25)
    assert set(receiver.positions()) == positions


def test_a_new_webhook_is_told_from_now_on(
    database: str, own: psycopg.Connection, receiver: Receiver, store: PostgresStore
) -> None:
    subscribed(own, receiver, after=None)
    with delivering(database):
        done = record(store, LAND, COST)
        eventually(lambda: receiver.positions() == done)


def test_a_receiver_that_was_down_for_a_while_gets_everything_in_order(
    database: str, own: psycopg.Connection, store: PostgresStore
) -> None:
    gone = Receiver()
    subscribed(own, gone)
    gone.close()
    with delivering(database, (0.2,) * 100):
        eventually(lambda: len({reason for _, _, reason in waiting(own)} - {None}) == 1)
        for _ in range(10):
            record(store, LAND, COST)
            record(store, BARE, COST)
        back = Receiver(gone.port)
        failures = iter([500, 503, 429])
        back.answers = lambda _message: next(failures, 200)
        eventually(lambda: len(back.taken) == 45)
        back.close()
    assert in_order(back.taken)
    assert sorted(back.positions()) == list(range(1, 46))
    assert len({message.headers["webhook-id"] for message in back.tried}) == 45
    assert (waiting(own), dead(own)) == ([], [])


def test_what_is_not_taken_on_the_last_try_is_a_dead_letter_and_the_later_ones_go_on(
    database: str, own: psycopg.Connection, receiver: Receiver
) -> None:
    webhook_id, _ = subscribed(own, receiver)
    receiver.answers = lambda message: 500 if message.data["position"] == 3 else 200
    with delivering(database):
        eventually(lambda: len(receiver.taken) == 24 and not waiting(own))
        assert dead(own) == [(3, 4, "answered 500")]
        tried = [message.data["position"] for message in receiver.tried]
        assert tried.count(3) == 4
        assert tried.index(4) > max(place for place, position in enumerate(tried) if position == 3)
        assert max(tried.index(position) for position in range(10, 14)) < tried.index(4)
        receiver.answers = lambda _message: 200
        assert retry(own, webhook_id, 4) == 0
        assert retry(own) == 1
        eventually(lambda: receiver.positions()[-1] == 3)
    assert dead(own) == []


def test_pauses_grow_over_three_days() -> None:
    assert list(queue.PAUSES) == sorted(queue.PAUSES)
    assert 3 * 86_400 <= sum(queue.PAUSES) <= 3.5 * 86_400


def test_what_waits_for_its_next_try_is_tried_at_once_when_asked(
    database: str, own: psycopg.Connection, receiver: Receiver
) -> None:
    subscribed(own, receiver, Filter(entries=("delivered",)))
    receiver.answers = lambda _message: 500
    with delivering(database, (3600,)):
        eventually(lambda: waiting(own) == [(19, 1, "answered 500")])
        receiver.answers = lambda _message: 200
        time.sleep(0.3)
        assert receiver.taken == []
        retry(own)
        eventually(lambda: receiver.positions() == [19])


def test_a_receiver_that_asks_for_time_is_left_alone_for_that_long(
    database: str, own: psycopg.Connection, receiver: Receiver
) -> None:
    subscribed(own, receiver, Filter(entries=("delivered",)))
    receiver.answers, receiver.headers = lambda _message: 429, {"Retry-After": "1800"}
    with delivering(database, (0.05,)):
        eventually(lambda: waiting(own) == [(19, 1, "answered 429")])
    left = "SELECT next_try > now() + interval '29 minutes' FROM auctions.deliveries"
    assert own.execute(left).fetchall() == [(True,)]


def test_a_receiver_that_is_gone_is_delivered_to_no_more_until_it_is_tried_anew(
    database: str, own: psycopg.Connection, receiver: Receiver, store: PostgresStore
) -> None:
    webhook_id, _ = subscribed(own, receiver, Filter(entries=("cost_accrued",)))
    receiver.answers = lambda _message: 410
    with delivering(database):
        eventually(lambda: subscriptions(own)[0].subscription.ended_at is not None)
        before = len(receiver.tried)
        record(store, LAND, COST)
        time.sleep(0.5)
        assert len(receiver.tried) == before
        receiver.answers = lambda _message: 200
        retry(own, webhook_id)
        eventually(lambda: len(receiver.taken) == 3)
    assert subscriptions(own)[0].subscription.ended_at is None
    assert in_order(receiver.taken)


def test_a_redirect_is_not_followed(database: str, own: psycopg.Connection, receiver: Receiver) -> None:
    subscribed(own, receiver, Filter(entries=("delivered",)))
    receiver.answers = lambda _message: 307
    with delivering(database):
        eventually(lambda: dead(own) == [(19, 4, "answered 307")])
    assert {message.path for message in receiver.tried} == {"/changes?of=all"}


def test_a_receiver_that_does_not_answer_is_waited_for_no_longer_than_allowed(
    database: str, own: psycopg.Connection, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_SECONDS", 0.2)
    subscribed(own, receiver, Filter(entries=("delivered",)))

    def asleep(_message: Message) -> int:
        time.sleep(0.6)
        return 200

    receiver.answers = asleep
    with delivering(database, ()):
        eventually(lambda: dead(own) == [(19, 1, "no answer within 0 seconds")])


def test_an_address_of_this_network_is_never_connected_to_unless_it_is_allowed(
    database: str, own: psycopg.Connection, receiver: Receiver
) -> None:
    subscribed(own, receiver, Filter(entries=("delivered",)))
    for host in ("127.0.0.1", "localhost"):
        own.execute(
            "UPDATE auctions.webhooks SET allow_private = false, url = %s",
            [f"http://{host}:{receiver.port}/"],
        )
        retry(own)
        with delivering(database, ()):
            eventually(lambda: dead(own))
        ((position, tries, reason),) = dead(own)
        assert (position, tries) == (19, 1)
        assert "which is not a public address" in reason
    assert receiver.tried == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.1.2.3:8443/x",
        "https://user:word@example.org/",
        "https://example.org/#part",
        "https:///path",
        "ftp://example.org/",
        "example.org",
        "https://example.org:x/",
        "https://example.org/" + "x" * 2000,
    ],
)
def test_an_address_nothing_can_be_delivered_to_is_refused(own: psycopg.Connection, url: str) -> None:
    with pytest.raises(Refused) as refused:
        add(own, url, ALL, after=None, allow_private=False)
    assert refused.value.code == "url-refused"
    assert subscriptions(own) == []


def test_a_webhook_that_is_slow_keeps_no_other(
    database: str, own: psycopg.Connection, receiver: Receiver
) -> None:
    slow = Receiver()

    def asleep(_message: Message) -> int:
        time.sleep(1)
        return 200

    slow.answers = asleep
    subscribed(own, slow)
    subscribed(own, receiver)
    with delivering(database):
        eventually(lambda: len(receiver.taken) == 25)
        assert len(slow.taken) < 25
    slow.close()


def test_no_more_waits_for_a_receiver_than_is_allowed(
    database: str, own: psycopg.Connection, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "_MOST", 10)
    monkeypatch.setattr(queue, "_LIMIT", 5)
    subscribed(own, receiver)
    receiver.answers = lambda _message: 500
    with delivering(database, (3600,)):
        eventually(lambda: len(waiting(own)) >= 10)
        time.sleep(0.3)
        assert len(waiting(own)) == 10
        receiver.answers = lambda _message: 200
        retry(own)
        eventually(lambda: len(receiver.taken) == 25)
    assert in_order(receiver.taken)


def test_a_removed_webhook_is_told_nothing_more(
    database: str, own: psycopg.Connection, receiver: Receiver, store: PostgresStore
) -> None:
    webhook_id, _ = subscribed(own, receiver)
    with delivering(database):
        eventually(lambda: len(receiver.taken) == 25)
        remove(own, webhook_id)
        time.sleep(0.3)
        record(store, LAND, COST)
        time.sleep(0.3)
    assert len(receiver.tried) == 25
    with pytest.raises(Refused, match="no webhook"):
        remove(own, webhook_id)


def test_of_two_deliverers_one_leads_and_the_other_goes_on_when_it_ends(
    database: str, own: psycopg.Connection, receiver: Receiver, store: PostgresStore
) -> None:
    subscribed(own, receiver)
    with delivering(database):
        with delivering(database):
            eventually(lambda: len(receiver.taken) == 25)
        record(store, LAND, COST)
        eventually(lambda: len(receiver.taken) == 26)
    assert len(receiver.tried) == 26


def test_after_lost_connections_the_deliverer_goes_on(
    database: str, own: psycopg.Connection, receiver: Receiver, store: PostgresStore
) -> None:
    subscribed(own, receiver)
    with delivering(database):
        eventually(lambda: len(receiver.taken) == 25)
        with psycopg.connect(database, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid NOT IN (pg_backend_pid(), %s)",
                [own.info.backend_pid],
            )
        done = record(store, LAND, COST)
        eventually(lambda: len(receiver.taken) == 26)
    assert receiver.positions()[-1:] == done


def test_a_deliverer_that_is_ended_at_any_moment_loses_nothing_and_keeps_the_order(
    database: str, own: psycopg.Connection, receiver: Receiver, store: PostgresStore
) -> None:
    subscribed(own, receiver)
    receiver.answers = lambda _message: time.sleep(0.02) or 200  # type: ignore[func-returns-value]  # rests
    for _ in range(10):
        record(store, LAND, COST, COST)
        record(store, BARE, COST)
        with delivering(database):
            time.sleep(0.1)
    with delivering(database):
        eventually(lambda: len({message.headers["webhook-id"] for message in receiver.taken}) == 55)
        eventually(lambda: waiting(own) == [])
    first = {message.headers["webhook-id"]: message for message in reversed(receiver.taken)}
    assert in_order(list(reversed(first.values())))
    assert len({message.body for message in receiver.taken}) == 55
