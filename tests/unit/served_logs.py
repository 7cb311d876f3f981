"""A log served over HTTP on this machine, as a plain web server does it."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


class Serving(ThreadingHTTPServer):
    """Serves a folder; keeps what was asked, answers a path in `codes` by that code, cuts off `cut` bytes.

    `missing` bytes are announced and do not come. `tokens` are those that came along; a path in `moved` is
    answered by a redirection to there.
    """

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.folder = folder
        self.asked: list[str] = []
        self.codes: dict[str, int] = {}
        self.moved: dict[str, str] = {}
        self.tokens: set[str | None] = set()
        self.zipped = False
        self.encoding = ""
        self.cut = self.missing = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/log"


class Answering(BaseHTTPRequestHandler):
    server: Serving

    def do_GET(self) -> None:
        path = self.path.removeprefix("/log/")
        self.server.asked.append(path)
        file = self.server.folder / path
        self.server.tokens.add(self.headers["Authorization"])
        code = 302 if path in self.server.moved else 200 if file.is_file() else 404
        code = self.server.codes.get(path, code)
        content = file.read_bytes() if code == 200 else b""
        self.send_response(code)
        if path in self.server.moved:
            self.send_header("Location", self.server.moved[path])
        if self.server.zipped and "gzip" in self.headers["Accept-Encoding"]:
            middle = len(content) // 2
            content = gzip.compress(content[:middle]) + gzip.compress(content[middle:])
            self.send_header("Content-Encoding", "GZIP")
        elif self.server.encoding:
            self.send_header("Content-Encoding", self.server.encoding)
        content = content[: len(content) - self.server.cut]
        self.send_header("Content-Length", str(len(content) + self.server.missing))
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

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
