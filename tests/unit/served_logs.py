"""A log served over HTTP on this machine, as a plain web server does it."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


class Serving(ThreadingHTTPServer):
    """Serves a folder; keeps what was asked, answers a path in `codes` by that code, cuts off `cut` bytes."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.folder = folder
        self.asked: list[str] = []
        self.codes: dict[str, int] = {}
        self.zipped = False
        self.cut = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/log"


class Answering(BaseHTTPRequestHandler):
    server: Serving

    def do_GET(self) -> None:
        path = self.path.removeprefix("/log/")
        self.server.asked.append(path)
        file = self.server.folder / path
        code = self.server.codes.get(path, 200 if file.is_file() else 404)
        content = file.read_bytes() if code == 200 else b""
        self.send_response(code)
        if self.server.zipped and "gzip" in self.headers["Accept-Encoding"]:
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        content = content[: len(content) - self.server.cut]
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def serving(folder: Path) -> Iterator[Serving]:
    with Serving(folder) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
