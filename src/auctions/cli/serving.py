"""The service: API and runner together, or either alone."""

import signal
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Annotated

import typer

from auctions.application.recording import Actor, today
from auctions.cli.operating import lent_database, say, watched
from auctions.domain.errors import Refused
from auctions.journal.importing import Import, Mode
from auctions.journal.problems import Problem
from auctions.journal.rows import Row
from auctions.settings import Settings
from auctions.store import master_key
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log, tracking
from projections.registry import read_models
from projections.runner import Runner

if TYPE_CHECKING:
    import uvicorn

    from api.provider import Provider
    from api.watching import Watch


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")
    ] = 8000,
    sample: Annotated[bool, typer.Option(help="Load the sample register if the database is empty.")] = False,
    runner: Annotated[
        bool, typer.Option(help="Keep the read models up to date too; without it `auctions run` does.")
    ] = True,
) -> None:
    """Serve the API and keep the read models up to date, on the embedded server unless another is named.

    People sign in with local accounts (`auctions users add`), which are meant for one machine or a small
    office; for more, name a provider of identities by AUCTIONS_OIDC_ISSUER.

    Ctrl-C or SIGTERM ends it, and the embedded server with it where it was not running before.
    """
    listening = _listen(host, port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), lent_database() as url:
        if sample:
            _load_sample(url)
        with watched(url) as watches:
            _serve(url, listening, watches, Runner(url) if runner else None)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        typer.echo(
            f"cannot listen on {host} port {port} ({error.strerror}): choose another with --host or --port",
            err=True,
        )
        raise typer.Exit(1) from error
    return listening


def _serve(url: str, listening: socket.socket, watches: "Sequence[Watch]", runner: Runner | None) -> None:
    """Answer while the deliverer and the runner work: the end of either ends the service too."""
    from api.app import create_app  # noqa: PLC0415 - takes most of a second, for which no other command waits
    from api.server import Server  # noqa: PLC0415 - as above
    from api.webhooks.deliverer import Deliverer  # noqa: PLC0415 - as above

    if runner and not _built(url):
        runner.catch_up()
    settings = Settings()
    persons_key = master_key.read(settings.persons_key_file) if settings.persons_key_file else None
    provider = _provider(settings)
    app = create_app(
        url,
        watches=watches,
        rate=settings.rate,
        provider=provider,
        persons_key=persons_key,
        evidence_folder=settings.evidence_folder,
    )
    server = Server(app, log_as_json=settings.log == "json")
    workers: dict[str, Runner | Deliverer] = {"the deliverer of webhooks": Deliverer(url)}
    if runner:
        workers["the runner of the read models"] = runner
    with ThreadPoolExecutor(len(workers), "worker") as threads:
        running = {name: threads.submit(worker.run) for name, worker in workers.items()}
        for work in running.values():
            work.add_done_callback(lambda _ended: setattr(server, "should_exit", True))
        try:
            _answer(server, listening)
        finally:
            for worker in workers.values():
                worker.stop()
    for name, work in running.items():
        if error := work.exception():
            raise RuntimeError(f"{name} has ended, and the service with it") from error


def _built(url: str) -> bool:
    """Tell whether every read model can answer, be it of an older day or version."""
    with connection(url) as reader:
        return len(tracking.tracked(reader, read_models())) == len(read_models())


def _provider(named: Settings) -> "Provider | None":
    """Return the provider of identities that the settings name. Raises Refused where they are not enough."""
    from api.provider import Provider  # noqa: PLC0415 - slow, and no other command needs it
    from api.trusted import Trusted  # noqa: PLC0415 - as above

    if not named.oidc_issuer:
        return None
    if not named.oidc_audience:
        raise Refused("audience-needed", "AUCTIONS_OIDC_ISSUER is set: expected AUCTIONS_OIDC_AUDIENCE too")
    secret = named.oidc_client_secret
    return Provider(
        Trusted(
            named.oidc_issuer,
            named.oidc_audience,
            named.oidc_role_claim,
            named.oidc_office_claim,
            named.oidc_client_id or "",
            secret.get_secret_value() if secret else "",
            named.public_url or "",
        )
    )


def _answer(server: "uvicorn.Server", listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    listening.listen()
    shown = f"[{host}]" if ":" in host else host
    say(f"serving http://{shown}:{port}/ (Ctrl-C ends it)")
    server.run(sockets=[listening])


def _load_sample(url: str) -> None:
    from auctions.journal.read import read_rows  # noqa: PLC0415 - slow, and no other command needs it

    with connection(url) as reader:
        if log.head(reader):
            return
    store = PostgresStore(url)
    with as_file(files("auctions.journal").joinpath("sample_register.csv")) as path:
        run = Import(store, Actor("sample", ""), Mode.ALL_OR_NOTHING, path.name, lambda _phase, _done: None)
        report = run.run(row for row in read_rows(path) if not _in_the_future(row))
    store.close()
    if report.problems:
        raise Refused("sample-refused", f"the sample register was refused: {report.problems[0].message}")
    typer.echo(f"sample register loaded: {report.recorded:,} entries of {report.assets:,} assets")


def _in_the_future(row: Row | Problem) -> bool:
    """Tell whether this machine's clock has not come to the row's day yet."""
    return isinstance(row, Row) and str(row.cells["on"]) > today().isoformat()
