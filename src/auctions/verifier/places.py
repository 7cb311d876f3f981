"""Where a log lies: a folder, or an address that serves one."""

import zlib
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from auctions.verifier.errors import Undecided

_PATIENCE = 30
_LONGEST_TOKEN = 1 << 13
_HEADS = 1 << 16
"""Bytes by which what cannot be compressed may grow."""
_ZIPPED = {"gzip", "x-gzip"}
_REFUSED = {
    401: "the token is not known there or holds no longer; with one that holds, what is missing is taken",
    403: "the token is of somebody who is not given this; with an auditor's, what is missing is taken",
}
_NOT_FOR_US = {*_REFUSED, 404, 410}
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class Place(Protocol):
    """Where files of a log are read, by their path in it."""

    def read(self, path: str, most: int) -> bytes | None:
        """Return a file, None where it is not there. Raises Undecided where it is longer or not readable."""


def place(where: str, token: str | None = None) -> Place:
    """Return the place that a word names: an address (http, https), or else a folder. Raises Undecided."""
    if where.startswith(("http://", "https://")):
        return Address(where.rstrip("/"), token)
    return Folder(Path(where))


class Folder:
    """A log as files below a folder."""

    def __init__(self, folder: Path) -> None:
        """Read below this folder."""
        self.folder = folder

    def __str__(self) -> str:
        return str(self.folder)

    def read(self, path: str, most: int) -> bytes | None:
        """Return a file as Place says."""
        try:
            with (self.folder / path).open("rb") as file:
                return _bounded(file.read(most + 1), most, f"{self.folder / path}")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise Undecided("unreadable", f"{self.folder / path} cannot be read: {error}") from error


class Address:
    """A log as it is served."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """Ask below this address, as who has a token. Raises Undecided where that could be overheard."""
        self.url = url
        self._token = token
        parts = urlsplit(url)
        if token and parts.scheme != "https" and parts.hostname not in _THIS_MACHINE:
            raise Undecided("unsafe-address", f"{url}: a token is sent by https alone")

    def __str__(self) -> str:
        return self.url

    def read(self, path: str, most: int) -> bytes | None:
        """Return a file as Place says; one that is not for everybody counts as not there."""
        url = f"{self.url}/{path}"
        try:
            request = Request(url, headers={"Accept-Encoding": "gzip, identity"})  # noqa: S310 -- http(s) alone
            if self._token:
                request.add_unredirected_header("Authorization", f"Bearer {self._token}")
            with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 -- http(s) alone
                content = _decoded(answer, most)
        except HTTPError as error:
            if self._token and error.code in _REFUSED:
                message = f"{url} answers {error.code}: {_REFUSED[error.code]}"
                raise Undecided("token-refused", message) from error
            if error.code in _NOT_FOR_US:
                return None
            raise Undecided("unreadable", f"{url} answers {error.code}") from error
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            raise Undecided("unreadable", f"{url} cannot be read: {error}") from error
        return _bounded(content, most, url)


def read_file(file: Path, most: int) -> bytes:
    """Return what a file holds. Raises Undecided where it is not there, longer or not readable."""
    content = Folder(file.parent).read(file.name, most)
    if content is None:
        raise Undecided("missing-file", f"{file} is not there")
    return content


def token_in(file: Path) -> str:
    """Return the token that a file holds, in one word. Raises Undecided."""
    token = read_file(file, _LONGEST_TOKEN).decode("ascii", "replace").strip()
    if not token.isascii() or not token or any(each.isspace() for each in token):
        raise Undecided("malformed-token", f"{file} does not hold a token, one word, alone")
    return token


def _decoded(answer: HTTPResponse, most: int) -> bytes:
    """Return what is answered, up to a byte more than the most. Raises ValueError, zlib.error."""
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", *_ZIPPED}:
        raise ValueError(f"it is in the encoding {encoding}, not asked for")
    limit = most + _HEADS if encoding in _ZIPPED else most + 1
    content = answer.read(limit)
    if answer.length and len(content) < limit:
        raise ValueError(f"it ends {answer.length} bytes before its end")
    return _unzipped(content, most) if encoding in _ZIPPED else content


def _unzipped(content: bytes, most: int) -> bytes:
    """Return what was compressed, up to a byte more than the most. Raises zlib.error."""
    whole = b""
    while len(whole) <= most:
        gzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
        whole += gzip.decompress(content, most + 1 - len(whole))
        content = gzip.unused_data
        if not gzip.eof and len(whole) <= most:
            raise zlib.error("not the whole of it")
        if not content:
            break
    return whole


def _bounded(content: bytes, most: int, place: str) -> bytes:
    if len(content) > most:
        raise Undecided("unreadable", f"{place} is longer than {most} bytes")
    return content
