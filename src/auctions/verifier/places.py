"""Where a log lies: a folder, or an address that serves one."""

import zlib
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from auctions.verifier.errors import Undecided

_PATIENCE = 30
_HEADS = 1 << 16
"""Bytes by which what cannot be compressed may grow."""
_NOT_FOR_US = {401, 403, 404, 410}


class Place(Protocol):
    """Where files of a log are read, by their path in it."""

    def read(self, path: str, most: int) -> bytes | None:
        """Return a file, None where it is not there. Raises Undecided where it is longer or not readable."""


def place(where: str) -> Place:
    """Return the place that a word names: an address (http, https), or else a folder."""
    if where.startswith(("http://", "https://")):
        return Address(where.rstrip("/"))
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

    def __init__(self, url: str) -> None:
        """Ask below this address."""
        self.url = url

    def __str__(self) -> str:
        return self.url

    def read(self, path: str, most: int) -> bytes | None:
        """Return a file as Place says; one that is not for everybody counts as not there."""
        url = f"{self.url}/{path}"
        try:
            request = Request(url, headers={"Accept-Encoding": "gzip, identity"})  # noqa: S310 -- http(s) alone
            with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 -- http(s) alone
                zipped = answer.headers.get("Content-Encoding") == "gzip"
                content = _unzipped(answer.read(most + _HEADS), most) if zipped else answer.read(most + 1)
        except HTTPError as error:
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


def _unzipped(content: bytes, most: int) -> bytes:
    """Return what was compressed, up to a byte more than the most. Raises zlib.error."""
    gzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    whole = gzip.decompress(content, most + 1)
    if not gzip.eof and len(whole) <= most:
        raise zlib.error("not the whole of it")
    return whole


def _bounded(content: bytes, most: int, place: str) -> bytes:
    if len(content) > most:
        raise Undecided("unreadable", f"{place} is longer than {most} bytes")
    return content
