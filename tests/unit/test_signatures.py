"""Webhooks are signed by the form of Standard Webhooks."""

import hmac
from base64 import b64decode, b64encode

import pytest

from api.webhooks.signing import new_secret, signed


def test_a_message_is_signed_as_the_specification_s_own_libraries_sign_it() -> None:
    headers = signed(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_every_secret_is_another_of_thirty_two_bytes() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert {len(b64decode(secret.removeprefix("whsec_"))) for secret in secrets} == {32}


@pytest.mark.parametrize(
    ("message_id", "moment", "body"), [("msg_2", 7, b"{}"), ("msg_1", 8, b"{}"), ("msg_1", 7, b"{ }")]
)
def test_the_signature_is_of_the_id_the_time_and_the_body(message_id: str, moment: int, body: bytes) -> None:
    secret = new_secret()
    expected = hmac.digest(b64decode(secret.removeprefix("whsec_")), b"msg_1.7.{}", "sha256")
    assert signed(secret, "msg_1", 7, b"{}")["webhook-signature"] == f"v1,{b64encode(expected).decode()}"
    other = signed(secret, message_id, moment, body)["webhook-signature"]
    assert other != signed(secret, "msg_1", 7, b"{}")["webhook-signature"]
