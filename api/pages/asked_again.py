"""Why a question that a form asks was refused, in the reader's language and beside its field."""

from typing import Any

from starlette.requests import Request

from api.pages.forms import refusal
from api.pages.words import marked, said, tongue
from api.problems import Problem

_UP_TO_TODAY = marked("A day up to today is expected.")
_A_DAY = marked("A day of the calendar is expected.")
_A_NUMBER = marked("A whole number within its bounds is expected.")
_SAYS = {
    "day-in-future": _UP_TO_TODAY,
    "known-at-in-future": _UP_TO_TODAY,
    "not-a-day": _A_DAY,
    "not-a-knowledge": _A_DAY,
    "int-parsing": _A_NUMBER,
    "greater-than-equal": _A_NUMBER,
    "less-than-equal": _A_NUMBER,
    "knowledges-too-far-apart": marked(
        "Too much was recorded between these two days, or the later one stands first. "
        "Choose two days that are closer to each other."
    ),
    "cursor-unknown": marked("This part of the list is not there any more: begin with the first."),
}


def question_refused(request: Request, problem: Problem, *fields: str) -> dict[str, Any]:
    """Return what a page tells of a refused question whose form has these fields, as `refusal` does."""
    told = refusal(request, problem)
    if problem.code != "parameter-refused":
        return told
    language = tongue(request)
    unknown = marked("What is typed here is not expected.")
    errors = [
        error
        | {"detail": said(_SAYS.get(error["code"], unknown), language)}
        | {"field": error["field"] if error["field"] in fields else ""}
        for error in told["errors"]
    ]
    return told | {
        "title": said(marked("This cannot be told"), language),
        "detail": said(marked("What you chose is kept: change it and ask again."), language),
        "errors": list({(error["field"], error["detail"]): error for error in errors}.values()),
    }
