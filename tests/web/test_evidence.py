"""The signed log over HTTP: verified by an auditor at its address, and one asset by its proofs."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.metrics import metrics
from api.models_of_evidence import Proofs
from auctions.evidence.folders import EvidenceFolder
from auctions.store import keys
from auctions.store.connect import connection
from auctions.verifier.checkpoints import Checkpoint
from auctions.verifier.commandline import main as verify
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.web.keys import held
from tests.web.register import LAND, OTHER, Id, recorded
from tests.web.serving import serving
from tests.web.test_problems import told

KEY = SIGNER.key.vkey
RECORDED = """SELECT auctions.append_one(gen_random_uuid(), '', gen_random_uuid(), 0, 'x', '{}', '{}')
    FROM generate_series(1, %s)"""


@pytest.fixture
def ids_here(database: str) -> Id:
    """The register is recorded in a database of the test's own."""
    return recorded(database)


@pytest.fixture
def log(database: str, ids_here: Id, tmp_path: Path) -> SignedLog:
    """The log of the register, signed."""
    assert ids_here
    found = SignedLog(database, tmp_path / "evidence")
    found.sign()
    return found


@pytest.fixture
def client(log: SignedLog) -> Iterator[TestClient]:
    with TestClient(create_app(log.url, evidence_folder=log.path)) as opened:
        yield opened


def test_whoever_asks_verifies_the_log_at_its_address_and_takes_a_copy(
    log: SignedLog, tmp_path: Path
) -> None:
    with serving(log.url, evidence_folder=log.path) as url:
        assert verify(["log", f"{url}/evidence", "--key", KEY]) == 0
        assert verify(["fetch", f"{url}/evidence", str(tmp_path / "copy"), "--key", KEY]) == 0
        assert (
            verify(["log", f"{url}/evidence", "--key", KEY, "--kept", str(tmp_path / "copy/checkpoint")]) == 0
        )
    assert not (tmp_path / "copy/tile/entries").exists()


def test_an_auditor_takes_a_copy_with_all_entries_by_a_key_in_a_file(
    log: SignedLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--key", KEY, "--token-file", str(tmp_path / "token")]
    tokens = [held(log.url, role)["Authorization"].split()[1] for role in ("client", "auditor", "auditor")]
    with psycopg.connect(log.url, autocommit=True, options=keys.OWNER) as own:
        keys.revoke(own, tokens[1].split("_")[1])
    told = ["403: the token is of somebody who", "401: the token is not known there or holds", "holds"]
    with serving(log.url, evidence_folder=log.path) as url:
        for token, code, message in zip(tokens, (2, 2, 0), told, strict=True):
            assert not (tmp_path / "copy/checkpoint").exists()
            (tmp_path / "token").write_text(token, "ascii")
            assert verify(["fetch", f"{url}/evidence", str(tmp_path / "copy"), *words]) == code
            assert message in capsys.readouterr().out
    assert (tmp_path / "copy/tile/entries").exists()


def test_each_file_of_the_log_is_given_as_it_lies_there(client: TestClient, log: SignedLog) -> None:
    auditor = held(log.url, "auditor", "")
    files = [file for file in log.folder.log.rglob("*") if file.is_file()]
    assert len(files) == 3
    for file in files:
        answer = client.get(f"/evidence/{file.relative_to(log.folder.log).as_posix()}", headers=auditor)
        assert (answer.status_code, answer.content) == (200, file.read_bytes())
        assert answer.headers["cache-control"] == "no-cache"


def test_a_full_tile_is_kept_for_ever_and_entries_by_the_auditor_alone(
    client: TestClient, log: SignedLog
) -> None:
    with psycopg.connect(log.url) as own:
        own.execute(RECORDED.encode(), [256])
    log.sign()
    assert (
        client.get("/evidence/tile/0/000").headers["cache-control"] == "public, max-age=31536000, immutable"
    )
    entries = client.get("/evidence/tile/entries/000", headers=held(log.url, "auditor", ""))
    assert entries.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert told(client.get("/evidence/tile/entries/000")).code == "sign-in-needed"
    coordinator = client.get("/evidence/tile/entries/000", headers=held(log.url, "coordinator"))
    assert told(coordinator).code == "not-allowed"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("tile/0/001", "evidence-not-found"),
        ("tile/7/x001/x234/067.p/255", "evidence-not-found"),
        ("tile/0/000/checkpoint", "path-not-found"),
        ("tile/0/..%2F..%2F..%2Fkey", "path-not-found"),
        ("tile/0/000.p/0/..", "path-not-found"),
        ("tile/8/000", "parameter-refused"),
        ("tile/0/000?x=1", "parameter-refused"),
        ("checkpoint?x=1", "parameter-refused"),
    ],
)
def test_what_is_no_file_of_the_log_is_not_given(client: TestClient, path: str, code: str) -> None:
    assert told(client.get(f"/evidence/{path}")).code == code


def test_the_proofs_of_an_asset_are_verified_by_an_auditor(
    client: TestClient, log: SignedLog, ids_here: Id, tmp_path: Path
) -> None:
    path = f"/v1/assets/{ids_here[LAND]}/proofs"
    answer = client.get(path, headers=held(log.url, "auditor", ""))
    assert answer.headers["cache-control"] == "no-store"
    proofs = Proofs.model_validate_json(answer.content, strict=True)
    assert (proofs.key, proofs.size) == (KEY, log.published().head.size)
    assert [item["entry_no"] for item in answer.json()["items"]] == list(range(1, len(proofs.items) + 1))
    for item in answer.json()["items"]:
        (tmp_path / "entry").write_bytes(b64decode(item["entry"]))
        (tmp_path / "proof").write_text(item["proof"], "utf-8", newline="")
        assert verify(["event", str(tmp_path / "proof"), str(tmp_path / "entry"), "--key", KEY]) == 0
    (tmp_path / "proofs.json").write_bytes(answer.content)
    asked = [str(ids_here[LAND]), "--key", KEY]
    assert proofs.stated.version == len(proofs.items)
    assert verify(["asset", str(tmp_path / "proofs.json"), *asked]) == 0
    words = ["asset", str(log.folder.log), *asked, "--stated", str(tmp_path / "proofs.json")]
    assert verify(words) == 0
    (tmp_path / "proofs.json").write_bytes(answer.content.replace(b'"reductions":', b'"reductions":1'))
    assert verify(words) == 1
    assert client.get(path, headers=held(log.url, "coordinator")).content == answer.content
    assert told(client.get(path, headers=held(log.url, "coordinator", OTHER))).code == "not-allowed"
    assert told(client.get(path)).code == "sign-in-needed"


def test_proofs_lead_to_the_checkpoint_that_is_told_though_another_is_signed_meanwhile(
    client: TestClient, log: SignedLog, ids_here: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = EvidenceFolder.checkpoint

    def and_then_another(folder: EvidenceFolder) -> tuple[Checkpoint, bytes]:
        found = published(folder)
        monkeypatch.setattr(EvidenceFolder, "checkpoint", published)
        with psycopg.connect(log.url, autocommit=True) as own:
            own.execute(RECORDED.encode(), [1])
        log.sign()
        return found

    monkeypatch.setattr(EvidenceFolder, "checkpoint", and_then_another)
    answer = client.get(f"/v1/assets/{ids_here[LAND]}/proofs", headers=held(log.url, "auditor", ""))
    proofs = Proofs.model_validate_json(answer.content)
    assert log.published().head.size == proofs.size + 1
    assert all(item.proof.endswith(proofs.checkpoint) for item in proofs.items)


@pytest.fixture
def taken(client: TestClient, log: SignedLog, ids_here: Id, tmp_path: Path) -> Path:
    """The folder into which an auditor unpacked the proofs of an asset."""
    answer = client.get(f"/v1/assets/{ids_here[LAND]}/proofs.zip", headers=held(log.url, "auditor", ""))
    assert answer.headers["content-type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path / "taken")
    return tmp_path / "taken"


def commands(folder: Path) -> list[list[str]]:
    """What README.txt says to run, but that which needs a copy of the log."""
    lines = (folder / "README.txt").read_text("utf-8").splitlines()
    words = [line.replace("$KEY", KEY).split() for line in lines if line.startswith("python3 ")]
    return [[each.strip('"') for each in asked[2:]] for asked in words if "COPY" not in asked]


def test_the_archive_of_an_asset_is_verified_by_the_commands_in_it(
    taken: Path, ids_here: Id, log: SignedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(taken)
    whole, one = commands(taken)
    assert (whole[:3], one[0]) == (["asset", "proofs.json", str(ids_here[LAND])], "event")
    assert verify(whole) == verify(one) == 0
    assert verify([*one, "--kept", "checkpoint"]) == 0
    assert verify(["asset", str(log.folder.log), *whole[2:], "--stated", "proofs.json"]) == 0
    assert f"KEY='{KEY}'" in (taken / "README.txt").read_text("utf-8").splitlines()
    numbers = range(1, len(Proofs.model_validate_json((taken / "proofs.json").read_bytes()).items) + 1)
    names = {f"entries/{number}.{kind}" for number in numbers for kind in ("entry", "tlog-proof")}
    files = {file.relative_to(taken).as_posix() for file in taken.rglob("*") if file.is_file()}
    assert files == {"README.txt", "checkpoint", "proofs.json", *names}
    for number in numbers:
        assert verify([one[0], f"entries/{number}.tlog-proof", f"entries/{number}.entry", *one[3:]]) == 0


@pytest.mark.parametrize(("file", "place"), [("entries/1.entry", -1), ("entries/1.entry", 30)])
def test_a_changed_byte_in_an_entry_of_the_archive_is_found(
    taken: Path, monkeypatch: pytest.MonkeyPatch, file: str, place: int
) -> None:
    monkeypatch.chdir(taken)
    whole, one = commands(taken)
    content = bytearray((taken / file).read_bytes())
    content[place] ^= 1
    (taken / file).write_bytes(content)
    assert verify(one) == 1
    proofs = json.loads((taken / "proofs.json").read_bytes())
    proofs["items"][0]["entry"] = b64encode(content).decode()
    (taken / "proofs.json").write_text(json.dumps(proofs), "utf-8")
    assert verify(whole) == 1


def test_the_archive_is_the_same_when_it_is_taken_again_and_for_those_alone_who_are_given_entries(
    client: TestClient, log: SignedLog, ids_here: Id
) -> None:
    path = f"/v1/assets/{ids_here[LAND]}/proofs.zip"
    first = client.get(path, headers=held(log.url, "auditor", ""))
    assert first.headers["cache-control"] == "no-store"
    assert first.headers["content-disposition"].endswith(f'{ids_here[LAND]}-proofs.zip"')
    assert client.get(path, headers=held(log.url, "coordinator")).content == first.content
    assert told(client.get(path, headers=held(log.url, "coordinator", OTHER))).code == "not-allowed"
    assert told(client.get(path)).code == "sign-in-needed"


@pytest.mark.parametrize("unsold", ["&unsold=true", ""])
@pytest.mark.parametrize("as_of", ["2025-01-11", "2025-01-20", "2026-01-01"])
def test_lists_are_what_the_log_tells_up_to_what_they_knew(
    client: TestClient, log: SignedLog, tmp_path: Path, as_of: str, unsold: str
) -> None:
    size = log.published().head.size
    for known_at in (size // 2, size):
        asked = f"?as_of={as_of}&known_at={known_at}{unsold}"
        words = ["report", str(log.folder.log), "--key", KEY, *([] if unsold else ["--all"])]
        assert verify([*words, *map(str, pages(client, asked, tmp_path))]) == 0
        for form in ("csv", "jsonl"):
            (tmp_path / f"list.{form}").write_bytes(client.get(f"/v1/assets.{form}{asked}").content)
            times = ["--as-of", as_of, "--known-at", str(known_at)]
            assert verify([*words, str(tmp_path / f"list.{form}"), *times]) == 0


def pages(client: TestClient, asked: str, folder: Path) -> list[Path]:
    """Keep a list page by page."""
    files, following = list[Path](), ""
    while following is not None:
        page = client.get(f"/v1/assets{asked}&limit=2{following}")
        files.append(folder / f"page-{len(files)}.json")
        files[-1].write_bytes(page.content)
        cursor = page.json()["next"]
        following = cursor and f"&cursor={cursor}"
    return files


def test_what_is_recorded_and_not_signed_so_far_passes(database: str, ids_here: Id, tmp_path: Path) -> None:
    auditor = held(database, "auditor", "")
    path = f"/v1/assets/{ids_here[LAND]}/proofs"
    with TestClient(create_app(database, evidence_folder=tmp_path), headers=auditor) as client:
        assert told(client.get(path)).code == "not-yet-signed"
        assert told(client.get("/evidence/checkpoint")).code == "evidence-not-found"
        assert told(client.get(f"/v1/assets/{ids_here[LAND]}x/proofs")).code == "parameter-refused"
    with TestClient(create_app(database), headers=auditor) as client:
        assert told(client.get(path)).code == "evidence-not-kept"


def test_how_far_the_signer_is_behind_is_told_to_who_watches(log: SignedLog, tmp_path: Path) -> None:
    def lag(path: Path) -> float | None:
        registry = metrics(lambda: connection(log.url), EvidenceFolder(path))
        return registry.get_sample_value("auctions_signer_lag")

    assert lag(log.path) == 0
    with psycopg.connect(log.url) as own:
        own.execute(RECORDED.encode(), [3])
    assert lag(log.path) == 3
    assert lag(tmp_path / "nothing") == log.published().head.size + 3
