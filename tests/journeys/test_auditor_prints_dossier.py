"""An auditor prints the dossier of an asset and verifies what it holds without the agency."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.contract.signed_logs import SIGNER, SignedLog
from tests.journeys.databases import created
from tests.journeys.dossiers import holds
from tests.journeys.in_process import InProcess
from tests.journeys.registers import good, land, written
from tests.journeys.test_auditor_replays_file import LATER
from tests.unit.printed import words

KEY = SIGNER.key.vkey


@pytest.fixture(scope="module")
def auditor(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """The command line on a register with corrections; nobody changes it."""
    folder = tmp_path_factory.mktemp("register")
    with created(server, template) as url:
        auctions = InProcess(AUCTIONS_DATABASE_URL=url)
        for name, rows in (("first", good()), ("later", LATER)):
            auctions("import", written(folder / f"{name}.csv", rows))
        yield auctions


@pytest.fixture
def signed(database: str, tmp_path: Path) -> tuple[InProcess, SignedLog]:
    """The command line on a register of the test's own, and its log, signed."""
    auctions = InProcess(AUCTIONS_DATABASE_URL=database, AUCTIONS_EVIDENCE_FOLDER=str(tmp_path / "evidence"))
    auctions("import", written(tmp_path / "register.csv", good()))
    log = SignedLog(database, tmp_path / "evidence")
    log.sign()
    return auctions, log


def made(auctions: InProcess, folder: Path, *asked: object) -> tuple[dict[str, Any], str]:
    """What the JSON of a dossier holds, and what its print says."""
    row = auctions.json("dossier", *asked, "--out", folder)
    content, pdf = (folder / row[kind] for kind in ("json", "pdf"))
    assert [row[f"{file.suffix[1:]}_sha256"] for file in (content, pdf)] == [
        sha256(file.read_bytes()).hexdigest() for file in (content, pdf)
    ]
    said = words(PdfReader(pdf))
    assert row["json_sha256"] in said
    return json.loads(content.read_bytes()), said


def test_the_dossier_holds_what_the_other_commands_tell(auditor: InProcess, tmp_path: Path) -> None:
    told, said = made(auditor, tmp_path, "TS-1", "--lang", "vi")
    assert list(told) == [
        *("form", "asset_id", "asset_ref", "as_of", "known_at", "last_recorded_at", "asset", "ladder"),
        *("entries", "findings", "evidence"),
    ]
    assert told["asset"] == auditor.json("show", "TS-1")
    assert told["ladder"] == auditor.json("ladder", "TS-1")
    beside = {"prev", "leaf", "content", "proof"}
    entries = [{name: entry[name] for name in entry.keys() - beside} for entry in told["entries"]]
    assert entries == auditor.json("replay", "TS-1")["entries"]
    (finding,) = told["findings"]
    assert (finding["entry_no"], finding["rule"]) == (10, "FAIL-03")
    assert "BỊ GẠCH BỎ bởi mục 9 ngày 01/06/2024, do importer ghi, head phê duyệt" in said
    assert "1.000.000.000 đồng" in said


def test_each_entry_leans_on_the_one_before(auditor: InProcess, tmp_path: Path) -> None:
    entries = made(auditor, tmp_path, "TS-1")[0]["entries"]
    assert [entry["prev"] for entry in entries] == ["0" * 64, *(entry["leaf"] for entry in entries[:-1])]


def test_asked_again_of_the_same_day_and_position_the_files_are_the_same(
    auditor: InProcess, tmp_path: Path
) -> None:
    asked = ("dossier", "TS-1", "--as-of", "2024-05-31", "--known-at", 13, "--lang", "en")
    first, second = (auditor.json(*asked, "--out", tmp_path / name) for name in ("first", "second"))
    assert first == second
    told, said = made(auditor, tmp_path, *asked[1:])
    assert [entry["entry_no"] for entry in told["entries"]] == [1, 2, 3, 4, 5, 6]
    assert "As of the end of 2024-05-31, as known at position 13 of the log." in said


def test_an_asset_with_nothing_but_its_seizure_and_one_not_seized_yet(
    auditor: InProcess, tmp_path: Path
) -> None:
    told, said = made(auditor, tmp_path, "TS-3", "--lang", "vi")
    assert (len(told["entries"]), told["ladder"]["steps"], told["findings"]) == (1, [], [])
    assert "Tài sản chưa được định giá." in said
    asked = ("dossier", "TS-3", "--as-of", "2024-05-31", "--out", tmp_path / "none")
    assert "not-seized: no seizure stands as of 2024-05-31" in auditor.complaint(*asked, code=1)
    assert not (tmp_path / "none").exists()


def test_without_a_signed_log_it_says_that_no_checkpoint_was_at_hand(
    auditor: InProcess, tmp_path: Path
) -> None:
    nothing = InProcess(**auditor.environment, AUCTIONS_EVIDENCE_FOLDER=str(tmp_path / "nothing"))
    for auctions in (auditor, nothing):
        told, said = made(auctions, tmp_path, "TS-1", "--lang", "en")
        assert (told["evidence"], {entry["proof"] for entry in told["entries"]}) == (None, {None})
        assert "No checkpoint of a signed log was at hand" in said


def test_what_was_signed_is_verified_from_the_dossier_alone(
    signed: tuple[InProcess, SignedLog], tmp_path: Path
) -> None:
    auctions, log = signed
    told, said = made(auctions, tmp_path, "TS-1", "--lang", "en")
    evidence = told["evidence"]
    assert (evidence["key"], evidence["size"], evidence["signed"]) == (KEY, 13, 6)
    assert evidence["checkpoint"].encode() == (log.folder.log / "checkpoint").read_bytes()
    assert "6 of 6 entries stand in the signed log" in said
    for line in filter(None, evidence["checkpoint"].splitlines()):
        assert line.replace(" ", "") in said.replace(" ", "")
    assert holds(told, tmp_path)


def test_an_entry_that_is_not_signed_so_far_has_no_proof(
    signed: tuple[InProcess, SignedLog], tmp_path: Path
) -> None:
    auctions, _ = signed
    auctions("import", written(tmp_path / "later.csv", LATER))
    told, said = made(auctions, tmp_path, "TS-1", "--lang", "en")
    assert [entry["proof"] is None for entry in told["entries"]] == [False] * 6 + [True] * 5
    assert "6 of 11 entries stand in the signed log" in said


def test_it_leads_to_the_checkpoint_of_a_day_gone_by_and_stays_the_same_as_the_log_grows(
    signed: tuple[InProcess, SignedLog], tmp_path: Path
) -> None:
    auctions, log = signed
    (today,) = log.folder.days.iterdir()
    (log.folder.days / "2000-01-01").write_bytes(today.read_bytes())
    asked = ("TS-1", "--as-of", "2024-12-31", "--known-at", 13)
    before = made(auctions, tmp_path, *asked)
    auctions("import", written(tmp_path / "more.csv", land("TS-4")))
    assert log.sign().head.size == 19
    assert made(auctions, tmp_path, *asked) == before
    assert before[0]["evidence"]["size"] == 13
    assert holds(before[0], tmp_path)


def test_of_a_file_that_is_not_as_it_was_signed_no_dossier_is_made(
    signed: tuple[InProcess, SignedLog], tmp_path: Path
) -> None:
    auctions, log = signed
    log.tamper("UPDATE auctions.events SET recorded_at = recorded_at - interval '1 day' WHERE position = 2")
    said = auctions.complaint("dossier", "TS-1", "--out", tmp_path / "none", code=1)
    assert "tampered: changed-entry: entry 2 of the file was signed with another content" in said
    assert not (tmp_path / "none").exists()
