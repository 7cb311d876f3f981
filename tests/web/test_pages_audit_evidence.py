"""The evidence on pages: the checkpoint, an asset's proofs to take away, and for whom they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from auctions.application.recording import Actor, record
from auctions.domain.asset.events import asset_id
from auctions.store.postgres import PostgresStore
from auctions.verifier.commandline import main as verify
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.unit.given import entry
from tests.web.keys import in_session
from tests.web.reading_pages import opened
from tests.web.register import LAND, OFFICE, OTHER, Id, recorded

KEY = SIGNER.key.vkey


@pytest.fixture
def filed(database: str) -> Id:
    """The register is recorded in a database of the test's own."""
    return recorded(database)


@pytest.fixture
def log(database: str, filed: Id, tmp_path: Path) -> SignedLog:
    """The log of the register, signed."""
    assert filed
    found = SignedLog(database, tmp_path / "evidence")
    found.sign()
    return found


@pytest.fixture
def signing(log: SignedLog) -> Iterator[TestClient]:
    """A client of a service that signs its log."""
    with TestClient(create_app(log.url, evidence_folder=log.path)) as client:
        yield client


def test_the_checkpoint_is_shown_as_it_is_signed_with_the_key_to_compare(
    signing: TestClient, log: SignedLog
) -> None:
    page = opened(signing, "/evidence")
    checkpoint = log.published()
    assert f"{checkpoint.origin} {checkpoint.head.size}" in page.words
    assert "+".join(KEY.split("+")[:2]) in page.words
    assert page.links["Keep this checkpoint"] == "/evidence/checkpoint"
    assert "Sổ ghi được ký" in opened(signing, "/evidence", language="vi").words


def test_where_no_log_is_signed_the_pages_say_so_and_how_it_is_begun(
    web: TestClient, ids: Id, register: str
) -> None:
    log = opened(web, "/evidence")
    assert log.status == 200
    assert "auctions evidence sign" in log.words
    asset = opened(web, f"/assets/{ids[LAND]}/evidence", in_session(register, "auditor", ""))
    assert "The log is not signed here" in asset.words
    assert "auctions evidence sign" in asset.words


def test_the_closes_of_an_office_are_asked_for_by_its_code(web: TestClient) -> None:
    page = opened(web, f"/evidence?office={OFFICE}")
    assert f"{OFFICE} has closed no quarter so far." in page.words
    assert page.form("/evidence").fields == {"office": OFFICE}


@pytest.mark.parametrize(("role", "office"), [("auditor", ""), ("coordinator", OFFICE)])
def test_an_auditor_and_the_office_take_proofs_and_dossier_away(
    signing: TestClient, log: SignedLog, tmp_path: Path, role: str, office: str
) -> None:
    who, file = in_session(log.url, role, office), asset_id(OFFICE, LAND)
    page = opened(signing, f"/assets/{file}/evidence", who)
    assert KEY in page.words
    assert 'data-entry="9"' in page.html
    for words in ("Dossier for print", "Dossier for programs", "Proofs as one archive"):
        assert signing.get(page.links[words], headers=who).status_code == 200
    proofs = signing.get(page.links["Proofs as one document"], headers=who)
    (tmp_path / "proofs.json").write_bytes(proofs.content)
    assert verify(["asset", str(tmp_path / "proofs.json"), str(file), "--key", KEY]) == 0


def test_entries_that_are_not_signed_yet_are_told_to_be_asked_for_again(
    signing: TestClient, log: SignedLog, store: PostgresStore
) -> None:
    file = asset_id(OFFICE, LAND)
    record(store, stream_id=file, entries=[entry("cost_accrued", 40)], by=Actor("clerk", OFFICE))
    page = opened(signing, f"/assets/{file}/evidence", in_session(log.url, "auditor", ""))
    assert "Not signed so far yet" in page.words
    assert "what is recorded is signed within seconds" in page.words
    log.sign()
    signed = opened(signing, f"/assets/{file}/evidence", in_session(log.url, "auditor", ""))
    assert 'data-entry="10"' in signed.html


def test_others_are_told_what_evidence_is_and_for_whom(
    signing: TestClient, log: SignedLog, filed: Id
) -> None:
    there = f"/assets/{filed[LAND]}/evidence"
    public = opened(signing, there)
    assert public.status == 200
    assert "to auditors and to the office that has the file" in public.words
    assert public.links["Sign in as auditor or for the office"].startswith("/sign-in?return_to=")
    for role, office in (("coordinator", OTHER), ("client", ""), ("administrator", "")):
        other = opened(signing, there, in_session(log.url, role, office))
        assert "to auditors and to the office that has the file" in other.words
        assert "Verify in this browser" not in other.words
    assert "cung cấp" in opened(signing, there, language="vi").words


def test_evidence_of_a_file_that_is_not_there_is_a_page_that_says_so(signing: TestClient) -> None:
    assert opened(signing, "/assets/00000000-0000-0000-0000-000000000000/evidence").status == 404
