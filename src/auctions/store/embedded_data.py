"""The embedded server's data folder: made once, whole or not at all, and served."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from auctions.store.connect import NoDatabase
from auctions.store.durable_files import sync_folder
from auctions.store.embedded_programs import Account, account, binaries, major_version
from auctions.store.embedded_socket import PORT, make_socket_folder

SETTINGS = (
    "listen_addresses=",  # the socket is the only door
    "max_wal_size=2GB",  # an import is not to wait for checkpoints
    "wal_compression=on",
)
INITDB = (
    *("--username=postgres", "--encoding=UTF8", "--locale=C", "--data-checksums"),
    *("--auth-local=trust", "--auth-host=reject", "--no-instructions"),
)


@dataclass(frozen=True)
class Cluster:
    """A data folder that is ready, with the programs and the account that serve it."""

    data: Path
    programs: Path
    who: Account


def data_folder(home: Path) -> Path:
    """Name the folder in which PostgreSQL keeps its data."""
    return home / "postgres"


def prepare(home: Path, lock: int) -> Cluster:
    """Make the data folder of `home` unless it is there; `lock` is held meanwhile.

    Raises NoDatabase when it cannot be made, or is another major version's.
    """
    data, programs = data_folder(home), binaries()
    cluster = Cluster(data, programs, account(home, data, programs))
    if not data.exists():
        _make(cluster, lock)
    kept, served = (data / "PG_VERSION").read_text().strip(), major_version(programs)
    if kept != served:
        message = (
            f"{data} is of PostgreSQL {kept}, the programs in {programs} are of {served}:"
            f" set AUCTIONS_PG_BIN to the programs of PostgreSQL {kept}, or move the folder"
            " away, start anew and import an exported journal"
        )
        raise NoDatabase(message)
    return cluster


def _make(cluster: Cluster, lock: int) -> None:
    unfinished = cluster.data.with_name("postgres.new")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    if cluster.who.uid is not None and cluster.who.gid is not None:
        os.chown(unfinished, cluster.who.uid, cluster.who.gid)
    if _run(cluster, [], ["initdb", "-D", unfinished, *INITDB], lock) != 0:
        message = f"initdb failed: read the end of {_log(cluster)}"
        raise NoDatabase(message)
    unfinished.rename(cluster.data)
    sync_folder(cluster.data.parent)


def launch(cluster: Cluster, lock: int) -> None:
    """Start PostgreSQL; it outlives the caller and holds `lock` while it lives."""
    settings = [f"unix_socket_directories={make_socket_folder(cluster.data)}", *SETTINGS]
    options = [word for setting in settings for word in ("-c", setting)]
    # With the lock ours, a postmaster.pid is a dead server's though its number may
    # live, as a zombie or another program; this makes PostgreSQL see it so, while it
    # still looks for shared memory in use.
    stale = cluster.data / "postmaster.pid"
    pid = stale.read_text().split("\n")[0] if stale.exists() else "0"
    detached = ["env", f"PG_GRANDPARENT_PID={pid}", "/bin/sh", "-c", '"$@" &', "sh"]
    server: list[str | Path] = ["postgres", "-D", cluster.data, "-p", PORT, *options]
    _run(cluster, detached, server, lock)


def _run(cluster: Cluster, before: list[str], command: list[str | Path], lock: int) -> int:
    program = [*before, *cluster.who.wrapper, cluster.programs / command[0], *command[1:]]
    log = os.open(_log(cluster), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return cluster.who.run(program, log, lock)
    finally:
        os.close(log)


def _log(cluster: Cluster) -> Path:
    return cluster.data.with_name("postgres.log")
