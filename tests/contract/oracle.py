"""What any file tells of any day as known at any position: rows of the log replayed in plain Python.

It shares no code with the product, and reads each fact off the entries that stand instead of evolving a
state: where both agree, two ways lead to the same answer. Days are ISO dates, money is in dong.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

Row = tuple[int, UUID, int, str, bytes]
"""A row of the log: position, stream_id, entry_no, topic, payload."""
Told = dict[str, Any]
"""What a file tells of an asset."""
Level = tuple[str, str, int]
"""A price level: cause, day, price."""

_PRICES = ("appraised", "price_reduced")
_RESULTS = ("round_failed", "round_won", "round_cancelled", "winner_defaulted", "result_annulled")
_ROUND = ("round_announced", *_RESULTS)
_PREEMPTION = ("preemption_offered", "preemption_answered", "round_failed", *_PRICES)
_EXITS = {
    "delivered": "delivered",
    "taken_in_lieu": "taken_in_lieu",
    "redeemed": "redeemed",
    "returned_to_debtor": "returned",
    "released": "released",
    "split": "split",
    "merged": "merged",
}
_OF_THE_SEIZURE = (
    "asset_ref",
    "kind",
    "officer",
    "case_ref",
    "province",
    "commune",
    "description",
    "loan_value",
    "secured_debt",
)


class Line(NamedTuple):
    """An entry of a file: its place in the log, its number in the file, its name, its day, its fields."""

    position: int
    number: int
    name: str
    on: str
    data: dict[str, Any]


Last = dict[str, Line]
"""Of the entries that stand, the last of each name."""
Log = dict[UUID, list[Line]]
"""The files of assets, by id."""


def files(rows: Iterable[Row]) -> Log:
    """Read the files of assets out of the rows of a log."""
    found: Log = {}
    for position, stream_id, number, topic, payload in sorted(rows):
        of, _, name = topic.partition(".")
        if of == "asset":
            data = json.loads(payload)
            found.setdefault(stream_id, []).append(Line(position, number, name, data["on"], data))
    return found


def standing(file: Sequence[Line], day: date, known: int) -> list[Line]:
    """Return what was known to stand at the end of a day, in the order of the legal days."""
    until = day.isoformat()
    lines = [line for line in file if line.position <= known]
    out = {line.data["entry_no"] for line in lines if line.name == "entry_struck"}
    left = [line for line in lines if line.name != "entry_struck" and line.number not in out]
    return sorted((line for line in left if line.on <= until), key=_order)


def _order(line: Line) -> tuple[str, int]:
    return line.on, line.number


def file_at(file: Sequence[Line], day: date, known: int) -> Told | None:
    """Return what a file told of a day as known at a position, None where no seizure stood."""
    return told(standing(file, day, known))


def ladder_at(file: Sequence[Line], day: date, known: int) -> list[Level]:
    """Return the price levels of a file at the end of a day as known at a position."""
    found = file_at(file, day, known)
    return list(found["ladder"]) if found else []


def told(lines: Sequence[Line]) -> Told | None:
    """Return what entries that stand, in the order of their days, tell of an asset."""
    last = {line.name: line for line in lines}
    seized, count = last.get("seized"), Counter(line.name for line in lines)
    if seized is None:
        return None
    levels, held = ladder(lines), _latest(last, "round_failed", "round_won")
    price, first = (levels[-1][2], levels[0][2]) if levels else (None, None)
    loan = seized.data.get("loan_value")
    left, sold_for = _exit(lines, last), _sold_for(last)
    stage = left or ("suspended" if _is_suspended(last) else _waits_for(last, sold_for))
    return {
        **{name: seized.data.get(name) for name in _OF_THE_SEIZURE},
        "office": _office(last),
        "seized_on": seized.on,
        "stage": stage,
        "unsold": left is None and sold_for is None,
        "suspended": _is_suspended(last),
        "in_lieu_open": stage == "awaiting_reduction"
        and _is_latest(last, "round_failed", _ROUND)
        and count["price_reduced"] >= 2,
        "rounds": count["round_announced"],
        "failed_rounds": count["round_failed"],
        "reductions": count["price_reduced"],
        "price": price,
        "first_price": first,
        "left_of_first": round(Fraction(price, first), 6) if price and first else None,
        "of_loan": round(Fraction(price, loan), 6) if price and loan else None,
        "costs": sum(line.data["amount"] for line in lines if line.name == "cost_accrued"),
        "sold_for": sold_for,
        "last_round_on": held and held.on,
        "ladder": levels,
        "attributes": _attributes(lines),
        "aliases": [line.data["alias"]["value"] for line in lines if line.name == "identified"],
    }


def ladder(lines: Sequence[Line]) -> list[Level]:
    """Return the price levels that entries tell of."""
    levels: list[Level] = []
    for line in lines:
        if line.name == "price_reduced":
            levels.append(("reduced", line.on, line.data["to_price"]))
        elif line.name == "appraised":
            levels.append(("reappraised" if levels else "appraised", line.on, line.data["value"]))
    return levels


def _latest(last: Last, *names: str) -> Line | None:
    """Return the last entry of some names."""
    found = [last[name] for name in names if name in last]
    return max(found, key=_order) if found else None


def _is_latest(last: Last, name: str, among: tuple[str, ...]) -> bool:
    found = _latest(last, *among)
    return found is not None and found.name == name


def _waits_for(last: Last, sold_for: int | None) -> str:
    if sold_for is not None:
        return "paid" if _is_latest(last, "sale_paid", ("sale_paid", "result_annulled")) else "won"
    if _is_latest(last, "round_announced", _ROUND):
        return "announced"
    if "appraised" not in last:
        return "awaiting_appraisal"
    is_reducible = _is_latest(last, "round_failed", ("round_failed", *_PRICES))
    return "awaiting_reduction" if is_reducible else "awaiting_round"


def _exit(lines: Sequence[Line], last: Last) -> str | None:
    """Return how the asset left the file: the first way since a result was annulled, which brings it back."""
    annulled = last.get("result_annulled")
    since = [
        line for line in lines if line.name in _EXITS and (not annulled or _order(line) > _order(annulled))
    ]
    return _EXITS[since[0].name] if since else None


def _is_suspended(last: Last) -> bool:
    return _is_latest(last, "suspended", ("suspended", "resumed", *_EXITS))


def _sold_for(last: Last) -> int | None:
    """Return the price of the co-owners who accepted, else the hammer's of a result that stands."""
    answered, result = _latest(last, *_PREEMPTION), _latest(last, *_ROUND)
    if answered and answered.name == "preemption_answered" and answered.data["accepted"]:
        return int(last["preemption_offered"].data["price"])
    return int(result.data["price"]) if result and result.name == "round_won" else None


def _office(last: Last) -> str:
    moved = last.get("transferred")
    return str(moved.data["to_office"] if moved else last["seized"].data["office"])


def _attributes(lines: Sequence[Line]) -> dict[str, Any]:
    """Return the attributes of the seizure, as surveys have corrected them."""
    merged: dict[str, Any] = {}
    for line in lines:
        if line.name in {"seized", "surveyed"}:
            merged |= line.data.get("attributes", {})
    return merged
