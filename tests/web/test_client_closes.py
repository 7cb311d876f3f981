"""Closes and dossiers by the client."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from pypdf import PdfReader

from api.client import ProblemError
from api.client.filters import Times
from api.languages import Language
from api.models_of_dossiers import Dossier
from projections.runner import Runner
from tests.unit.printed import words
from tests.web.losing import LOST, TOLD
from tests.web.register import LAND, OFFICE, Id, recorded
from tests.web.serving import Given, served

PAST: Times = {"as_of": date(2025, 1, 25), "known_at": 25}
TITLES: dict[Language, str] = {"vi": "Hồ sơ tài sản", "en": "Dossier of asset"}


@pytest.fixture
def ids(database: str) -> Id:
    """The register is recorded in a database of the test's own."""
    return recorded(database)


@pytest.fixture
def given(database: str, ids: Id) -> Iterator[Given]:
    assert ids
    with served(database) as service:
        yield service


def test_a_supervisor_closes_a_book_once_however_often_the_answer_is_lost(
    given: Given, database: str
) -> None:
    client, _ = given.losing(LOST, LOST, TOLD, role="supervisor")
    command_id = uuid4()
    close = client.close_book(OFFICE, "2025-Q1", basis="BB 4", command_id=command_id)
    assert (close.quarter, close.basis, close.known_at) == ("2025-Q1", "BB 4", 25)
    Runner(database).catch_up()
    plain = given.client(role="supervisor")
    assert plain.closes(OFFICE) == [close]
    assert plain.closes("KV-99") == []
    after = plain.after_close(OFFICE, "2025-Q1", known_at=26)
    assert (after.sha256, after.entries) == (close.sha256, [])
    with pytest.raises(ProblemError) as refused:
        plain.after_close(OFFICE, "2025-Q2")
    assert refused.value.code == "close-not-found"


def test_a_dossier_is_written_for_print_and_for_programs_in_the_reader_s_language(
    given: Given, ids: Id, tmp_path: Path
) -> None:
    client = given.client(role="auditor")
    client.write_dossier(ids[LAND], tmp_path / "dossier.json", **PAST)
    told = Dossier.model_validate_json((tmp_path / "dossier.json").read_bytes())
    assert (told.asset_id, told.known_at, told.as_of) == (ids[LAND], 25, PAST["as_of"])
    for language, title in TITLES.items():
        client.write_dossier(ids[LAND], tmp_path / "dossier.pdf", language=language, **PAST)
        assert f"{title} {LAND}" in words(PdfReader(tmp_path / "dossier.pdf"))
    with pytest.raises(ValueError, match=r"ends with \.json or \.pdf"):
        client.write_dossier(ids[LAND], tmp_path / "dossier.doc")
