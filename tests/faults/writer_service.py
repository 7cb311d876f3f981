"""Eight writers and a runner in one process, there to be killed: `writer_service.py URL REPORT RUN`.

On standard input: the commands to send again, one a line, then an empty line; when it is closed the service
ends. Every command is reported before it is sent and when it is answered, each in one write that survives a
kill of the process.
"""

import json
import os
import sys
import threading
import time
from collections import deque
from datetime import date
from random import Random
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import AssetEntry, CostAccrued, Seized, asset_id
from auctions.domain.errors import Refused
from auctions.store.codec import decode, encode
from auctions.store.connect import NoDatabase
from auctions.store.postgres import PostgresStore
from projections.runner import Runner

OFFICE = "KV-3"
DAY = date(2025, 1, 6)
TOGETHER = 12
"""Files that all writers write to at a time."""


class Asked(NamedTuple):
    command_id: str
    stream_id: str
    entries: list[AssetEntry]


class Writers:
    """What eight threads share: the store, the report and the commands whose answer was lost."""

    def __init__(self, store: PostgresStore, report: int, run: str, again: deque[Asked]) -> None:
        self.store, self.report, self.run, self.again = store, report, run, again
        self.sent = 0
        self.stopping = threading.Event()

    def write(self, random: Random) -> None:
        """Send again what was not answered, then new commands until it is time to stop."""
        while True:
            try:
                asked = self.again.popleft()
            except IndexError:
                if self.stopping.is_set():
                    return
                asked = self._new(random)
            while not self._answered(asked):
                time.sleep(0.05)

    def _new(self, random: Random) -> Asked:
        self.sent += 1
        asset_ref = f"{self.run}-{self.sent // 100 + random.randrange(TOGETHER)}"
        cost = CostAccrued(on=DAY, amount=random.randrange(1, 10**9), what="custody")
        seizure = Seized(on=DAY, asset_ref=asset_ref, office=OFFICE, kind="land")
        entries: list[AssetEntry] = [seizure, cost] if random.random() < 0.1 else [cost]
        asked = Asked(str(uuid4()), str(asset_id(OFFICE, asset_ref)), entries)
        contents = [(entry.TOPIC, encode(entry).decode()) for entry in entries]
        self.say("asked", asked.command_id, stream=asked.stream_id, entries=contents)
        return asked

    def _answered(self, asked: Asked) -> bool:
        try:
            receipt = record(
                self.store,
                stream_id=UUID(asked.stream_id),
                entries=asked.entries,
                by=Actor("clerk", OFFICE),
                command_id=UUID(asked.command_id),
            )
        except NoDatabase:
            return False
        except Refused as refused:
            self.say("refused", asked.command_id, code=refused.code)
        except Exception as error:  # noqa: BLE001 - the port promises no other: it is reported as a fault
            self.say("failed", asked.command_id, error=repr(error))
            return False
        else:
            self.say("recorded", asked.command_id, positions=list(receipt.positions))
        return True

    def say(self, what: str, command_id: str, **more: object) -> None:
        """Report in one write."""
        line = json.dumps({"said": what, "id": command_id} | more)
        os.write(self.report, line.encode() + b"\n")


def opened(url: str) -> PostgresStore:
    """Open the store, waiting until there is a database."""
    while True:
        try:
            return PostgresStore(url)
        except NoDatabase:
            time.sleep(0.05)


def to_send_again() -> deque[Asked]:
    """Read the commands on standard input."""
    again: deque[Asked] = deque()
    while line := sys.stdin.readline().strip():
        told: dict[str, Any] = json.loads(line)
        entries = [decode(topic, payload.encode()) for topic, payload in told["entries"]]
        again.append(Asked(told["id"], told["stream"], entries))  # type: ignore[arg-type]  # of asset entries
    return again


def follow(runner: Runner, writers: Writers) -> None:
    """Run the runner; what ends it before it is told to is reported as a fault."""
    try:
        runner.run()
    except Exception as error:  # noqa: BLE001 - it is to wait out whatever happens
        writers.say("failed", "runner", error=repr(error))


def main() -> None:
    """Write and run until standard input ends."""
    url, report, run = sys.argv[1:]
    again = to_send_again()
    writers = Writers(opened(url), os.open(report, os.O_WRONLY | os.O_APPEND), run, again)
    runner = Runner(url)
    tasks = [threading.Thread(target=writers.write, args=[Random(f"{run} {n}")]) for n in range(8)]  # noqa: S311 - amounts
    running = threading.Thread(target=follow, args=[runner, writers])
    for thread in [running, *tasks]:
        thread.start()
    sys.stdin.read()
    writers.stopping.set()
    for task in tasks:
        task.join()
    runner.stop()
    running.join()
    writers.store.close()


if __name__ == "__main__":
    main()
