"""The service: API and runner together."""

import socket
import threading
from importlib.resources import as_file, files
from typing import Annotated

import typer
import uvicorn
from api.app import create_app

from auctions.application.recording import Actor
from auctions.cli.common import database
from auctions.journal.importing import Import, Mode
from auctions.journal.read import read_rows
from auctions.settings import Settings
from auctions.store import embedded
from auctions.store.connect import NoDatabase, connection
from auctions.store.postgres import PostgresStore
from projections import log
from projections.runner import Runner


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")
    ] = 8000,
    sample: Annotated[bool, typer.Option(help="Load the sample register if the database is empty.")] = False,
) -> None:
    """Serve the API and keep the read models up to date, on the embedded server unless another is named."""
    import uvicorn  # noqa: PLC0415 - takes most of a second, which no other command should wait for

    from api.app import create_app  # noqa: PLC0415 - as above

    listening = _listen(host, port)
    settings = Settings()
    ours = settings.database_url is None and not embedded.alive(settings.home)
    url = database()
    if sample:
        _load_sample(url)
    runner = Runner(url)
    thread = threading.Thread(target=runner.run, name="runner")
    thread.start()
    try:
        typer.echo(
            f"serving http://{host}:{listening.getsockname()[1]}/v1/assets?unsold=true (Ctrl-C ends it)"
        )
        config = uvicorn.Config(create_app(url), log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        runner.stop()
        thread.join()
        if ours:
            embedded.stop(settings.home)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        typer.echo(
            f"cannot listen on {host} port {port} ({error.strerror}): choose another with --port", err=True
        )
        raise typer.Exit(1) from error
    return listening


def _load_sample(url: str) -> None:
    with connection(url) as reader:
        if log.head(reader):
            return
    store = PostgresStore(url)
    with as_file(files("auctions.journal").joinpath("sample_register.csv")) as path:
        run = Import(store, Actor("sample", ""), Mode.ALL_OR_NOTHING, path.name, lambda _phase, _done: None)
        report = run.run(read_rows(path))
    store.close()
    if report.problems:
        raise NoDatabase(f"the sample register was refused: {report.problems[0].message}")
    typer.echo(f"sample register loaded: {report.recorded:,} entries of {report.assets:,} assets")
