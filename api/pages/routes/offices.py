"""Offices: which rulebook each judges by, the limits in force, and the form that sets one."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.languages import Language
from api.pages.asking import sent, told, visitor
from api.pages.forms import fresh, posted, whole
from api.pages.refusals import refusal
from api.pages.rendering import page, with_query
from api.pages.routing import router as pages
from api.pages.words import tongue
from api.problems import Problem
from api.who import CHALLENGE
from auctions.application.recording import today
from auctions.domain.office.state import DEFAULT
from auctions.domain.roles import Role

router = pages()

_PATH = "/administration/offices"
_FIELDS = ("rule", "limit", "effective_on", "reason", "basis")
_BOUNDS = ("at_least", "at_most", "after")


@router.get(_PATH)
async def show_offices(request: Request, office: str = "", recorded: str = "") -> Response:
    """Show the offices that have changed their rules, and one with its limits and its file."""
    typed = {name: value for name in _FIELDS if (value := request.query_params.get(name))}
    return await _page(request, office, fresh(effective_on=today().isoformat()) | typed, recorded=recorded)


@router.post(_PATH)
async def set_limit(request: Request) -> Response:
    """Set a limit of an office."""
    form = await posted(request)
    office = form.get("office", "")
    body: dict[str, object] = {name: form[name] for name in _FIELDS if form.get(name)}
    if form.get("limit"):
        body["limit"] = whole(form["limit"])
    try:
        set_ = (await sent(request, f"/v1/offices/{office}/limits", body, form=form)).json()
    except Problem as problem:
        return await _page(request, office, form, refusal(request, problem))
    return RedirectResponse(with_query(_PATH, office=office, recorded=set_["position"]), 303)


async def _page(
    request: Request,
    office: str,
    form: dict[str, str],
    refused: dict[str, Any] | None = None,
    recorded: str = "",
) -> Response:
    looking = await visitor(request)
    if looking.who.role != Role.ADMINISTRATOR and refused is None:
        code = "not-allowed" if looking.who.role else "sign-in-needed"
        raise Problem(code, "administrators set limits of offices", headers=CHALLENGE)
    offices = (await told(request, "/v1/offices"))["items"]
    return await page(
        request,
        "offices.html",
        status=refused["status"] if refused else 200,
        seen_by=looking,
        offices=offices,
        office=office,
        shown=await _shown(request, office, offices) if office else None,
        form=form | {"office": office},
        refused=refused,
        recorded=recorded,
    )


async def _shown(request: Request, office: str, offices: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return an office's rulebook, its rules with a number as they are in force today, and its file."""
    own = next((each for each in offices if each["office"] == office), None)
    book = own["rulebook"] if own else DEFAULT
    rules = await told(request, "/v1/rules", book=book, on=today().isoformat())
    set_ = own["limits"] if own else []
    numbers = [rule for rule in rules["items"] if _number(rule) is not None]
    limits = [_rule(rule, set_, today(), tongue(request)) for rule in numbers]
    file = await told(request, f"/v1/offices/{office}")
    choices = [(rule["key"], f"{rule['key']}: {rule['says']}") for rule in limits]
    told_of = {"book": book, "version": rules["version"], "rules": limits, "choices": choices}
    return {**told_of, "entries": file["entries"][::-1]}


def _rule(
    rule: Mapping[str, Any], limits: list[Mapping[str, Any]], day: date, language: Language
) -> dict[str, Any]:
    own = _holding(each for each in limits if each["rule"] == rule["key"])
    begun = [each for each in own if each["from"] <= day.isoformat()]
    in_force = begun[-1] if begun else None
    number = in_force["limit"] if in_force else _number(rule)
    return {
        "key": rule["key"],
        "says": rule[language].format(limit=number),
        "article": rule["article"],
        "confidence": rule["confidence"],
        "law": _number(rule),
        "own": in_force,
        "later": own[len(begun) :],
    }


def _holding(decided: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the limits of a rule by their first days: one decided later replaces those from its day on."""
    own: list[Mapping[str, Any]] = []
    for limit in decided:
        own = [*(each for each in own if each["from"] < limit["from"]), limit]
    return own


def _number(rule: Mapping[str, Any]) -> int | None:
    return next((rule[bound] for bound in _BOUNDS if isinstance(rule.get(bound), int)), None)
