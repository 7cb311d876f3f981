"""What an action of the board is recorded by: the forms that lead on, and what is known of them already."""

from typing import NamedTuple

from api.nouns import NOUNS
from auctions.domain.asset.possible import POSSIBLE

_FORMS: dict[str, list[tuple[str, dict[str, str]]]] = {
    "contract_appraisal": [("appraisal_contracted", {}), ("appraised", {})],
    "appraise": [("appraised", {})],
    "notify_appraisal": [("parties_notified", {"of": "appraisal"})],
    "reappraise": [("appraised", {})],
    "offer_preemption": [("preemption_offered", {})],
    "answer_preemption": [("preemption_answered", {})],
    "contract_auction": [("auction_contracted", {})],
    "announce": [("round_announced", {})],
    "hold": [("round_failed", {}), ("round_won", {})],
    "report_result": [("round_failed", {}), ("round_won", {})],
    "postpone": [("round_postponed", {}), ("round_cancelled", {})],
    "redeem": [("redeemed", {})],
    "notify_failure": [("parties_notified", {"of": "failure"})],
    "agree_reduction": [("price_reduced", {"decided_by": "agreement"})],
    "reduce_price": [("price_reduced", {"decided_by": "officer"})],
    "return_to_debtor": [("returned_to_debtor", {})],
    "ask_creditor": [("in_lieu_offered", {})],
    "answer_in_lieu": [("in_lieu_answered", {})],
    "notify_debtor": [("parties_notified", {"of": "in_lieu"})],
    "give_in_lieu": [("taken_in_lieu", {})],
    "pay": [("sale_paid", {}), ("winner_defaulted", {})],
    "deliver": [("delivered", {})],
    "distribute": [("proceeds_distributed", {})],
    "register_title": [("title_registered", {})],
    "resume": [("resumed", {})],
}
_RESULTS = frozenset({"round_failed", "round_won"})


class Form(NamedTuple):
    """A form that leads on: its entry, its noun in an address, and what is filled in already."""

    entry: str
    noun: str
    filled: dict[str, str]


def forms_of(action: str, stage: str | None = None) -> list[Form]:
    """Return the forms by which an action is recorded, those alone that are possible in a stage."""
    return [
        Form(entry, NOUNS[entry], filled)
        for entry, filled in _FORMS[action]
        if stage is None or stage in POSSIBLE[entry]
    ]


def possible_in(stage: str) -> list[Form]:
    """Return the forms of all that is possible in a stage, in the order of an asset's life."""
    return [
        Form(entry, NOUNS[entry], {})
        for entry, stages in POSSIBLE.items()
        if entry in NOUNS and stage in stages
    ]


def is_result(entry: str) -> bool:
    """Tell whether an entry is the result of a round, which is entered for a whole lot."""
    return entry in _RESULTS
