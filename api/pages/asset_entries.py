"""What one asset's page draws from the entries of its file: rounds, price levels, costs, each entry."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

Entry = Mapping[str, Any]
Told = dict[str, Any]

_LEVELS = ("appraised", "price_reduced")


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that were not struck, without the strikes, in the order of their legal days."""
    kept = [entry for entry in entries if entry["struck_by"] is None and entry["entry"] != "entry_struck"]
    return sorted(kept, key=lambda entry: (entry["on"], entry["entry_no"]))


def rounds(announced: Sequence[Entry], entries: Sequence[Entry]) -> list[Told]:
    """Return an asset's rounds with their notices, the reductions before, and how many registered and bid.

    `entries` are the standing ones; `put_off` counts how often a round was moved.
    """
    reductions = 0
    beside: list[Told] = []
    for entry in entries:
        data = entry["data"]
        match entry["entry"]:
            case "price_reduced":
                reductions += 1
            case "round_announced":
                notices = data.get("notice_refs") or []
                beside.append({"notices": notices, "reductions": reductions, "put_off": 0} | _came(data))
            case "round_postponed":
                beside[-1]["put_off"] += 1
            case "round_failed" | "round_won":
                beside[-1] |= _came(data)
    return [{**one, **more} for one, more in zip(announced, beside, strict=True)]


def _came(data: Mapping[str, Any]) -> Told:
    return {"registrants": data.get("registrants"), "bidders": data.get("bidders")}


def levels(steps: Sequence[Entry], entries: Sequence[Entry]) -> list[Told]:
    """Return the steps of a ladder with who decided each and how many reductions there were by then.

    `entries` are the standing ones; `by` is how the price was found or who decided, none for the hammer.
    """
    by = [
        entry["data"].get("decided_by") or entry["data"].get("method")
        for entry in entries
        if entry["entry"] in _LEVELS
    ]
    cuts = accumulate(step["cause"] == "reduced" for step in steps)
    padded = [*by, *[None] * (len(steps) - len(by))]
    return [{**step, "by": who, "cuts": n} for step, who, n in zip(steps, padded, cuts, strict=True)]


def costs(entries: Sequence[Entry]) -> list[Told]:
    """Return each cost of keeping and selling with its sum in dong, how often, first and last day."""
    found: dict[str, Told] = {}
    for entry in entries:
        if entry["entry"] == "cost_accrued":
            what, amount = entry["data"]["what"], entry["data"]["amount"]
            cost = found.setdefault(what, {"what": what, "times": 0, "sum": 0, "first": entry["on"]})
            cost |= {"times": cost["times"] + 1, "sum": cost["sum"] + amount, "last": entry["on"]}
    return list(found.values())


def of(name: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of one name."""
    return [entry for entry in entries if entry["entry"] == name]


def marked_late(shown: Sequence[Entry], entries: Sequence[Entry]) -> list[Told]:
    """Return entries each with its `strike`, and whether it is `late`.

    An entry is late whose day is before the last one that the file had when it was recorded. `strike` is the
    entry that struck it, where it is among `entries`, all that are told of the file.
    """
    by_number = {entry["entry_no"]: entry for entry in entries}
    return [
        {
            **entry,
            "late": entry["on"] < _last_day(entry, entries),
            "strike": by_number.get(entry["struck_by"]),
        }
        for entry in shown
    ]


def _last_day(entry: Entry, entries: Sequence[Entry]) -> str:
    """Return the last day that the file had before the command that recorded an entry."""
    number, at = entry["entry_no"], entry["recorded_at"]
    return max(
        (
            before["on"]
            for before in entries
            if before["entry_no"] < number
            and before["recorded_at"] != at
            and before["entry"] != "entry_struck"
            and not (before["struck_by"] or number) < number
        ),
        default="",
    )
