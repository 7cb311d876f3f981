"""Why a page refuses, in the reader's language and at the input that it is about."""

from collections.abc import Collection, Iterable
from typing import Any

from starlette.requests import Request

from api.languages import Language
from api.pages.recording.fields import ATTRIBUTE, input_of
from api.pages.refusal_words import fault_in_words
from api.pages.words import marked, said, tongue
from api.problem_kinds import KINDS
from api.problems import Fault, Problem

_TITLES = {
    "body-refused": marked("Some fields need another look"),
    "parameter-refused": marked("This cannot be told"),
}
_DETAILS = {
    "refused": marked("The file or the law stands against it. What you typed is kept."),
    "body-refused": marked("What was typed is kept; what to mend is told at each field."),
    "parameter-refused": marked("What you chose is kept: change it and ask again."),
    "stale-file": marked("Somebody recorded in this file since you opened the form. What you typed is kept."),
    "not-allowed": marked("Another office has this file, or another role may do this."),
    "command-id-reused": marked("This form was sent before. Open it anew to record another entry."),
    "too-busy": marked("Too much is being recorded at this moment. Send it again."),
    "proposal-ended": marked("Somebody has decided on it meanwhile, or it was withdrawn."),
    "proposal-not-found": marked("Your office has no such proposal."),
}
_ABOUT = {
    "already-seized": "asset_ref",
    "reappraisal-without-reason": "reason",
    "round-number-used": "round_no",
    "another-round": "round_no",
    "price-not-in-force": "starting_price",
    "price-not-reduced": "to_price",
    "into-itself": "into",
    "nothing-to-notify": "of",
    "dated-in-the-future": "on",
}
"""The fields that faults without a place are about."""


def refusal(request: Request, problem: Problem, names: Collection[str] | None = None) -> dict[str, Any]:
    """Return what a page tells of a problem above its form, and at the inputs of these names or of any name.

    `title`, `advice` and `detail` are for people, `detail` "" where it is known in English alone; `code`;
    `status`; `errors` each with code, detail, details, and field: the name of the input that it is about, ""
    where it is about none. `unlawful` tells that the law alone stands against it.
    """
    language, kind = tongue(request), KINDS[problem.code]
    title, detail = _TITLES.get(problem.code), _DETAILS.get(problem.code)
    errors = [_error(fault, _field(fault, names), language) for fault in problem.errors]
    return {
        "code": problem.code,
        "status": kind.status,
        "title": said(title, language) if title else kind.vi if language == "vi" else kind.en,
        "advice": kind.do_vi if language == "vi" else kind.do_en,
        "detail": said(detail, language) if detail else problem.detail if language == "en" else "",
        "errors": _each_once(errors),
        "unlawful": bool(errors) and all(error["code"] == "unlawful" for error in errors),
    }


def _each_once(errors: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return errors without those that say the same of the same place: one of both knowledges asked for."""
    places = ("field", "pointer", "detail")
    return list({tuple(error.get(name) for name in places): error for error in errors}.values())


def _error(fault: Fault, field: str, language: Language) -> dict[str, Any]:
    detail = fault_in_words(fault, field, language)
    return {"details": None} | fault.told() | {"field": field, "detail": detail}


def _field(fault: Fault, names: Collection[str] | None) -> str:
    """Return the name of the input that a fault is about, nothing where it is about none."""
    place = [_plain(part) for part in (fault.pointer or fault.parameter or "").strip("/").split("/")]
    if names is None:
        return _ABOUT.get(fault.code, place[-1])
    of_kind = ATTRIBUTE + str((fault.details or {}).get("field", ""))
    asked = [_ABOUT.get(fault.code, ""), of_kind, ATTRIBUTE + place[-1], place[-1], input_of(place[0])]
    return next((name for name in asked if name in names), "")


def _plain(part: str) -> str:
    """Return a part of a JSON pointer as it is named."""
    return part.replace("~1", "/").replace("~0", "~")
