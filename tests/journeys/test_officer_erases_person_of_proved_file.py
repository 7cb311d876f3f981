"""A debtor is erased whose file was signed and proved: no word of the person is left, and the proofs hold."""

import io
import json
import signal
import unicodedata
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx2
import pytest
from pypdf import PdfReader

from auctions.domain.asset.events import asset_id
from auctions.verifier.commandline import main as verify
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.journeys.dossiers import holds
from tests.journeys.in_process import InProcess
from tests.journeys.registers import row, written
from tests.journeys.test_officer_erases_person import CONTACT, NAME, NUMBER, PERSON, dumped
from tests.journeys.test_program_asks_service import ended, serving

FILE = asset_id("KV-3", "TS-1")
SEIZED = row("TS-1", "seized", "2025-01-06", office="KV-3", kind="land", debtor_ref="DEBTOR-17")
APPRAISED = row("TS-1", "appraised", "2025-02-03", value=900_000_000, method="appraiser")
LATER = row("TS-1", "cost_accrued", "2025-03-03", office="KV-3", amount=1_000, what="custody")
READ = [
    *("/v1/assets.csv", "/v1/assets.xlsx", "/v1/assets.jsonl", "/v1/assets.geojson", "/v1/assets"),
    *(f"/v1/assets/{FILE}{part}" for part in ("", "/history", "/replay", "/ladder", "/proofs")),
    *("/v1/changes", "/v1/findings", "/v1/next-actions", "/v1/next-actions.ics", "/v1/decline"),
    *(f"/v1/assets/{FILE}/dossier.{form}" for form in ("pdf", "json")),
    "/v1/person-reads/DEBTOR-17?office=KV-3",
]
"""What an auditor may read of the register, each of which might tell of the person."""


def spellings(word: str) -> set[str]:
    """The ways in which a word may stand in a file, in small letters."""
    apart, raw = unicodedata.normalize("NFD", word), word.encode()
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    ways = {word, apart, bare, bare.replace(" ", ""), quote(word), raw.hex()}
    return {way.lower() for way in ways | {json.dumps(word)[1:-1], b64encode(raw).decode()}}


TRACES = {way for word in (NAME, NUMBER, CONTACT) for way in spellings(word)}


def traces(content: str) -> set[str]:
    """What tells of the person."""
    return {trace for trace in TRACES if trace in content.lower()}


def text_of(path: str, content: bytes) -> str:
    """All that a file says: the words of a print, the parts of a workbook."""
    match path.rpartition(".")[2]:
        case "pdf":
            return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        case "xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                return "\n".join(book.read(name).decode() for name in book.namelist())
    return content.decode()


class Office(NamedTuple):
    """An office whose register is served and signed: its command line, its log, who asks."""

    auctions: InProcess
    log: SignedLog
    auditor: dict[str, str]
    supervisor: dict[str, str]


@pytest.fixture
def office(database: str, tmp_path: Path) -> Office:
    """An office that has the file of a debtor, and keeps nobody yet."""
    key, evidence = tmp_path / "persons.key", tmp_path / "evidence"
    auctions = InProcess(
        AUCTIONS_DATABASE_URL=database,
        AUCTIONS_PERSONS_KEY_FILE=str(key),
        AUCTIONS_EVIDENCE_FOLDER=str(evidence),
        AUCTIONS_LOG="json",
    )
    auctions("persons", "new-key", key)
    auctions("import", written(tmp_path / "register.csv", [SEIZED, APPRAISED]))
    log = SignedLog(database, evidence)
    log.sign()
    roles = ("AUDITOR-1", "--role", "auditor"), ("HEAD-1", "--role", "supervisor", "--office", "KV-3")
    tokens = [auctions("keys", "add", *words).split()[0] for words in roles]
    return Office(auctions, log, *({"Authorization": f"Bearer {token}"} for token in tokens))


class Served(NamedTuple):
    """The service of an office, and where it is."""

    office: Office
    address: str

    def asked(self, method: str, path: str, by: dict[str, str], body: Any = None) -> httpx2.Response:  # noqa: ANN401 - any JSON
        return httpx2.request(method, f"{self.address}{path}", headers=by, json=body)

    def read(self) -> Iterator[tuple[str, str]]:
        """Yield all that an auditor can read, by its path, as text."""
        for path in READ:
            answer = self.asked("GET", path, self.office.auditor).raise_for_status()
            yield path, text_of(path, answer.content)


def verified(*words: object) -> bool:
    return verify([*map(str, words), "--key", SIGNER.key.vkey]) == 0


@pytest.mark.parametrize("way", sorted(TRACES))
def test_a_trace_of_the_person_is_seen_in_every_spelling(way: str) -> None:
    assert way in traces(f"told of {way.upper()}, who owes")


def test_no_word_of_an_erased_person_is_left_and_what_was_proved_before_still_holds(
    office: Office, database: str, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes((office.log.folder.log / "checkpoint").read_bytes())
    person = "/v1/persons/DEBTOR-17"
    with serving(office.auctions) as (service, url):
        served = Served(office, url.removesuffix("/"))
        assert served.asked("PUT", person, office.supervisor, {**PERSON, "born": NAME}).status_code == 422
        assert served.asked("PUT", person, office.supervisor, PERSON).status_code == 204
        shown = served.asked("GET", f"{person}?office=KV-3", office.auditor).text
        assert {NAME.lower(), NUMBER} <= traces(shown)
        before = dict(served.read())
        assert served.asked("DELETE", f"{person}?reason=request+12", office.supervisor).status_code == 204
        office.auctions("import", written(tmp_path / "later.csv", [LATER]))
        office.log.sign()
        after = dict(served.read())
        assert served.asked("GET", f"{person}?office=KV-3", office.auditor).status_code == 410
        log = ended(service, signal.SIGTERM)[1]
    assert '"path": "/v1/persons/DEBTOR-17"' in log
    others = {"the log": log, "a dump": dumped(database), "the journal": office.auctions("export", "journal")}
    left = {**others, **before, **after}
    assert {place: found for place, text in left.items() if (found := traces(text))} == {}
    assert "DEBTOR-17" in after[f"/v1/assets/{FILE}/dossier.pdf"]
    assert holds(json.loads(before[f"/v1/assets/{FILE}/dossier.json"]), tmp_path)
    assert holds(json.loads(after[f"/v1/assets/{FILE}/dossier.json"]), tmp_path)
    assert verified("log", office.log.folder.log, "--kept", kept)
    assert verified("asset", office.log.folder.log, FILE)
