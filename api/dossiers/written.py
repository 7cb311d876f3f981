"""The two files of a dossier: JSON for programs, and PDF/A for print that names the JSON's SHA-256."""

import io
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

import orjson
import segno
import typst

from api.dossiers.sheet import sheet
from api.ladder_svg import price_chart
from api.languages import Language
from projections.views import View


class Written(NamedTuple):
    """The bytes of both, the same whenever they are made of the same."""

    json: bytes
    pdf: bytes


def written(view: View, language: Language) -> Written:
    """Return a dossier as JSON and, in a language, as PDF/A."""
    content = dossier_json(view)
    return Written(content, _pdf(view, language, sha256(content).hexdigest()))


def dossier_json(view: View) -> bytes:
    """Return a dossier as JSON: the same bytes whenever it is made of the same."""
    return orjson.dumps(view, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _pdf(view: View, language: Language, digest: str) -> bytes:
    """Return the pages, dated by the last entry that was known: no clock is read, no font of the machine."""
    inputs = {"sheet": orjson.dumps(sheet(view, language, digest)).decode()}
    if view["ladder"]["steps"]:
        timed = view["ladder"] | {"as_of": view["as_of"], "known_at": view["known_at"]}
        inputs["chart"] = price_chart(timed, language)
    if view["evidence"]:
        inputs["code"] = _qr(view["evidence"]["checkpoint"])
    return typst.compile(
        files("api.dossiers").joinpath("dossier.typ").read_bytes(),
        sys_inputs=inputs,
        ignore_system_fonts=True,
        pdf_standards="a-2b",
        timestamp=datetime.fromisoformat(view["last_recorded_at"]).replace(microsecond=0),
    )


def _qr(text: str) -> str:
    drawn = io.BytesIO()
    code = segno.make(text, encoding="utf-8", error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, border=2)
    return drawn.getvalue().decode()
