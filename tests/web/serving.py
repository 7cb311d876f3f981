"""The application on a socket, for clients that are no test clients."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from api.app import create_app
from api.client import Client
from api.positions import PATIENCE
from api.server import Server
from tests.web.keys import held
from tests.web.losing import Fate, Proxy, losing


@contextmanager
def serving(url: str, *, patience: float = PATIENCE, evidence_folder: Path | None = None) -> Iterator[str]:
    """Serve a database by uvicorn on a free loopback port; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = Server(create_app(url, patience=patience, evidence_folder=evidence_folder))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class Given:
    """A service on a register, and clients of it."""

    def __init__(self, service: str, database: str, stack: ExitStack) -> None:
        self.url, self._database, self._stack = service, database, stack

    def client(self, url: str = "", *, key: str = "", role: str = "coordinator") -> Client:
        """A client of the service, or of what stands before it, for one of the role."""
        key = key or held(self._database, role)["Authorization"].removeprefix("Bearer ")
        return self._stack.enter_context(Client(url or self.url, key))

    def losing(self, *fates: Fate | bytes, role: str = "coordinator") -> tuple[Client, Proxy]:
        """The same behind a proxy."""
        url, proxy = self._stack.enter_context(losing(self.url, fates))
        return self.client(url, role=role), proxy


@contextmanager
def served(url: str) -> Iterator[Given]:
    with serving(url) as service, ExitStack() as stack:
        yield Given(service, url, stack)
