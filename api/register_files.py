"""The files in which registers are sent in: their media types, and an example."""

from starlette.requests import Request

from api.idempotency import KEY
from api.list_files import JSON_LINES
from api.list_xlsx import XLSX
from api.problems import Fault, Problem

_SUFFIXES = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    XLSX: ".xlsx",
    JSON_LINES: ".jsonl",
    "application/jsonl": ".jsonl",
}
_EXAMPLE = "asset_ref,office,entry,on,kind\nTS-17,BDI-KV1,seized,2026-03-02,land\n"
SENT = {
    "parameters": [KEY],
    "requestBody": {
        "required": True,
        "content": {
            **{media_type: {} for media_type in _SUFFIXES},  # OpenAPI 3.1: a file has no schema
            "text/csv": {"example": _EXAMPLE},
        },
    },
}
"""How the request is described."""


def suffix(request: Request) -> str:
    """Return the suffix that stands for the body's media type. Raises Problem for one that is not read."""
    media_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "')
    coded = request.headers.get("content-encoding", "identity").lower()
    if media_type.strip() in _SUFFIXES and charset in {"", "utf-8", "utf8"} and coded == "identity":
        return _SUFFIXES[media_type.strip()]
    expected = f"expected one of {', '.join(_SUFFIXES)}, in UTF-8 and not compressed"
    fault = Fault("Content-Type", "media-type-refused", expected)
    raise Problem("media-type-refused", expected, [fault], {"Connection": "close"})
