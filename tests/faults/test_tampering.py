"""Whatever a superuser does to the log is found, and the first entry that is not as signed is named."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.evidence.checking import check
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from auctions.verifier.checkpoints import Checkpoint, read_checkpoint
from auctions.verifier.errors import Tampered
from auctions.verifier.logs import verify_log
from auctions.verifier.places import Folder
from auctions.verifier.tiles import WIDTH, Tiles, tiles
from tests.contract.conftest import command, golden, samples
from tests.contract.registers import append
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.faults.tamperings import TAMPERINGS, Rows, Tampering, leaf, rows_of, write
from tests.unit.spec_logs import tile
from tests.unit.spec_logs import write as write_log

__all__ = ["command", "golden", "samples"]

TIMES = int(os.environ.get("AUCTIONS_TAMPERINGS", "100"))
"""How often the log is changed in each way."""
CLEAN = 25
"""How often nothing but the service has written."""
SEED = os.environ.get("AUCTIONS_TAMPERINGS_SEED", "2026")
SIZE = 300
AS_SUPERUSER = "-c session_replication_role=replica"
"""Past the triggers."""


@pytest.fixture
def log(
    database: str,
    store: PostgresStore,
    command: Callable[..., Command],
    samples: list[AssetEntry],
    tmp_path: Path,
) -> SignedLog:
    """A log of some sixty files, entry by entry, which is signed; some entries more are not."""
    random, versions = Random(SEED), dict.fromkeys([uuid4() for _ in range(60)], 0)  # noqa: S311 - places
    for file in random.choices(list(versions), k=SIZE):
        store.append(command(samples[versions[file]], stream_id=file, expected=versions[file]))
        versions[file] += 1
    found = SignedLog(database, tmp_path / "evidence")
    found.sign()
    return found


@contextmanager
def tampered(
    superuser: psycopg.Connection[Any], signed: Rows, tampering: Tampering, random: Random
) -> Iterator[tuple[Rows, int]]:
    """Change the log that was signed; lend its rows and the first that is changed."""
    with superuser.transaction(force_rollback=True):
        rows = [replace(row) for row in signed]
        first = tampering(rows, random)
        write(superuser, signed, rows)
        yield rows, first


def found_by_fsck(log: SignedLog, own: psycopg.Connection[Any]) -> int | None:
    try:
        check(own, log.folder, lambda _done, _of: None)
    except Tampered as error:
        return error.index
    return None


def served(log: SignedLog, rows: Rows, folder: Path, *, leaves: bool) -> None:
    """Serve what the database has now under what was signed: entries, or else leaves, as they are there."""
    shutil.copytree(log.folder.log, folder)
    for index, width in tiles(0, SIZE):
        some = rows[index * WIDTH :][:width]
        if leaves:
            (folder / tile("0", index, width)).write_bytes(b"".join(row.leaf for row in some))
        else:
            bundle = b"".join(len(row.content).to_bytes(2) + row.content for row in some if row.number > 0)
            (folder / tile("entries", index, width)).write_bytes(bundle)


def found_by_the_verifier(folder: Path, checkpoint: Checkpoint, kept: Checkpoint) -> int | None:
    try:
        verify_log(Tiles(Folder(folder), checkpoint.head.size), checkpoint, [kept])
    except Tampered as error:
        return error.index
    return None


def signed_anew(rows: Rows, folder: Path) -> Checkpoint:
    """Make the log of these rows as who has the key could, and sign it."""
    write_log(folder, [row.content for row in rows if row.number > 0])
    return read_checkpoint((folder / "checkpoint").read_bytes(), [SIGNER.key])


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda each: each.__name__)
def test_each_way_of_changing_the_log_is_found_and_located(
    log: SignedLog, tampering: Tampering, tmp_path: Path
) -> None:
    kept = log.published()
    random = Random(f"{SEED} {tampering.__name__}")  # noqa: S311 - places
    with psycopg.connect(log.url, options=AS_SUPERUSER) as superuser:
        signed = rows_of(superuser)
        for time in range(TIMES):
            with tampered(superuser, signed, tampering, random) as (rows, first):
                told = f"{tampering.__name__}, {time}, seed {SEED}"
                assert found_by_fsck(log, superuser) == first, told
                served(log, rows, tmp_path / f"served-{time}", leaves=tampering is leaf)
                assert found_by_the_verifier(tmp_path / f"served-{time}", kept, kept) == first, told
                if tampering is not leaf:  # which stands beside the entry, and is no part of what is signed
                    anew = signed_anew(rows, tmp_path / f"anew-{time}")
                    assert found_by_the_verifier(tmp_path / f"anew-{time}", anew, kept) is not None, told
    with psycopg.connect(log.url) as reader:
        assert found_by_fsck(log, reader) is None


def test_a_log_that_nobody_changed_gives_no_alarm(
    log: SignedLog, store: PostgresStore, command: Callable[..., Command]
) -> None:
    kept = [log.published()]
    with psycopg.connect(log.url, autocommit=True) as reader:
        for _ in range(CLEAN):
            append(store, *[command() for _ in range(10)])
            assert check(reader, log.folder, lambda _done, _of: None).unsigned == 10
            kept.append(log.sign())
            assert check(reader, log.folder, lambda _done, _of: None) == (kept[-1], 0)
    size = kept[-1].head.size
    assert verify_log(log.folder.tiles(size), kept[-1], kept) == size == SIZE + 10 * CLEAN
