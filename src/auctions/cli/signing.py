"""The evidence: making the key that signs the log, and signing it."""

import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from auctions.cli.operating import lent_database, say
from auctions.domain.errors import Refused
from auctions.evidence import key_files
from auctions.evidence.folders import EvidenceFolder
from auctions.evidence.following import follow, sign_all
from auctions.evidence.sequencing import Sequencer
from auctions.settings import Settings
from auctions.store.connect import signer_connection
from auctions.verifier.errors import DoesNotHold, Tampered

REFUSES = 4
"""The exit code where nothing may be signed any more."""


def key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; nothing is written over.")],
) -> None:
    """Make the key that signs the log, in a file that only you read, and print its public half.

    The public half, one line NAME+ID+KEY, is what auditors get, on paper. Keep a copy of the file apart.
    """
    typer.echo(key_files.make(file, _origin()).key.vkey)


def sign(
    once: Annotated[bool, typer.Option("--once", help="Sign what is recorded now, and end.")] = False,
) -> None:
    """Sign the log as it grows, until Ctrl-C or SIGTERM; one process at a time.

    First all that was signed is compared with the database. Where an entry is gone or reads otherwise,
    nothing more is signed, and it ends with 4: see "Evidence" in deploy/RUNBOOK.md.
    """
    settings = Settings()
    if settings.evidence_key_file is None:
        raise Refused("no-key-file", "AUCTIONS_EVIDENCE_KEY_FILE names no file: `auctions evidence key`")
    signer = key_files.read(settings.evidence_key_file, _origin())
    folder = evidence_folder()
    with lent_database(signer_connection) as url, folder.alone():
        try:
            _sign(url, Sequencer(folder, signer), once=once)
        except DoesNotHold as error:
            word = "tampered" if isinstance(error, Tampered) else "undecided"
            _refuse(f"{word}: {error.code}: {error.message}")
        except Refused as error:
            _refuse(f"{error.code}: {error.message}")


def _sign(url: str, sequencer: Sequencer, *, once: bool) -> None:
    if once:
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("comparing what was signed", total=None)
            sign_all(url, sequencer, lambda done, of: bar.update(task, completed=done, total=of))
        say(f"{sequencer.size:,} entries signed")
        return
    stopping = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    say("signing the log (Ctrl-C ends it)")
    follow(url, sequencer, stopping)


def _refuse(line: str) -> None:
    sys.stderr.write(f"nothing is signed: {line}\n")
    raise typer.Exit(REFUSES)


def _origin() -> str:
    origin = Settings().evidence_origin
    if origin is None:
        raise Refused("no-origin", "AUCTIONS_EVIDENCE_ORIGIN does not say what the log calls itself")
    return origin


def evidence_folder() -> EvidenceFolder:
    """Return the folder of the evidence. Raises Refused where none is named."""
    folder = Settings().evidence_folder
    if folder is None:
        raise Refused("no-evidence-folder", "AUCTIONS_EVIDENCE_FOLDER names no folder")
    return EvidenceFolder(folder)
