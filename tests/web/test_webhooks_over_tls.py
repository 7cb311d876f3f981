"""Webhooks over TLS: the certificate must be the name's, though the address was looked up before."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.webhooks.sending import Sender, Untaken
from tests.web.delivering import Receiver


@pytest.fixture(autouse=True)
def openssl() -> None:
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make certificates with")


@contextmanager
def certified(folder: Path, name: str) -> Iterator[Receiver]:
    """A receiver over TLS with a certificate of that name, which lies in the folder."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    about = ["-keyout", str(key), "-out", str(certificate), "-subj", f"/CN={name}"]
    subprocess.run(
        [*command, *about, "-addext", f"subjectAltName=DNS:{name}"], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    receiver = Receiver(context=context)
    yield receiver
    receiver.close()


def tried(receiver: Receiver) -> Untaken | None:
    """Why a message was not taken, None where it was."""

    async def sent() -> Untaken | None:
        sender = Sender(f"https://localhost:{receiver.port}/", allow_private=True)
        try:
            return await sender.tried({"webhook-id": "msg_1"}, b'{"data":{}}')
        finally:
            await sender.aclose()

    return asyncio.run(sent())


def test_a_receiver_with_a_certificate_of_its_name_is_delivered_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with certified(tmp_path, "localhost") as receiver:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        assert tried(receiver) is None
        assert receiver.taken[0].headers["host"] == f"localhost:{receiver.port}"


def test_a_receiver_with_a_certificate_of_another_name_is_not_delivered_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with certified(tmp_path, "elsewhere.example") as receiver:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        assert "ostname mismatch" in str(tried(receiver))
        assert receiver.tried == []


def test_a_receiver_whose_certificate_nobody_vouches_for_is_not_delivered_to(tmp_path: Path) -> None:
    with certified(tmp_path, "localhost") as receiver:
        assert "certificate verify failed" in str(tried(receiver))
        assert receiver.tried == []
