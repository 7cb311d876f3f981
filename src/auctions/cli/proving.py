"""The evidence for who keeps the service: how far it is, its checkpoints, proofs, and all of it checked."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from auctions.cli.common import Json, database, print_json, print_table
from auctions.cli.reading import Office, Ref, file_places
from auctions.cli.signing import evidence_folder
from auctions.evidence import asset_proofs
from auctions.evidence.checking import check
from auctions.evidence.folders import EvidenceFolder
from auctions.store.connect import connection
from auctions.verifier.checkpoints import read_kept
from auctions.verifier.errors import Tampered, Undecided
from auctions.verifier.logs import CHECKPOINT

_BEHIND = """SELECT coalesce(max(position), 0) - %(size)s, extract(epoch FROM clock_timestamp() -
        (SELECT recorded_at FROM auctions.events WHERE position > %(size)s ORDER BY position LIMIT 1))::float8
    FROM auctions.events"""


def status(json: Json = False) -> None:
    """Show how much is signed, how many entries and seconds the signer is behind, and by which key."""
    folder = evidence_folder()
    with verdict(json=json):
        checkpoint, _ = folder.checkpoint()
        size, key = checkpoint.head.size, folder.key()
        with connection(database()) as reader:
            ((entries, seconds),) = reader.execute(_BEHIND, {"size": size}).fetchall()
        if entries < 0:
            message = f"{size} entries are signed, the database has {size + entries}: see `evidence fsck`"
            raise Tampered("database-behind", message, size + entries)
    signed_at = datetime.fromtimestamp((folder.log / CHECKPOINT).stat().st_mtime, UTC)
    facts = {
        "log": checkpoint.origin,
        "key": key.vkey,
        "key_id": key.id.hex(),
        "signed": size,
        "signed_at": signed_at.isoformat(timespec="seconds"),
        "behind": entries,
        "behind_seconds": round(seconds or 0, 1),
    }
    if json:
        print_json(facts)
    else:
        print_table("Evidence", ("fact", "value"), list(facts.items()))


def checkpoint(
    size: Annotated[
        int | None, typer.Option(min=0, help="Of so many entries: the last one of a day is kept.")
    ] = None,
) -> None:
    """Print the signed checkpoint as auditors keep it: the last one, or the last of an older day."""
    folder = evidence_folder()
    with verdict():
        note = folder.checkpoint()[1] if size is None else _of_size(folder, size)
    sys.stdout.buffer.write(note)


def _of_size(folder: EvidenceFolder, size: int) -> bytes:
    sizes = set()
    for file in sorted(folder.days.glob("????-??-??")):
        note = file.read_bytes()
        found = read_kept(note, [folder.key()]).head.size
        if found == size:
            return note
        sizes.add(found)
    known = ", ".join(map(str, sorted(sizes)))
    raise Undecided("unknown-size", f"no checkpoint of {size} entries is kept, only of: {known}")


def prove(
    ref: Ref,
    office: Office = None,
    entry: Annotated[int | None, typer.Option(min=1, help="This entry alone, by its number.")] = None,
    into: Annotated[Path, typer.Option(help="The folder into which the files go.")] = Path(),
    json: Json = False,
) -> None:
    """Write the proof of each entry of an asset and the entry's bytes, as `auctions-verify event` takes both.

    `auctions-verify event REF-1.tlog-proof REF-1.entry --key KEY` verifies the first one.
    """
    stream_id, places = file_places(ref, office)
    chosen = [place for place in places if entry in {None, place[0]}]
    name = "".join(letter if letter.isalnum() or letter in "-." else "_" for letter in ref)
    rows = []
    with verdict(json=json):
        if not chosen:
            raise Undecided("unknown-entry", f"{ref} has {len(places)} entries, none of number {entry}")
        for proven in asset_proofs.prove(evidence_folder(), stream_id, chosen):
            files = [into / f"{name}-{proven.number}.{kind}" for kind in ("tlog-proof", "entry")]
            into.mkdir(parents=True, exist_ok=True)
            for file, content in zip(files, (proven.proof, proven.content), strict=True):
                file.write_bytes(content)
            rows.append((proven.number, proven.index, *map(str, files)))
    columns = ("entry_no", "index", "proof", "entry")
    if json:
        print_json({"asset_id": stream_id, "items": [dict(zip(columns, row, strict=True)) for row in rows]})
    else:
        print_table(f"{ref}, {stream_id}", columns, rows)


def fsck(json: Json = False) -> None:
    """Compute everything again from the database and compare it with what was signed.

    It names the first entry that is gone, reads otherwise or contradicts itself, and what differs.
    """
    console = Console(stderr=True)
    with (
        verdict(json=json),
        connection(database()) as own,
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("comparing what was signed", total=None)
        found = check(own, evidence_folder(), lambda done, of: bar.update(task, completed=done, total=of))
    size = found.checkpoint.head.size
    if json:
        print_json({"verdict": "holds", "signed": size, "unsigned": found.unsigned})
    else:
        typer.echo(f"holds: {size:,} entries are as signed; {found.unsigned:,} are not signed yet")


@contextmanager
def verdict(*, json: bool = False) -> Iterator[None]:
    """End with 1 where the evidence is tampered with, with 2 where it cannot be decided, and say why."""
    try:
        yield
    except (Tampered, Undecided) as error:
        word = "tampered" if isinstance(error, Tampered) else "undecided"
        if json:
            index = error.index if isinstance(error, Tampered) else None
            told = {"verdict": word, "code": error.code, "message": error.message, "first_bad_index": index}
            print_json(told)
        else:
            sys.stderr.write(f"{word}: {error.code}: {error.message}\n")
        raise typer.Exit(1 if word == "tampered" else 2) from error
