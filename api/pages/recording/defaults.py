"""What is filled in already when a form is opened: as the file stands, and today."""

from collections.abc import Mapping
from typing import Any

from api.languages import Language
from api.svg_words import Reader
from auctions.application.recording import today
from auctions.domain.asset.events import ENTRIES

_PRICES = {
    "round_announced": ("starting_price", "price"),
    "preemption_offered": ("price", "price"),
    "taken_in_lieu": ("price", "price"),
    "sale_paid": ("amount", "sold_for"),
}
_NOTICES = {"awaiting_reduction": "failure", "awaiting_round": "appraisal"}


def defaults(entry: str, asset: Mapping[str, Any], language: Language) -> dict[str, str]:
    """Return what is known of an entry beforehand."""
    found = {"on": today().isoformat()}
    if "round_no" in ENTRIES[entry].model_fields:
        last = asset["rounds"][-1]["round_no"] if asset["rounds"] else 0
        found["round_no"] = str(last + 1 if entry == "round_announced" else last or 1)
    if entry in _PRICES:
        field, known = _PRICES[entry]
        if asset[known]:
            found[field] = Reader(language).number(asset[known])
    if entry == "parties_notified":
        notice = "in_lieu" if asset["in_lieu"] == "accepted" else _NOTICES.get(asset["stage"], "")
        found["of"] = notice
    return found
