"""The register is sealed and its books are closed; an auditor computes all of that from the log alone."""

from pathlib import Path
from uuid import UUID

import pytest

from auctions.verifier.entries import read_entry
from auctions.verifier.tiles import entries_of
from auctions.verifier.tree import leaf_hash
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.journeys.in_process import InProcess
from tests.journeys.registers import good, row, vessel, written
from tests.unit.spec_logs import write as write_log
from tests.unit.verdicts import Verifier

KEY = ("--key", SIGNER.key.vkey)
MOVED = [
    *vessel("TS-4"),
    row("TS-1", "transferred", "2024-06-10", office="KV-3", to_office="KV-5", reason="reorganisation"),
]


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verifier:
    return Verifier(capsys)


@pytest.fixture
def auctions(database: str, tmp_path: Path) -> InProcess:
    """The command line on a register of thirteen entries."""
    command_line = InProcess(AUCTIONS_DATABASE_URL=database)
    command_line("import", written(tmp_path / "register.csv", good()))
    return command_line


@pytest.fixture
def log(auctions: InProcess, database: str, tmp_path: Path) -> SignedLog:
    """The signed log of a register that was sealed, grew, had two books closed, and was sealed again."""
    auctions("seal")
    auctions("import", written(tmp_path / "later.csv", MOVED))
    for office in ("KV-3", "KV-5"):
        auctions("close", "--office", office, "--quarter", "2024-Q1")
    auctions("seal")
    found = SignedLog(database, tmp_path / "evidence")
    found.sign()
    return found


def spaced(content: bytes) -> bytes:
    """An entry with another payload, which reads the same."""
    entry = read_entry(content)
    return entry._replace(payload=entry.payload + b" ").content


def chained(contents: list[bytes]) -> list[bytes]:
    """The entries, each leaning on the one before in its file as it is now."""
    leaves, anew = dict[UUID, bytes](), list[bytes]()
    for content in contents:
        entry = read_entry(content)
        anew.append(entry._replace(prev=leaves.get(entry.stream_id, bytes(32))).content)
        leaves[entry.stream_id] = leaf_hash(anew[-1])
    return anew


def entries(log: SignedLog) -> list[bytes]:
    (bundle,) = (log.folder.log / "tile/entries").rglob("000.p/*")
    return list(entries_of(bundle.read_bytes()))


def test_a_seal_commits_to_all_assets_and_the_unsold_stock_and_is_not_made_twice(auctions: InProcess) -> None:
    planned = auctions.json("seal", "--dry-run")
    assert auctions.json("seals")["items"] == []
    sealed = auctions.json("seal", "--actor", "TIMER-1")
    assert sealed | {"position": None, "recorded_at": None, "actor": None} == planned
    assert (sealed["known_at"], sealed["assets"], sealed["entries"], sealed["position"]) == (13, 3, 13, 14)
    assert (sealed["unsold"]["n"], sealed["actor"]) == (2, "TIMER-1")
    assert list(sealed["reports"]) == ["unsold.csv"]
    assert auctions.json("seal") == sealed
    assert "The register is sealed at position 14" in auctions("seal")
    assert auctions.json("seals")["items"] == [sealed]


def test_what_was_entered_after_a_seal_is_in_the_next_one_and_no_answer_changes_by_a_seal(
    auctions: InProcess, tmp_path: Path
) -> None:
    before = auctions.json("unsold")["items"]
    first = auctions.json("seal")
    assert auctions.json("unsold")["items"] == before
    auctions("projections", "check")
    auctions("import", written(tmp_path / "later.csv", MOVED))
    second = auctions.json("seal")
    assert (second["assets"], second["entries"], second["known_at"]) == (4, 15, 16)
    assert [each["sha256"] for each in auctions.json("seals")["items"]] == [second["sha256"], first["sha256"]]


def test_every_seal_and_close_is_what_the_entries_before_it_tell(verify: Verifier, log: SignedLog) -> None:
    code, told = verify("seals", log.folder.log, *KEY)
    assert (code, told["seals"], told["closes"], told["sealed_up_to"]) == (0, 2, 2, 18)


@pytest.mark.parametrize(
    ("changed", "first_bad"),
    [(0, 13), (12, 13), (14, 16), (15, 16)],
    ids=["before the first seal", "the last before it", "before a close", "the transfer before a close"],
)
def test_who_has_the_key_and_writes_the_log_anew_contradicts_the_seal_after_it(
    verify: Verifier, log: SignedLog, tmp_path: Path, changed: int, first_bad: int
) -> None:
    contents = entries(log)
    contents[changed] = spaced(contents[changed])
    write_log(tmp_path / "anew", chained(contents))
    code, told = verify("seals", tmp_path / "anew", *KEY)
    assert (code, told["code"], told["first_bad_index"]) == (1, "other-book", first_bad)


def test_an_entry_that_its_file_no_longer_leans_on_is_found(
    verify: Verifier, log: SignedLog, tmp_path: Path
) -> None:
    contents = entries(log)
    contents[0] = spaced(contents[0])
    write_log(tmp_path / "anew", contents)
    code, told = verify("seals", tmp_path / "anew", *KEY)
    assert (code, told["code"], told["first_bad_index"]) == (1, "broken-chain", 1)


def test_a_log_without_seals_has_none(
    verify: Verifier, auctions: InProcess, database: str, tmp_path: Path
) -> None:
    assert auctions.json("seals") == {"items": []}
    found = SignedLog(database, tmp_path / "evidence")
    found.sign()
    code, told = verify("seals", found.folder.log, *KEY)
    assert (code, told["seals"], told["closes"]) == (0, 0, 0)
