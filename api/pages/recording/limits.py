"""The law beside the fields of a form: what is allowed, and how what is typed stands to it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from api.languages import Language
from api.pages.figures import Figures
from api.pages.money import dong
from api.pages.recording.fields import Input
from api.pages.words import marked, said
from api.svg_words import Reader
from auctions.domain.asset.words import choice_of

_BOUNDS = {
    "at_least": marked("at least %(allowed)s"),
    "at_most": marked("at most %(allowed)s"),
    "first": marked("not before %(allowed)s"),
    "last": marked("by %(allowed)s"),
    "one_of": marked("one of: %(allowed)s"),
}
_CUT = marked("%(percent)s below the last starting price of %(whole)s")
_SHARE = marked("%(percent)s of the starting price")
_BILLION, _MILLION = 10**9, 10**6


class Line(NamedTuple):
    """One limit beside a field: what is allowed, why, and whether what is typed breaks it."""

    allowed: str
    law: str
    article: str
    refuses: bool
    broken: bool


class Beside(NamedTuple):
    """What stands beside one field: what is typed in other words, and the limits."""

    echo: str
    lines: list[Line]


def asked(entry: str, form: Mapping[str, str]) -> dict[str, Any]:
    """Return the question about the limits of an entry, as far as its form is filled in."""
    days = {name: _day(form.get(name, "")) for name in ("on", "posted_on", "until")}
    counts = {name: form.get(name) for name in ("registrants", "bidders") if form.get(name, "").isdigit()}
    words = {name: form.get(name) for name in ("decided_by", "of", "accepted")}
    price, auction_on = dong(form.get("starting_price", "")), _day(form.get("auction_at", "")[:10])
    return {"entry": entry, "starting_price": price, "auction_on": auction_on, **days, **counts, **words}


def _day(typed: str) -> str | None:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        return None


def beside(
    entry: str,
    fields: Iterable[Input],
    items: Iterable[Mapping[str, Any]],
    form: Mapping[str, str],
    language: Language,
) -> dict[str, Beside]:
    """Return what stands beside each field; under "" what the file itself stands against."""
    found = {each.name: Beside(_echo(each, form.get(each.name, ""), language), []) for each in fields}
    found[""] = Beside("", [])
    for item in items:
        name = item["field"] or ""
        if name not in found:
            continue
        typed = _typed(item, form.get(name, ""))
        found[name].lines.append(_line(entry, item, typed, language))
        if item["whole"] and isinstance(typed, int):
            echo = (
                f"{found[name].echo} · {_portion(item, typed, language)}"
                if not found[name].lines[1:]
                else found[name].echo
            )
            found[name] = found[name]._replace(echo=echo)
    return found


def _line(entry: str, item: Mapping[str, Any], typed: int | str | None, language: Language) -> Line:
    allowed = said(_BOUNDS[item["bound"]], language) % {"allowed": _allowed(entry, item, language)}
    law = item["message_vi" if language == "vi" else "message"]
    broken = item["field"] is None or (typed is not None and _breaks(item, typed))
    return Line(allowed, law, item["article"], item["refuses"], broken)


def _allowed(entry: str, item: Mapping[str, Any], language: Language) -> str:
    figures, allowed = Figures(language), item["allowed"]
    if item["bound"] in {"first", "last"}:
        return figures.day(allowed)
    if item["bound"] == "one_of":
        return "; ".join(
            choice_of(entry, item["field"] or "", word, language) for word in allowed.split("; ")
        )
    return figures.dong(allowed) if item["unit"] in {"percent", "dong"} else figures.number(allowed)


def _typed(item: Mapping[str, Any], typed: str) -> int | str | None:
    """Return what is typed as the limit counts it, None where nothing is or it cannot be read."""
    if not typed:
        return None
    if item["bound"] in {"first", "last"}:
        return _day(typed[:10])
    if item["bound"] == "one_of":
        return typed
    return dong(typed) if item["unit"] in {"percent", "dong"} else len(typed.split("\n"))


def _breaks(item: Mapping[str, Any], typed: int | str) -> bool:
    allowed = item["allowed"]
    match item["bound"]:
        case "at_least" | "first":
            return bool(typed < allowed)
        case "at_most" | "last":
            return bool(typed > allowed)
    return typed not in allowed.split("; ")


def _portion(item: Mapping[str, Any], typed: int, language: Language) -> str:
    """Return which part of the whole is typed."""
    figures, whole = Figures(language), item["whole"]
    cut = item["field"] == "to_price"
    part = (whole - typed) / whole if cut else typed / whole
    told = {"percent": figures.percent(part), "whole": figures.dong(whole)}
    return said(_CUT if cut else _SHARE, language) % told


def _echo(asked: Input, typed: str, language: Language) -> str:
    """Return an amount that is typed as it is understood: with separators, and in short."""
    amount = dong(typed) if asked.kind == "dong" else None
    if amount is None:
        return ""
    reader, figures = Reader(language), Figures(language)
    for unit, name in ((_BILLION, "billion"), (_MILLION, "million")):
        if amount >= unit:
            short = reader.number(amount / unit, 3)
            mark = "." if language == "en" else ","
            return f"{figures.dong(amount)} ({short.rstrip('0').rstrip(mark)} {reader(name)})"
    return figures.dong(amount)
