"""A client of the feed that is there to be killed: `feed_client.py PORT FILE stream|pages [MUTANT]`.

It writes the position of each change it was told of as a line into FILE and goes on after the last line
there. A mutant of it goes on without what it knew.
"""

import json
import os
import sys
import time
from http.client import HTTPConnection
from pathlib import Path


def main() -> None:
    """Follow the feed until killed."""
    port, path, how, *mutant = sys.argv[1:]
    known = Path(path).read_text("utf-8").splitlines()
    last = int(known[-1]) if known and not mutant else 0
    written = os.open(path, os.O_WRONLY | os.O_APPEND)
    client = HTTPConnection("127.0.0.1", int(port), timeout=30)
    follow = stream if how == "stream" else pages
    follow(client, last, written)


def stream(client: HTTPConnection, last: int, written: int) -> None:
    """Follow by server-sent events."""
    headers = {"Accept": "text/event-stream", "Last-Event-ID": str(last)}
    client.request("GET", "/v1/changes", headers=headers)
    answer = client.getresponse()
    while line := answer.readline():
        if line.startswith(b"data: "):
            keep(written, json.loads(line[6:])["position"])


def pages(client: HTTPConnection, last: int, written: int) -> None:
    """Follow page by page."""
    link = f"/v1/changes?limit=20&after={last}"
    while True:
        client.request("GET", link)
        page = json.load(client.getresponse())
        for item in page["items"]:
            keep(written, item["position"])
        link = page["next"]
        if not page["more"]:
            time.sleep(0.01)


def keep(written: int, position: int) -> None:
    """Write a position down: one write, so that a kill leaves a whole line or none."""
    os.write(written, b"%d\n" % position)


if __name__ == "__main__":
    main()
