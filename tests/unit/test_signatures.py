"""Webhooks are signed by the form of Standard Webhooks, by a secret or by a key."""

import hmac
from base64 import b64decode, b64encode

import pytest

from api.webhooks.signing import Sign, new_secret, public_key, signed

MESSAGE = ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
SHARED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PRIVATE = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc="
PUBLIC = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
BY_SHARED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
BY_KEY = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="


@pytest.mark.parametrize(("secret", "signature"), [(SHARED, BY_SHARED), (PRIVATE, BY_KEY)])
def test_a_message_is_signed_as_the_specification_s_own_libraries_sign_it(
    secret: str, signature: str
) -> None:
    assert signed(secret, *MESSAGE) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": signature,
    }


def test_what_signs_by_a_key_has_a_public_one_and_a_secret_has_none() -> None:
    assert (public_key(PRIVATE), public_key(SHARED)) == (PUBLIC, None)


@pytest.mark.parametrize(("sign", "prefix"), [(Sign.HMAC, "whsec_"), (Sign.ED25519, "whsk_")])
def test_every_secret_is_another_of_thirty_two_bytes(sign: Sign, prefix: str) -> None:
    secrets = {new_secret(sign) for _ in range(100)}
    assert len(secrets) == 100
    assert {secret.startswith(prefix) for secret in secrets} == {True}
    assert {len(b64decode(secret.removeprefix(prefix))) for secret in secrets} == {32}


@pytest.mark.parametrize(
    ("message_id", "moment", "body"), [("msg_2", 7, b"{}"), ("msg_1", 8, b"{}"), ("msg_1", 7, b"{ }")]
)
def test_the_signature_is_of_the_id_the_time_and_the_body(message_id: str, moment: int, body: bytes) -> None:
    secret = new_secret()
    expected = hmac.digest(b64decode(secret.removeprefix("whsec_")), b"msg_1.7.{}", "sha256")
    assert signed(secret, "msg_1", 7, b"{}")["webhook-signature"] == f"v1,{b64encode(expected).decode()}"
    other = signed(secret, message_id, moment, body)["webhook-signature"]
    assert other != signed(secret, "msg_1", 7, b"{}")["webhook-signature"]
