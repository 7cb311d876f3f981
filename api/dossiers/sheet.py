"""What a printed dossier says, section by section: all words and figures, ready to be laid out."""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from api.dossiers.printable import printable, shown
from api.dossiers.telling import Teller, Told
from api.languages import Language
from auctions.rules.articles import in_words
from projections.views import View

_ASSET = (
    *("asset_ref", "kind", "description", "office", "seizing_office", "seized_on", "officer", "case_ref"),
    *("province", "commune", "debtor_ref", "co_owned", "secured_debt", "mortgagee_ref"),
    *("loan_value", "loan_valued_on", "attributes", "aliases", "condition", "missing"),
)
_STATE = (
    *("stage", "unsold", "price", "first_price", "left_of_first", "rounds", "failed_rounds", "reductions"),
    *("costs", "in_lieu", "sold_for", "paid", "delivered_on", "title_registered", "distributed", "exited_on"),
)
_SHARES = ("of_previous", "of_first", "of_loan")
_IN_WORDS = frozenset(
    {
        *("asset_ref", "kind", "amount", "what", "value", "method", "of", "price", "accepted", "round_no"),
        *("starting_price", "to_price", "decided_by", "to_office", "alias", "into", "name", "entry_no"),
    }
)
"""Fields that the plain words of an entry tell."""
_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)
_REASONS = frozenset({"round_failed", "suspended", "transferred"})
"""Entries whose plain words tell the reason too."""


def sheet(view: View, language: Language, sha256: str) -> View:
    """Return the sections of a dossier, `sha256` being that of the same as JSON."""
    tell = Teller(language, view["asset"]["kind"])
    times = {"day": tell.day(view["as_of"]), "position": tell.number(view["known_at"])}
    told: View = printable(
        {
            "lang": language,
            "title": f"{tell('dossier')} {view['asset_ref']}",
            "page": tell("page"),
            "times": tell("times", **times),
            "asset": {"heading": tell("asset"), "rows": _fields(view["asset"], _ASSET, tell)},
            "ladder": _ladder(view["ladder"]["steps"], tell) | {"alt": tell("chart", ref=view["asset_ref"])},
            "entries": _entries(view["entries"], tell),
            "findings": _findings(view["findings"], tell),
            "state": {
                "heading": tell("state", day=times["day"]),
                "rows": _fields(view["asset"] | {"rounds": len(view["asset"]["rounds"])}, _STATE, tell),
            },
        }
    )
    return told | {"verify": _verify(view, tell, sha256)}


def _fields(values: Mapping[str, Any], names: Sequence[str], tell: Teller) -> list[Told]:
    return list(tell.fields({name: values[name] for name in names}))


def _ladder(steps: Sequence[View], tell: Teller) -> View:
    shares = [name for name in _SHARES if any(step[name] is not None for step in steps)]
    columns = ("step", "cause", "day", "price", *shares)
    cuts = list(accumulate(step["cause"] == "reduced" for step in steps))
    rows = [
        [
            tell.number(step["step"]),
            tell(step["cause"], number=cuts[number]),
            tell.day(step["on"]),
            tell.number(step["price"]),
            *("" if step[name] is None else tell.percent(step[name]) for name in shares),
        ]
        for number, step in enumerate(steps)
    ]
    return {
        "heading": tell("ladder"),
        "none": tell("no_ladder"),
        "columns": list(map(tell, columns)),
        "rows": rows,
    }


def _entries(entries: Sequence[View], tell: Teller) -> View:
    return {
        "heading": tell("entries"),
        "note": tell("entries_are"),
        "columns": [tell("no"), tell("day"), tell("what"), tell("recorded")],
        "rows": [_entry(entry, tell) for entry in entries],
    }


def _entry(entry: View, tell: Teller) -> View:
    strike = entry["struck_by"]
    others = [number for number in entry["together"] if number != entry["entry_no"]]
    role = tell(entry["role"]) if entry["role"] else ""
    position = tell("position", position=tell.number(entry["position"]))
    return {
        "no": tell.number(entry["entry_no"]),
        "on": tell.day(entry["on"]),
        "what": entry["words_vi" if tell.language == "vi" else "words"],
        "details": "; ".join(f"{called}: {value}" for called, value in details(entry, tell)),
        "late": tell("late") if entry["late"] else "",
        "together": tell("together", numbers=", ".join(map(str, others))) if others else "",
        "struck": tell("struck_by", **strike | {"on": tell.day(strike["on"])}) if strike else "",
        "recorded": [
            f"{tell.moment(entry['recorded_at'])}, {position}",
            ", ".join(filter(None, (entry["actor"], role, entry["office"]))),
        ],
    }


def details(entry: Mapping[str, Any], tell: Teller) -> list[Told]:
    """Return the fields of an entry that its plain words do not tell, each with what it is called."""
    data = {_as(entry["entry"], name): value for name, value in entry["data"].items()}
    return list(
        tell.fields({name: value for name, value in data.items() if not _is_told(entry["entry"], name)})
    )


def _as(entry: str, name: str) -> str:
    """Return as what a field of an entry is told: the office that seized may have the file no more."""
    return "seizing_office" if (entry, name) == ("seized", "office") else name


def _is_told(entry: str, name: str) -> bool:
    return (
        name in _IN_WORDS
        or (name == "reason" and entry in _REASONS)
        or (name == "paid" and entry == "redeemed")
    )


def _findings(findings: Sequence[View], tell: Teller) -> View:
    columns = ("entry", "day", "rule", "finding", "confidence")
    rows = [
        [
            tell.number(finding["entry_no"]),
            tell.day(finding["on"]),
            finding["rule"],
            _finding(finding, tell),
            tell(finding["confidence"]),
        ]
        for finding in findings
    ]
    return {
        "heading": tell("findings"),
        "none": tell("no_findings"),
        "columns": list(map(tell, columns)),
        "rows": rows,
    }


def _finding(finding: View, tell: Teller) -> str:
    """Return a finding in words, its article in words too, its days as they are read."""
    message: str = finding["message_vi" if tell.language == "vi" else "message"]
    article = finding["article"]
    told = message.replace(f"({article})", f"({in_words(article, tell.language)})")
    return _ISO_DAY.sub(lambda day: tell.day(day[0]), told)


def _verify(view: View, tell: Teller, sha256: str) -> View:
    last, evidence = view["entries"][-1], view["evidence"]
    told = {
        "heading": tell("verify"),
        "hashes": [
            [tell("json"), sha256],
            [tell("head", entry_no=last["entry_no"]), last["leaf"]],
        ],
        "signed": tell("unsigned"),
        "checkpoint": "",
    }
    if evidence:
        told |= {
            "signed": shown(tell("signed", **_counted(view, evidence, tell))),
            "checkpoint": shown(evidence["checkpoint"]),
            "by_hand": tell("by_hand"),
            "command": "auctions-verify event PROOF CONTENT --key KEY",
            "key": [tell("key"), shown(evidence["key"])],
        }
    return told


def _counted(view: View, evidence: View, tell: Teller) -> View:
    numbers = {"of": len(view["entries"]), "signed": evidence["signed"], "size": evidence["size"]}
    return {"log": evidence["log"]} | {name: tell.number(value) for name, value in numbers.items()}
