"""What counts of one entry of an asset: its legal day, its name, and the one amount that it sets."""

import json
from datetime import date
from typing import Any, NamedTuple

from auctions.verifier.entries import Entry
from auctions.verifier.errors import Undecided

NAMES = (
    "seized", "surveyed", "cost_accrued", "appraisal_contracted", "appraised", "reappraisal_requested",
    "parties_notified", "preemption_offered", "preemption_answered", "auction_contracted", "round_announced",
    "round_postponed", "round_cancelled", "round_failed", "round_won", "winner_defaulted", "result_annulled",
    "price_reduced", "in_lieu_offered", "in_lieu_answered", "taken_in_lieu", "redeemed", "sale_paid",
    "delivered", "title_registered", "proceeds_distributed", "suspended", "resumed", "returned_to_debtor",
    "released", "transferred", "identified", "split", "merged", "document_filed", "entry_struck",
)  # fmt: skip
"""Every name that an entry of an asset can have."""
_KNOWN = frozenset(NAMES)
_AMOUNTS = {"appraised": "value", "price_reduced": "to_price", "entry_struck": "entry_no"}
"""The number that counts of an entry: a price in dong, or which entry is struck."""
_BITS = 63


class Fact(NamedTuple):
    """What counts of an entry of an asset: its number, legal day, name, and an amount.

    The amount is the price set in dong, the number of the entry struck, or 1 where an offer is accepted.
    """

    number: int
    on: date
    name: str
    amount: int = 0


def payload_of(entry: Entry) -> dict[str, Any]:
    """Return what was recorded, as it is written. Raises Undecided."""
    try:
        fields = json.loads(entry.payload)
    except (ValueError, RecursionError) as error:
        raise Undecided("malformed-entry", f"the payload is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise Undecided("malformed-entry", "the payload is not an object of JSON")
    if fields.get("class_version", 1) != 1:
        raise Undecided("unknown-form", f"{entry.topic} of version {fields['class_version']} is not known")
    return fields


def fact_of(entry: Entry) -> Fact:
    """Return what counts of an asset's entry. Raises Undecided where it is of no known name or form."""
    topic, _, name = entry.topic.partition(".")
    if topic != "asset" or name not in _KNOWN:
        raise Undecided("unknown-entry", f"number {entry.number} is {entry.topic}, of which nothing is known")
    fields = payload_of(entry)
    try:
        on = date.fromisoformat(fields["on"])
        amount = fields[_AMOUNTS[name]] if name in _AMOUNTS else int(fields.get("accepted") is True)
    except (KeyError, TypeError, ValueError) as error:
        raise Undecided("malformed-entry", f"number {entry.number}, {entry.topic}: {error!r}") from error
    if type(amount) is not int or amount.bit_length() > _BITS:
        raise Undecided("malformed-entry", f"number {entry.number}, {entry.topic}: {amount!r} is no amount")
    return Fact(entry.number, on, name, amount)
