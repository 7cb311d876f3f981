"""A machine for the runbook: folders and a server of its own, programs in the place of the system's."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psycopg
import pytest

from auctions.store import embedded
from auctions.store.embedded_data import data_folder
from auctions.store.embedded_socket import socket_folder
from tests.journeys import clean_folder

LOGINS = (
    "auctions_migrate",
    "auctions_serve",
    "auctions_run",
    "auctions_sign",
    "auctions_operate",
    "auctions_dump",
)
LOCAL = "drill"
"""The map by which whoever runs the tests may be each login."""


class Machine:
    """A machine on which nothing of the service is yet, with a server of the programs at `binaries`."""

    def __init__(self, root: Path, program: Path, checkout: Path, binaries: Path) -> None:
        self.root, self.units, self.dumps = root, root / "units", root / "dumps"
        self.program = program
        self.home, self.ports = root / "server", {"8000": free_port(), "9464": free_port()}
        self.units.mkdir()
        self.dumps.mkdir()
        self.sockets = socket_folder(data_folder(self.home.resolve()))
        clean_folder.programs(root / "bin")
        clean_folder.source(root / "source", checkout, self._here)
        self.environment = self._environment(binaries)

    def _here(self, text: str) -> str:
        """Return a text of deploy/ as it is for this machine: other ports, another socket, other users."""
        for port, other in self.ports.items():
            text = text.replace(f":{port}", f":{other}").replace(f"--port {port}", f"--port {other}")
        return text.replace("/var/run/postgresql", str(self.sockets)).replace(
            "  peer\n", f"  peer map={LOCAL}\n"
        )

    def _environment(self, binaries: Path) -> dict[str, str]:
        ours = ("AUCTIONS_", "PG", "PYTHON", "COV")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        path = [self.root / "bin", Path(sys.executable).parent, binaries, kept["PATH"]]
        return kept | {
            "PATH": ":".join(map(str, path)),
            "SOURCE": str(self.root / "source"),
            "PROGRAM": str(self.program),
            "SETTINGS": str(self.root / "settings"),
            "UNITS": str(self.units),
            "DUMPS": str(self.dumps),
            "PGHOST": str(self.sockets),
            "AUCTIONS_DATABASE_URL": self.url(""),
            "PIP_NO_COMPILE": "1",
        }

    def url(self, login: str) -> str:
        """Return the address at which a login reaches the database."""
        user = f"&user={login}" if login else ""
        return f"postgresql:///auctions?host={self.sockets}{user}"

    @property
    def runbook(self) -> str:
        """The runbook as it is for this machine."""
        return (self.root / "source" / "deploy" / "RUNBOOK.md").read_text("utf-8")

    def start_server(self) -> None:
        """Start a server on which there is nothing yet, and on which each login is let in."""
        embedded.start(self.home)
        users = ("postgres", *LOGINS)
        lines = [f"{LOCAL} {who} {user}" for who in {whoami(), "nobody"} for user in users]
        with psycopg.connect(embedded.url(self.home)) as own:
            row = own.execute("SHOW ident_file").fetchone()
        assert row
        Path(row[0]).write_text("\n".join(lines) + "\n", "utf-8")

    def lose_server(self) -> None:
        """Stop the server and what asks it, and lose all that it held."""
        self._stop_services()
        embedded.stop(self.home)
        shutil.rmtree(data_folder(self.home))

    def operate(self, *words: object) -> str:
        """Run the command line as the people of the machine do; what it prints."""
        done = self.run("auctions_operate", self.program / "bin/auctions", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, user: str, *words: object, said: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command as a user, who says something to it."""
        return subprocess.run(
            ["sudo", "-u", user, *map(str, words)],
            env=self.environment,
            input=said,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def answer(self, path: str) -> Any:  # noqa: ANN401 - what JSON holds
        """Return what the service answers."""
        with urlopen(f"http://127.0.0.1:{self.ports['8000']}{path}", timeout=10) as answer:
            return json.load(answer)

    def record(self, token: str, body: dict[str, object]) -> int:
        """Begin the file of an asset as the holder of a key; the status of the answer."""
        asked = Request(
            f"http://127.0.0.1:{self.ports['8000']}/v1/assets",
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {token}", "Idempotency-Key": "1", "Content-Type": "application/json"},
        )
        with urlopen(asked, timeout=10) as answer:  # noqa: S310 -- http, and our own service
            return int(answer.status)

    def end(self) -> None:
        """End whatever was started."""
        self._stop_services()
        embedded.stop(self.home)

    def _stop_services(self) -> None:
        stop = ["systemctl", "stop", "auctions-serve", "auctions-run"]
        subprocess.run(stop, env=self.environment, check=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def whoami() -> str:
    return subprocess.check_output(["id", "--user", "--name"], encoding="utf-8").strip()


@contextmanager
def machine(root: Path, program: Path, binaries: Path) -> Iterator[Machine]:
    """Lend a machine with a server of these binaries, the program to be at `program`.

    Skipped where there is no checkout.
    """
    checkout = Path(__file__).resolve().parents[2]
    if not (checkout / "deploy").is_dir():
        pytest.skip("no checkout here, and deploy/ is in no wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUCTIONS_PG_BIN", str(binaries))
        made = Machine(root, program, checkout, binaries)
        try:
            made.start_server()
            yield made
        finally:
            made.end()
