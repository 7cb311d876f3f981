"""An auditor keeps a checkpoint, comes back a year later, and verifies on a machine without a network."""

import json
import socket
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import httpx2
import pytest

from auctions.verifier.tiles import entries_of
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.journeys.databases import created
from tests.journeys.in_process import InProcess
from tests.journeys.offline import NO_SOCKET, offline
from tests.journeys.registers import good, land, row, written
from tests.unit.spec_logs import write as write_log
from tests.web.serving import serving

ROOT = Path(__file__).resolve().parents[2]
KEY = ("--key", SIGNER.key.vkey)
AS_OF, ASSET = "2024-06-30", "TS-1"
YEAR = [
    *land("TS-4"),
    row(ASSET, "cost_accrued", "2024-03-10", amount=3_000_000, what="custody"),
    row(ASSET, "round_failed", "2024-06-20", round_no=2, reason="no_registrant"),
]
Answer = tuple[int, dict[str, Any]]


class Carried(NamedTuple):
    """What the auditor carried to the machine without a network."""

    folder: Path
    asset_id: str
    known_at: str

    def file(self, name: str) -> Path:
        return self.folder / name

    def asked(self) -> dict[str, tuple[object, ...]]:
        """Every question about what was carried, by what it is about."""
        log = self.file("copy")
        return {
            "log": ("log", log, "--kept", self.file("kept")),
            "what was added": ("diff", self.file("kept"), log),
            "seals": ("seals", log),
            "asset": ("asset", log, self.asset_id, "--stated", self.file("proofs.json")),
            "report": (
                "report",
                log,
                self.file("unsold.csv"),
                *("--as-of", AS_OF, "--known-at", self.known_at),
            ),
            "dossier": ("event", self.file("entry.tlog-proof"), self.file("entry.bin")),
        }


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The verifier as auditors get it, beside what refuses a Python every socket."""
    folder = tmp_path_factory.mktemp("program")
    build = "import dev, pathlib, sys; dev.build_verifier(pathlib.Path(sys.argv[1]))"
    file = folder / "auctions-verify.pyz"
    subprocess.run([sys.executable, "-c", build, file], cwd=ROOT, capture_output=True, check=True)
    (folder / "sitecustomize.py").write_text(NO_SOCKET, "utf-8")
    return file


@pytest.fixture(scope="module")
def verify(program: Path) -> Callable[..., Answer]:
    def ask(*words: object) -> Answer:
        done = offline(program, program, *words, *KEY, "--json")
        assert done.stderr == ""
        return done.returncode, json.loads(done.stdout)

    return ask


@pytest.fixture(scope="module")
def brought(server: str, template: str, program: Path, tmp_path_factory: pytest.TempPathFactory) -> Carried:
    """What an auditor kept of a first visit, and took along from a second one."""
    folder = tmp_path_factory.mktemp("carried")
    with created(server, template) as url:
        log = SignedLog(url, tmp_path_factory.mktemp("agency") / "evidence")
        auctions = InProcess(AUCTIONS_DATABASE_URL=url, AUCTIONS_EVIDENCE_FOLDER=str(log.path))
        auctions("import", written(folder / "register.csv", good()))
        auctions("seal")
        log.sign()
        (folder / "kept").write_bytes((log.folder.log / "checkpoint").read_bytes())
        auctions("import", written(folder / "year.csv", YEAR))
        auctions("seal")
        log.sign()
        auctions("unsold", "--csv", "--as-of", AS_OF, "--out", folder / "unsold.csv")
        dossier = auctions.json("dossier", ASSET, "--out", folder)
        first = json.loads((folder / dossier["json"]).read_bytes())["entries"][0]
        (folder / "entry.bin").write_bytes(b64decode(first["content"]))
        (folder / "entry.tlog-proof").write_text(first["proof"], "utf-8", newline="")
        (folder / "token").write_text(auctions("keys", "add", "AUDITOR-1", "--role", "auditor").split()[0])
        found = auctions.json("show", ASSET)
        with serving(url, evidence_folder=log.path) as service:
            fetch: list[str | Path] = [
                "fetch",
                f"{service}/evidence",
                folder / "copy",
                "--token-file",
                folder / "token",
            ]
            subprocess.run([sys.executable, program, *fetch, *KEY], check=True, capture_output=True)
            asked = {"Authorization": f"Bearer {(folder / 'token').read_text()}"}
            proofs = httpx2.get(f"{service}/v1/assets/{found['asset_id']}/proofs", headers=asked)
        (folder / "proofs.json").write_bytes(proofs.content)
        return Carried(folder, found["asset_id"], str(log.published().head.size))


@pytest.fixture
def carried(brought: Carried, tmp_path: Path) -> Carried:
    """The same, to be changed."""
    return brought._replace(folder=copytree(brought.folder, tmp_path / "carried"))


def replaced(file: Path, old: bytes, new: bytes) -> None:
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new, 1))


def test_the_machine_of_the_auditor_reaches_nothing(program: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        reached = offline(program, "-c", f"import socket; socket.create_connection(('127.0.0.1', {port}))")
    assert "OSError: " in reached.stderr


def test_a_year_later_everything_that_was_given_holds(
    verify: Callable[..., Answer], brought: Carried
) -> None:
    told = {about: verify(*words) for about, words in brought.asked().items()}
    assert {about: code for about, (code, _) in told.items()} == dict.fromkeys(told, 0)
    assert told["log"][1]["entries_checked"] == told["log"][1]["entries"] == 23
    assert (told["seals"][1]["seals"], len(told["what was added"][1]["late"])) == (2, 1)
    assert (told["asset"][1]["stage"], told["asset"][1]["entries_of_asset"]) == ("awaiting_reduction", 8)


def test_a_byte_changed_in_the_copy_is_found_at_its_entry(
    verify: Callable[..., Answer], carried: Carried
) -> None:
    (bundle,) = carried.file("copy/tile/entries").rglob("000.p/*")
    replaced(bundle, b'"to_price":900000000', b'"to_price":800000000')
    for about in ("log", "seals", "asset", "report"):
        code, told = verify(*carried.asked()[about])
        assert (about, code, told["first_bad_index"]) == (about, 1, 4)


def test_an_entry_left_out_and_all_signed_anew_contradicts_the_checkpoint_that_was_kept(
    verify: Callable[..., Answer], carried: Carried
) -> None:
    (bundle,) = carried.file("copy/tile/entries").rglob("000.p/*")
    entries = list(entries_of(bundle.read_bytes()))
    write_log(carried.file("anew"), entries[:4] + entries[5:])
    assert verify("log", carried.file("anew"))[0] == 0, "the key is the right one"
    code, told = verify("log", carried.file("anew"), "--kept", carried.file("kept"))
    assert (code, told["verdict"]) == (1, "tampered")


@pytest.mark.parametrize(
    ("about", "name", "old", "new"),
    [
        ("asset", "proofs.json", b'"price":900000000', b'"price":990000000'),
        ("report", "unsold.csv", b",900000000,", b",990000000,"),
        ("dossier", "entry.bin", b"2024-01-05", b"2024-01-15"),
    ],
)
def test_a_paper_that_says_another_thing_than_was_signed_is_found(  # noqa: PLR0917 - what is changed
    verify: Callable[..., Answer], carried: Carried, about: str, name: str, old: bytes, new: bytes
) -> None:
    replaced(carried.file(name), old, new)
    answers = {each: verify(*words)[0] for each, words in carried.asked().items()}
    assert {each for each, code in answers.items() if code} == {about}
    assert answers[about] == 1


def test_a_list_that_leaves_an_asset_out_is_found_by_the_asset(
    verify: Callable[..., Answer], carried: Carried
) -> None:
    lines = carried.file("unsold.csv").read_text("utf-8").splitlines(keepends=True)
    carried.file("unsold.csv").write_text(
        "".join(line for line in lines if carried.asset_id not in line), "utf-8"
    )
    code, told = verify(*carried.asked()["report"])
    assert (code, carried.asset_id in told["message"]) == (1, True)
