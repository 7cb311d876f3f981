"""Findings counted, as the page of findings shows them: by rule, or by office and year."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

Told = dict[str, Any]
_CUT = "cut"


class Row(NamedTuple):
    """Findings of one rule or of one office, whole and by year."""

    name: str
    n: int
    others: int
    """How many offices a rule was broken at, or how many rules an office broke."""
    years: dict[int, int]


def counted(items: Sequence[Told], by: str, other: str, **only: str) -> list[Row]:
    """Return findings counted by one of rule and office, the `other` one named too, the most first."""
    kept = [item for item in items if all(item[name] == value for name, value in only.items() if value)]
    rows: dict[str, list[Told]] = defaultdict(list)
    for item in kept:
        rows[item[by]].append(item)
    told = [
        Row(name, sum(each["n"] for each in found), len({each[other] for each in found}), _years(found))
        for name, found in rows.items()
    ]
    return sorted(told, key=lambda row: (-row.n, row.name))


def _years(items: Sequence[Told]) -> dict[int, int]:
    years: dict[int, int] = defaultdict(int)
    for item in items:
        for each in item["years"]:
            years[each["year"]] += each["n"]
    return dict(years)


def rules_by_id(rules: Sequence[Told]) -> dict[str, list[Told]]:
    """Return the parts of each rule, with their limit in their texts."""
    found: dict[str, list[Told]] = defaultdict(list)
    for rule in rules:
        limit = next((rule[name] for name in ("at_most", "at_least", "after") if name in rule), "")
        texts = {name: rule[name].replace("{limit}", str(limit)) for name in ("vi", "en")}
        found[rule["id"]].append(rule | texts)
    return dict(found)


def caps(rules: Sequence[Told]) -> list[Told]:
    """Return the rules that bound by how much a price is cut."""
    return [rule for rule in rules if rule["measures"] == _CUT and "price_reduced" in rule["governs"]]
