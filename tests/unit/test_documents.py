"""A document is put on file by its digest: at any time after the seizure, also when the asset has left."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from tests.unit.given import day, entry, given, refusal, struck
from tests.unit.situations import HANDED, SITUATIONS, Situation

BEGUN = {name: found for name, found in SITUATIONS.items() if found.steps}
DIGEST = "0123456789abcdef" * 4


def test_no_document_before_the_seizure() -> None:
    assert refusal(given(), entry("document_filed", 9)).code == "not-seized"


@pytest.mark.parametrize("situation", BEGUN.values(), ids=BEGUN.keys())
def test_a_document_changes_nothing_but_the_day_of_the_last_one(situation: Situation) -> None:
    before = given(*situation.steps).state
    after = given(*situation.steps, entry("document_filed", 90)).state
    days = before.days | {"document_filed": day(90)}
    assert after == replace(before, last_on=day(90), days=days)


def test_many_documents_are_filed_and_one_is_struck() -> None:
    file = given(*HANDED, "document_filed", "document_filed", struck(8))
    assert file.state.days["document_filed"] == day(7)


@pytest.mark.parametrize("digest", ["", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 63 + "\n"])
def test_a_digest_is_64_hexadecimal_digits_in_small_letters(digest: str) -> None:
    with pytest.raises(ValidationError, match="sha256"):
        entry("document_filed", 9, sha256=digest)


@pytest.mark.parametrize(
    "media_type", ["pdf", "application/", "Application/PDF", "text/plain; charset=utf-8"]
)
def test_a_media_type_has_no_capital_letters_and_no_parameters(media_type: str) -> None:
    with pytest.raises(ValidationError, match="media_type"):
        entry("document_filed", 9, media_type=media_type)


@pytest.mark.parametrize("size", [-1, 10**12 + 1, "12", 1.0])
def test_a_size_is_a_whole_number_of_bytes(size: object) -> None:
    with pytest.raises(ValidationError, match="size"):
        entry("document_filed", 9, size=size)


def test_name_type_and_size_stand_beside_the_digest() -> None:
    filed = entry("document_filed", 9, media_type="image/svg+xml", size=0)
    assert filed.data() == {
        "sha256": DIGEST,
        "name": "bien-ban-17.pdf",
        "media_type": "image/svg+xml",
        "size": 0,
    }
