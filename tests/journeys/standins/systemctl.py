"""In the place of systemctl, where no systemd runs: starts and stops what the units below $UNITS say.

As under systemd a process has nothing but the environment that its unit names; the unit's user is the login
with which it reaches the database. Bounds are not applied.
"""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS = Path(os.environ["UNITS"])
BOUNDS = UNITS / "auctions-.service.d" / "10-bounds.conf"


def said(unit: Path, name: str) -> list[str]:
    """Return what the unit and what holds for all of them say under a name."""
    lines = [*unit.read_text("utf-8").splitlines(), *BOUNDS.read_text("utf-8").splitlines()]
    return [value for key, _, value in (line.partition("=") for line in lines) if key == name]


def environment(unit: Path) -> dict[str, str]:
    """Return the environment of a unit's process."""
    lines = said(unit, "Environment")
    for file in said(unit, "EnvironmentFile"):
        lines += [line for line in Path(file).read_text("utf-8").splitlines() if line and line[0] != "#"]
    named = dict(line.split("=", 1) for line in lines)
    return {"PATH": os.environ["PATH"], "PGUSER": said(unit, "User")[0], **named}


def start(unit: Path) -> None:
    """Start a service, to its end where it is a job; a timer has nothing to start here."""
    if unit.suffix == ".timer":
        return
    command, own = shlex.split(said(unit, "ExecStart")[0]), environment(unit)
    if said(unit, "Type") == ["oneshot"]:
        subprocess.run(command, env=own, check=True)
        return
    with unit.with_suffix(".log").open("a") as log:
        process = subprocess.Popen(command, env=own, stdout=log, stderr=log, start_new_session=True)
    unit.with_suffix(".pid").write_text(str(process.pid))


def stop(unit: Path) -> None:
    """End a service and wait until it is gone, half a minute at most."""
    file = unit.with_suffix(".pid")
    if not file.exists():
        return
    pid, until = int(file.read_text()), time.monotonic() + 30
    os.kill(pid, signal.SIGTERM)
    while alive(pid):
        if time.monotonic() > until:
            sys.exit(f"{unit.name} does not end")
        time.sleep(0.05)
    file.unlink()


def alive(pid: int) -> bool:
    """Tell whether a process is there, and no zombie."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except OSError:
        return False


def main(words: list[str]) -> None:
    """Do one command of systemctl."""
    verb, *names = [word for word in words if word != "--now"]
    units = [UNITS / (name if "." in name else f"{name}.service") for name in names]
    for unit in units:
        {"enable": start, "start": start, "stop": stop}[verb](unit)


if __name__ == "__main__" and sys.argv[1:] != ["daemon-reload"]:
    main(sys.argv[1:])
