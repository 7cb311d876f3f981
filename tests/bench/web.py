"""Requests over loopback: wrk as the load, bounded in connections and time, and single answers."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

from tests.bench.figures import Missing

CONNECTIONS = 16
SECONDS = 1
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")


def requests(url: str, headers: Mapping[str, str] | None = None, script: Sequence[str] = ()) -> float:
    """Return answers a second of one address, or of the requests that a script of wrk makes.

    A script comes with its arguments. Raises Missing without wrk, RuntimeError for wrong answers.
    """
    sent = [f"-H{name}: {value}" for name, value in (headers or {}).items()]
    made = ["-s", script[0]] if script else []
    command = [program(), f"-c{CONNECTIONS}", "-t1", f"-d{SECONDS}s", *sent, *made, url, *script[1:]]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = _RATE.search(told)
    if not found or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"wrk: {told}")
    return float(found[1])


def program() -> str:
    """Return wrk's path. Raises Missing."""
    found = shutil.which("wrk")
    if not found:
        raise Missing("wrk is not on this machine: on Debian `apt-get install wrk`")
    return found


def answer(url: str) -> tuple[HTTPResponse, bytes]:
    """Return one answer and its body. Raises RuntimeError for any other than 200."""
    at = urlsplit(url)
    connection = HTTPConnection(at.netloc, timeout=30)
    connection.request("GET", f"{at.path}?{at.query}")
    found = connection.getresponse()
    body = found.read()
    if found.status != 200:
        raise RuntimeError(f"{url}: {found.status} {body[:300]!r}")
    return found, body
