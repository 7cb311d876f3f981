"""The dossier of an asset over HTTP: to whom, in which language, the same files as on the command line."""

import io
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from api.app import create_app
from api.models_of_dossiers import Dossier
from tests.contract.signed_logs import SignedLog
from tests.journeys.in_process import InProcess
from tests.unit.printed import words
from tests.web.keys import Headers, held
from tests.web.register import BARE, FIELD, HOUSE, LAND, OTHER, VESSEL, Id
from tests.web.test_problems import told

THEN = "as_of=2025-01-25&known_at=25"


@pytest.fixture(scope="module")
def auditor(register: str) -> Headers:
    return held(register, "auditor", "")


@pytest.fixture
def signed(changing: TestClient, database: str, tmp_path: Path) -> Iterator[TestClient]:
    """An auditor's client of the application on a register of the test's own, whose log is signed."""
    assert changing
    SignedLog(database, tmp_path / "evidence").sign()
    app = create_app(database, evidence_folder=tmp_path / "evidence")
    with TestClient(app, headers=held(database, "auditor", "")) as client:
        yield client


@pytest.mark.parametrize("ref", [LAND, HOUSE, VESSEL, BARE, FIELD])
def test_a_dossier_is_answered_as_described(web: TestClient, ids: Id, auditor: Headers, ref: str) -> None:
    for asked in ("", "as_of=2025-01-10", "known_at=25", THEN):
        answer = web.get(f"/v1/assets/{ids[ref]}/dossier.json?{asked}", headers=auditor)
        found = Dossier.model_validate_json(answer.content, strict=True)
        assert found.model_dump(mode="json") == answer.json()
        assert (answer.headers["cache-control"], answer.headers["content-type"]) == (
            "no-store",
            "application/json",
        )


def test_the_print_names_the_json_of_the_same_times_in_the_language_of_the_reader(
    web: TestClient, ids: Id, auditor: Headers
) -> None:
    path = f"/v1/assets/{ids[LAND]}/dossier"
    digest = sha256(web.get(f"{path}.json?{THEN}", headers=auditor).content).hexdigest()
    for language, title in {"vi": f"Hồ sơ tài sản {LAND}", "en": f"Dossier of asset {LAND}"}.items():
        answer = web.get(f"{path}.pdf?{THEN}", headers=auditor | {"Accept-Language": language})
        assert (answer.headers["content-type"], answer.headers["content-language"]) == (
            "application/pdf",
            language,
        )
        assert answer.headers["vary"] == "Accept-Language, Authorization, Cookie"
        said = words(PdfReader(io.BytesIO(answer.content)))
        assert title in said
        assert digest in said


def test_the_files_are_those_of_the_command_line(signed: TestClient, database: str, tmp_path: Path) -> None:
    auctions = InProcess(AUCTIONS_DATABASE_URL=database, AUCTIONS_EVIDENCE_FOLDER=str(tmp_path / "evidence"))
    asked = ("--as-of", "2025-01-25", "--known-at", 25, "--lang", "en")
    row = auctions.json("dossier", LAND, *asked, "--out", tmp_path / "made")
    for kind in ("json", "pdf"):
        answer = signed.get(f"/v1/assets/{row['asset_id']}/dossier.{kind}?{THEN}")
        assert answer.content == (tmp_path / "made" / row[kind]).read_bytes()


def test_what_was_signed_stands_in_the_dossier(signed: TestClient, ids: Id) -> None:
    answer = signed.get(f"/v1/assets/{ids[LAND]}/dossier.json")
    found = Dossier.model_validate_json(answer.content, strict=True)
    assert found.evidence is not None
    assert found.evidence.signed == len(found.entries) == 9
    proofs = signed.get(f"/v1/assets/{ids[LAND]}/proofs").json()
    assert [(each["content"], each["proof"]) for each in answer.json()["entries"]] == [
        (each["entry"], each["proof"]) for each in proofs["items"]
    ]


def test_neither_the_public_nor_another_office_is_given_it(web: TestClient, ids: Id, register: str) -> None:
    for kind in ("json", "pdf"):
        path = f"/v1/assets/{ids[LAND]}/dossier.{kind}"
        assert told(web.get(path)).code == "sign-in-needed"
        assert told(web.get(path, headers=held(register, "coordinator", OTHER))).code == "not-allowed"
        assert web.get(path, headers=held(register, "supervisor")).status_code == 200


def test_an_asset_that_is_not_there_or_not_seized_so_far_has_none(
    web: TestClient, ids: Id, auditor: Headers
) -> None:
    for kind in ("json", "pdf"):
        early = f"/v1/assets/{ids[LAND]}/dossier.{kind}?as_of=2025-01-01"
        assert told(web.get(early, headers=auditor)).code == "asset-not-seized"
        unknown = f"/v1/assets/{ids[LAND]}/dossier.{kind}?known_at=0"
        assert told(web.get(unknown, headers=auditor)).code == "asset-not-found"
        assert told(web.get(f"{early}&lang=vi", headers=auditor)).code == "parameter-refused"


def test_of_many_asked_at_once_a_few_are_made_and_the_others_are_told_to_come_again(
    web: TestClient, ids: Id, auditor: Headers
) -> None:
    path = f"/v1/assets/{ids[LAND]}/dossier.pdf?{THEN}"
    with ThreadPoolExecutor(24) as asking:
        answers = list(asking.map(lambda _: web.get(path, headers=auditor), range(24)))
    assert set(Counter(answer.status_code for answer in answers)) == {200, 503}
    assert {told(answer).code for answer in answers if answer.status_code == 503} == {"too-busy"}
    assert len({answer.content for answer in answers if answer.status_code == 200}) == 1
    assert web.get(path, headers=auditor).status_code == 200
