"""Files built from entries: given these, when that one is entered, then a state or a refusal."""

from copy import deepcopy
from datetime import date, timedelta

import pytest

from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import ENTRIES, AssetEntry
from auctions.domain.asset.state import Numbered, State
from auctions.domain.errors import Refused
from auctions.rules.kinds import asset_kinds

PRICE = 1_000_000_000
USUAL: dict[str, dict[str, object]] = {
    "seized": {"asset_ref": "TS-17", "office": "KV-3", "kind": "land"},
    "cost_accrued": {"amount": 2_500_000, "what": "custody"},
    "appraised": {"value": PRICE, "method": "appraiser", "reason": "prices have moved"},
    "parties_notified": {"of": "appraisal"},
    "preemption_offered": {"price": PRICE - 7},
    "round_failed": {"reason": "no_registrant"},
    "round_won": {"price": PRICE},
    "price_reduced": {"decided_by": "officer"},
    "in_lieu_answered": {"accepted": True},
    "taken_in_lieu": {"price": PRICE},
    "redeemed": {"paid": PRICE},
    "sale_paid": {"amount": PRICE},
    "suspended": {"reason": "complaint"},
    "transferred": {"to_office": "KV-5", "reason": "reorganisation"},
    "identified": {"alias": {"scheme": "portal", "value": "A-1"}},
    "split": {"into": ("TS-17/1", "TS-17/2")},
    "merged": {"into": "TS-18"},
    "document_filed": {"sha256": "0123456789abcdef" * 4, "name": "bien-ban-17.pdf"},
    "entry_struck": {"basis": "BB-9", "reason": "another asset's page", "approved_by": "head"},
}
OF_A_ROUND = {
    "round_postponed",
    "round_cancelled",
    "round_failed",
    "round_won",
    "winner_defaulted",
    "result_annulled",
}


def day(number: int) -> date:
    """The legal day so many days after the first of the example."""
    return date(2025, 1, 1) + timedelta(days=number)


TODAY = day(100)


def entry(name: str, on: int, **fields: object) -> AssetEntry:
    """An entry with its usual fields, save those that are given."""
    return ENTRIES[name].model_validate({"on": day(on)} | USUAL.get(name, {}) | fields)


def struck(entry_no: int, on: int = 100, approved_by: str = "head") -> AssetEntry:
    return entry("entry_struck", on, entry_no=entry_no, approved_by=approved_by)


def fitting(name: str, state: State, on: int) -> AssetEntry:
    """The usual entry, of the round and at the price that `state` expects; co-owners accept if they can."""
    last, price = state.rounds[-1].round_no if state.rounds else 0, state.price or PRICE
    if name == "round_announced":
        return entry(name, on, round_no=last + 1, starting_price=price)
    if name == "price_reduced":
        return entry(name, on, to_price=price * 9 // 10)
    if name == "preemption_answered":
        return entry(name, on, accepted=state.round is None and not state.preempted)
    return entry(name, on, **({"round_no": last or 1} if name in OF_A_ROUND else {}))


def given(*steps: str | AssetEntry) -> File:
    """A file of the steps; a bare name is the fitting entry, entry n on day n."""
    file = File()
    for step in steps:
        when(file, fitting(step, file.state, file.version + 1) if isinstance(step, str) else step)
    return file


def when(file: File, *entries: AssetEntry) -> list[Numbered]:
    return file.admit(entries, actor="clerk", today=TODAY, kinds=asset_kinds()).lines


def refusal(file: File, *entries: AssetEntry) -> Refused:
    """The refusal of entries asked for together, which leaves the file as it was."""
    lines, state = list(file.lines), deepcopy(file.state)
    with pytest.raises(Refused) as caught:
        when(file, *entries)
    assert file.lines == lines
    assert file.state == state
    return caught.value
