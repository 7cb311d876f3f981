"""Why something is not recorded, in words of the field and at the field that it is about."""

from collections.abc import Collection, Mapping
from typing import Any

from starlette.requests import Request

from api.languages import Language
from api.pages.figures import Figures
from api.pages.forms import refusal
from api.pages.recording.fields import ATTRIBUTE, input_of
from api.pages.words import marked, said, tongue
from api.problems import Problem

_SAYS = {
    "missing": marked("This is needed."),
    "already-seized": marked(
        "An asset with this reference is seized already: each file has a reference of its own."
    ),
    "after-exit": marked(
        "The asset has left the file: nothing more can be recorded but its payment, delivery and title."
    ),
    "no-failed-round": marked(
        "No round has failed since the last price was set, so there is nothing to reduce."
    ),
    "round-not-announced": marked("No round is announced."),
    "round-not-won": marked("The last round was not won."),
    "not-in-this-stage": marked("This is not possible while the file is where it is now."),
    "reappraisal-without-reason": marked("A second valuation needs its reason."),
    "round-number-used": marked("The next round is round %(expected)s."),
    "price-not-in-force": marked("The price in force is %(expected_dong)s."),
    "another-round": marked("Round %(expected)s is under way."),
    "price-not-reduced": marked("A reduction is below the price in force of %(below_dong)s."),
    "in-lieu-not-offered": marked("The asset has not been offered to the creditor."),
    "in-lieu-not-accepted": marked("The creditor has not accepted the asset."),
    "preemption-not-offered": marked("The co-owners have not been asked."),
    "nothing-to-notify": marked("There is nothing of that kind to tell the parties of."),
    "into-itself": marked("Other references than the asset's own are expected, each once."),
    "round-won": marked("Not possible while a round is won."),
    "round-announced": marked("Not possible while a round is announced."),
    "preempted": marked("Not possible: a co-owner has bought the asset."),
    "done-already": marked("This was recorded before."),
    "not-delivered": marked("The asset has not been delivered."),
    "contradicted": marked("Entry %(entry_no)s, which was recorded earlier, would lose its ground."),
    "dated-in-the-future": marked("This day has not come yet."),
    "whole-lot": marked("The round is of lot %(lot_ref)s: its result is recorded for the whole lot."),
    "unknown-attribute": marked("Assets of this kind have no such attribute."),
    "wrong-attribute": marked("A number is expected here."),
}
_UNREADABLE = marked("This cannot be read as it is typed.")
_DETAILS = {
    "refused": marked("The file or the law stands against it. What you typed is kept."),
    "body-refused": marked("Some fields need another look. What you typed is kept."),
    "stale-file": marked("Somebody recorded in this file since you opened the form. What you typed is kept."),
    "not-allowed": marked("Another office has this file, or your role does not record."),
    "command-id-reused": marked("This form was sent before. Open it anew to record another entry."),
    "too-busy": marked("Too much is being recorded at this moment. Send it again."),
}
_FIELDS = {
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


def why(request: Request, problem: Problem, names: Collection[str]) -> dict[str, Any]:
    """Return what a page tells of a problem, as `refusal` does, for a form with fields of these names.

    `unlawful` tells that the law alone stands against it.
    """
    language = tongue(request)
    told = refusal(request, problem)
    errors = []
    for error, fault in zip(told["errors"], problem.errors, strict=True):
        details = fault.details or {}
        place = (fault.pointer or "").strip("/").split("/")
        field = _field(fault.code, place, details, names)
        errors.append(error | {"field": field, "detail": _said(fault.code, fault.detail, details, language)})
    if problem.code in _DETAILS:
        told["detail"] = said(_DETAILS[problem.code], language)
    unlawful = bool(errors) and all(error["code"] == "unlawful" for error in errors)
    return told | {"errors": errors, "unlawful": unlawful}


def _field(code: str, place: list[str], details: Mapping[str, Any], names: Collection[str]) -> str:
    """Return the name of the input that a fault is about, nothing where it is about none."""
    asked = [_FIELDS.get(code, ""), ATTRIBUTE + str(details.get("field", "")), ATTRIBUTE + place[-1]]
    return next((name for name in [*asked, place[-1], input_of(place[0])] if name in names), "")


def _said(code: str, detail: str, details: Mapping[str, Any], language: Language) -> str:
    if code == "unlawful":
        return f"{details['rule']}: {details['message_vi'] if language == 'vi' else detail}"
    if code in _SAYS:
        figures = Figures(language)
        money = {
            f"{name}_dong": figures.dong(value) for name, value in details.items() if isinstance(value, int)
        }
        told: str = said(_SAYS[code], language) % {**details, **money}
        return told
    return said(_UNREADABLE, language)
