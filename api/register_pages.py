"""The registers of a quarter as PDF/A, as they are printed, signed and archived."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib.resources import files

import orjson
import typst

from api.dossiers.printable import printable
from api.register_forms import Form, foot, form_xlsx, headings, lines
from api.svg_words import Reader
from auctions.domain.asset.state import State
from auctions.domain.office.events import BookClosed

_READER = Reader("vi")


def form_pdf(form: Form, close: BookClosed, assets: Sequence[State]) -> bytes:
    """Return a form for the quarter of a close as PDF/A-2b; the same assets make the same bytes.

    It is dated by the day of the close: no clock is read, no font of the machine.
    """
    listed, quarter = lines(form, assets), close.quarter
    sheet = {
        "number": form.number,
        "title": form.title,
        "office": close.office,
        "quarter": f"Quý {quarter.number} năm {quarter.year}",
        "headings": headings(form),
        "lines": [[_written(value) for value in line] for line in listed],
        "right": sorted({place for line in listed for place, value in enumerate(line) if type(value) is int}),
        "foot": foot(close, len(listed)),
    }
    return typst.compile(
        files("api").joinpath("register_pages.typ").read_bytes(),
        sys_inputs={"sheet": orjson.dumps(printable(sheet)).decode()},
        ignore_system_fonts=True,
        pdf_standards="a-2b",
        timestamp=datetime(close.on.year, close.on.month, close.on.day, tzinfo=UTC),
    )


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case int():
            return _READER.number(value)
        case date():
            return _READER.day(value.isoformat())
    return str(value)


FORMATS: Mapping[str, Callable[[Form, BookClosed, Sequence[State]], bytes]] = {
    "xlsx": form_xlsx,
    "pdf": form_pdf,
}
"""In what a form can be written, by the end of the file's name."""


def file_name(number: int, kind: str) -> str:
    """Return the name under which a close keeps the digest of a form."""
    return f"form-{number}.{kind}"
