"""Printed dossiers, read again as a reader of PDF reads them."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from api.dossiers.written import Written, written
from api.languages import Language
from auctions.domain.asset.events import AssetEntry
from projections.chain import Link
from projections.views import View
from projections.views_of_dossiers import dossier_view
from tests.unit.test_replay import file, of_vietnam

AS_OF, POSITION = date(2025, 12, 31), 4321


def dossier(*entries: AssetEntry, as_of: date = AS_OF) -> View:
    """The dossier of a file of these entries, each recorded by a command of its own."""
    lines = file(*entries)
    beside = {line.entry_no: Link(f"{line.entry_no - 1:064x}", f"{line.entry_no:064x}") for line in lines}
    view = dossier_view(lines, of_vietnam, beside, as_of=as_of, known_at=POSITION)
    assert view is not None
    return view


def printed(*entries: AssetEntry, language: Language = "vi") -> PdfReader:
    return reader(written(dossier(*entries), language))


def reader(made: Written) -> PdfReader:
    return PdfReader(io.BytesIO(made.pdf))


def words(pdf: PdfReader) -> str:
    """All that is printed, in one line."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).replace("\u200b", "").split())


def struck(pdf: PdfReader) -> int:
    """How many stretches of text are tagged as struck through."""
    return sum(
        attributes.get("/TextDecorationType") == "/LineThrough"
        for part in _parts(pdf.root_object["/StructTreeRoot"])
        for attributes in part.get("/A", ())
    )


def _parts(part: Any) -> Iterator[DictionaryObject]:  # noqa: ANN401 - any object of a PDF
    found = part.get_object() if isinstance(part, IndirectObject) else part
    if isinstance(found, ArrayObject):
        for each in found:
            yield from _parts(each)
    elif isinstance(found, DictionaryObject):
        yield found
        yield from _parts(found.get("/K"))
