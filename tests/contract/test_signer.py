"""The signer signs what is recorded, and nothing more where the database is not what was signed."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.errors import Refused
from auctions.evidence.following import follow, sign_all
from auctions.evidence.sequencing import Sequencer
from auctions.evidence.signing import Signer
from auctions.store.connect import signer_connection
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from auctions.verifier.entries import read_entry
from auctions.verifier.errors import Tampered, Undecided
from auctions.verifier.logs import verify_log
from auctions.verifier.tiles import ENTRIES, entries_of
from auctions.verifier.tree import Head
from tests.contract.registers import append
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.unit.spec_logs import ORIGIN, PRIVATE

Record = Callable[[int], None]


@pytest.fixture
def record(store: PostgresStore, command: Callable[..., Command]) -> Record:
    """Return what records so many entries, each in a file of its own."""

    def done(number: int) -> None:
        append(store, *[command() for _ in range(number)])

    return done


@pytest.fixture
def log(database: str, tmp_path: Path) -> SignedLog:
    return SignedLog(database, tmp_path / "evidence")


def test_what_is_recorded_is_signed_in_the_order_of_positions(
    log: SignedLog, store: PostgresStore, command: Callable[..., Command]
) -> None:
    assert log.sign().head.size == 0
    commands = [command() for _ in range(300)]
    append(store, *commands)
    assert log.sign().head.size == 300
    bundle = (log.folder.log / "tile/entries/000").read_bytes()
    files = [read_entry(content).stream_id for content in entries_of(bundle)]
    assert files == [each.stream_id for each in commands][:256]
    assert log.sign().head.size == 300


def test_a_log_that_grows_begins_with_each_checkpoint_that_was_kept(log: SignedLog, record: Record) -> None:
    kept = []
    for number in (1, 254, 1, 1, 300):
        record(number)
        kept.append(log.sign())
    assert [each.head.size for each in kept] == [1, 255, 256, 257, 557]
    assert verify_log(log.folder.tiles(557), kept[-1], kept) == 557
    partial = {file.relative_to(log.folder.log).as_posix() for file in log.folder.log.rglob("*.p/*")}
    assert partial == {"tile/0/002.p/45", "tile/1/000.p/1", "tile/1/000.p/2", "tile/entries/002.p/45"}


def test_it_follows_the_log_while_it_runs(
    log: SignedLog, record: Record, until: Callable[[Callable[[], object]], None]
) -> None:
    def signed(size: int) -> bool:
        return log.published().head.size == size

    stopping = Event()
    following = Thread(target=follow, args=[log.url, Sequencer(log.folder, SIGNER), stopping])
    following.start()
    try:
        until((log.folder.log / "checkpoint").exists)
        for size in (1, 2, 3):
            record(1)
            until(partial(signed, size))
    finally:
        stopping.set()
        following.join()


def test_an_older_copy_of_the_database_is_not_signed(log: SignedLog, record: Record) -> None:
    record(3)
    signed = log.sign()
    log.tamper("DELETE FROM auctions.events WHERE position = 3")
    for _ in range(2):
        with pytest.raises(Tampered, match=r"from entry 2 \(position 3\) on they are gone") as told:
            log.sign()
        assert (told.value.code, told.value.index) == ("database-behind", 2)
        assert log.published() == signed
    record(5)
    with pytest.raises(Tampered, match=r"entry 2 \(position 3\) was signed otherwise") as told:
        log.sign()
    assert (told.value.code, told.value.index) == ("changed-entry", 2)
    assert log.published() == signed


@pytest.mark.parametrize(
    ("statement", "code", "words"),
    [
        ("UPDATE auctions.events SET payload = '{}' WHERE position = 2", "changed-entry", "has it: payload"),
        ("UPDATE auctions.events SET entry_no = -1 WHERE position = 2", "unreadable-entry", "number -1"),
        (
            "UPDATE auctions.events SET recorded_at = 'infinity' WHERE position = 2",
            "unreadable-entry",
            "infinity|too",
        ),
        ("UPDATE auctions.events SET leaf = prev WHERE position = 2", "wrong-leaf", "leaf hash beside it"),
        ("DELETE FROM auctions.events WHERE position = 2", "missing-entry", "position 3 comes next"),
    ],
)
def test_behind_an_entry_that_was_changed_after_it_was_signed_nothing_is_signed(
    log: SignedLog,
    record: Record,
    statement: str,
    code: str,
    words: str,
) -> None:
    record(3)
    signed = log.sign()
    log.tamper(statement)
    record(1)
    with pytest.raises(Tampered, match=words) as told:
        log.sign()
    assert told.value.code == code
    assert log.published() == signed


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE auctions.events SET topic = 'other' WHERE position = 4", "wrong-leaf"),
        ("UPDATE auctions.events SET prev = sha256('') WHERE position = 4", "broken-chain"),
        ("UPDATE auctions.events SET entry_no = 2 WHERE position = 4", "not-contiguous"),
        ("DELETE FROM auctions.events WHERE position = 4", "missing-entry"),
    ],
)
def test_an_entry_that_was_changed_before_it_was_signed_is_not_signed_where_it_contradicts_itself(
    log: SignedLog,
    record: Record,
    statement: str,
    code: str,
) -> None:
    record(2)
    signed = log.sign()
    record(4)
    log.tamper(statement)
    with pytest.raises(Tampered) as told:
        log.sign()
    assert (told.value.code, told.value.index) == (code, 3)
    assert log.published() == signed


def test_while_it_runs_it_sees_that_the_last_entry_is_gone(log: SignedLog, record: Record) -> None:
    record(2)
    sequencer = Sequencer(log.folder, SIGNER)
    with signer_connection(log.url) as own:
        sequencer.take_up(own)
        assert sequencer.advance(own)
        assert not sequencer.advance(own)
        log.tamper("DELETE FROM auctions.events WHERE position = 2")
        with pytest.raises(Tampered) as told:
            sequencer.advance(own)
    assert (told.value.code, told.value.index) == ("database-behind", 1)


def test_an_older_copy_of_the_folder_goes_on_and_of_the_keeper_alone_does_not(
    log: SignedLog, record: Record, tmp_path: Path
) -> None:
    record(2)
    log.sign()
    shutil.copytree(tmp_path / "evidence", tmp_path / "copy")
    record(2)
    signed = log.sign()
    assert SignedLog(log.url, tmp_path / "copy").sign() == signed
    (tmp_path / "evidence/kept/last").unlink()
    with pytest.raises(Tampered, match="it was put back") as told:
        log.sign()
    assert told.value.code == "keeper-behind"


def test_a_folder_that_lacks_what_was_signed_is_not_signed_in(log: SignedLog, record: Record) -> None:
    record(2)
    log.sign()
    (log.folder.log / "tile/entries/000.p/2").unlink()
    with pytest.raises(Undecided, match="lacks entry 0"):
        log.sign()


def test_a_folder_is_signed_in_by_the_key_with_which_it_began(log: SignedLog, record: Record) -> None:
    record(1)
    log.sign()
    other = Signer("other.example", PRIVATE)
    with pytest.raises(Undecided, match="signed by none of the keys"):
        sign_all(log.url, Sequencer(log.folder, other), lambda _done, _of: None)
    (log.folder.log / "checkpoint").unlink()
    with pytest.raises(Refused, match=ORIGIN) as told:
        sign_all(log.url, Sequencer(log.folder, other), lambda _done, _of: None)
    assert told.value.code == "checkpoint-of-other-log"


def test_one_signs_in_a_folder_at_a_time(log: SignedLog) -> None:
    folder = log.folder
    with folder.alone(), pytest.raises(Refused, match="another process signs") as told, folder.alone():
        pass
    assert told.value.code == "another-signer"
    with folder.alone():
        pass


def test_progress_is_told_while_what_was_signed_is_compared(log: SignedLog, record: Record) -> None:
    record(1100)
    log.sign()
    told: list[tuple[int, int]] = []
    sign_all(log.url, Sequencer(log.folder, SIGNER), lambda done, of: told.append((done, of)))
    assert told == [(1024, 1100)]


def test_the_chain_of_a_file_goes_on_over_what_was_signed(
    log: SignedLog,
    store: PostgresStore,
    command: Callable[..., Command],
    samples: list[AssetEntry],
) -> None:
    file = uuid4()
    for version in range(3):
        store.append(command(samples[version], stream_id=file, expected=version))
        assert log.sign().head.size == version + 1
    found = log.folder.tiles(3).found(ENTRIES, 0, 3)
    assert found is not None
    assert [read_entry(each).number for each in entries_of(found[1])] == [1, 2, 3]
    assert isinstance(log.sign().head, Head)
