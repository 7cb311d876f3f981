"""What is possible in which stage: the state and action table, read as it is printed here.

Columns are stages, rows are entries, x is possible. What the table lets pass, decisions.py checks further.
"""

from enum import StrEnum


class Stage(StrEnum):
    """What the file is waiting for, or how the asset left it."""

    UNFILED = "unfiled"
    AWAITING_APPRAISAL = "awaiting_appraisal"
    AWAITING_ROUND = "awaiting_round"
    ANNOUNCED = "announced"
    AWAITING_REDUCTION = "awaiting_reduction"
    WON = "won"
    PAID = "paid"
    SUSPENDED = "suspended"
    DELIVERED = "delivered"
    TAKEN_IN_LIEU = "taken_in_lieu"
    REDEEMED = "redeemed"
    RETURNED = "returned"
    RELEASED = "released"
    SPLIT = "split"
    MERGED = "merged"


EXITS = frozenset(
    {
        Stage.DELIVERED,
        Stage.TAKEN_IN_LIEU,
        Stage.REDEEMED,
        Stage.RETURNED,
        Stage.RELEASED,
        Stage.SPLIT,
        Stage.MERGED,
    }
)

#                       unfiled
#                       |  awaiting_appraisal
#                       |  |  awaiting_round
#                       |  |  |  announced
#                       |  |  |  |  awaiting_reduction
#                       |  |  |  |  |  won
#                       |  |  |  |  |  |  paid
#                       |  |  |  |  |  |  |  suspended
#                       |  |  |  |  |  |  |  |  delivered
#                       |  |  |  |  |  |  |  |  |  taken_in_lieu
#                       |  |  |  |  |  |  |  |  |  |  redeemed
#                       |  |  |  |  |  |  |  |  |  |  |  returned
#                       |  |  |  |  |  |  |  |  |  |  |  |  released
#                       |  |  |  |  |  |  |  |  |  |  |  |  |  split
#                       |  |  |  |  |  |  |  |  |  |  |  |  |  |  merged
_TABLE = """
seized                  x  .  .  .  .  .  .  .  .  .  .  .  .  .  .
surveyed                .  x  x  x  x  x  x  x  .  .  .  .  .  .  .
cost_accrued            .  x  x  x  x  x  x  x  .  .  .  .  .  .  .
appraisal_contracted    .  x  x  .  x  .  .  .  .  .  .  .  .  .  .
appraised               .  x  x  .  x  .  .  .  .  .  .  .  .  .  .
reappraisal_requested   .  .  x  x  x  .  .  x  .  .  .  .  .  .  .
parties_notified        .  .  x  x  x  x  x  x  .  .  .  .  .  .  .
preemption_offered      .  .  x  x  x  .  .  .  .  .  .  .  .  .  .
preemption_answered     .  .  x  x  x  x  .  .  .  .  .  .  .  .  .
auction_contracted      .  .  x  .  x  .  .  .  .  .  .  .  .  .  .
round_announced         .  .  x  .  x  .  .  .  .  .  .  .  .  .  .
round_postponed         .  .  .  x  .  .  .  x  .  .  .  .  .  .  .
round_cancelled         .  .  .  x  .  .  .  x  .  .  .  .  .  .  .
round_failed            .  .  .  x  .  .  .  .  .  .  .  .  .  .  .
round_won               .  .  .  x  .  .  .  .  .  .  .  .  .  .  .
winner_defaulted        .  .  .  .  .  x  .  .  .  .  .  .  .  .  .
result_annulled         .  .  .  .  .  x  x  x  x  .  .  .  .  .  .
price_reduced           .  .  .  .  x  .  .  .  .  .  .  .  .  .  .
in_lieu_offered         .  .  .  .  x  .  .  .  .  .  .  .  .  .  .
in_lieu_answered        .  .  .  .  x  .  .  .  .  .  .  .  .  .  .
taken_in_lieu           .  .  .  .  x  .  .  .  .  .  .  .  .  .  .
redeemed                .  x  x  x  x  .  .  x  .  .  .  .  .  .  .
sale_paid               .  .  .  .  .  x  .  .  .  .  .  .  .  .  .
delivered               .  .  .  .  .  .  x  .  .  x  .  .  .  .  .
title_registered        .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
proceeds_distributed    .  .  .  .  .  .  x  .  x  x  .  .  .  .  .
suspended               .  x  x  x  x  x  x  .  .  .  .  .  .  .  .
resumed                 .  .  .  .  .  .  .  x  .  .  .  .  .  .  .
returned_to_debtor      .  x  x  .  x  .  .  x  .  .  .  .  .  .  .
released                .  x  x  x  x  .  .  x  .  .  .  .  .  .  .
transferred             .  x  x  x  x  x  x  x  .  .  .  .  .  .  .
identified              .  x  x  x  x  x  x  x  .  .  .  .  .  .  .
split                   .  x  x  .  x  .  .  x  .  .  .  .  .  .  .
merged                  .  x  x  .  x  .  .  x  .  .  .  .  .  .  .
document_filed          .  x  x  x  x  x  x  x  x  x  x  x  x  x  x
"""


def _read(table: str) -> dict[str, frozenset[Stage]]:
    stages = list(Stage)
    rows = [line.split() for line in table.strip().splitlines()]
    return {
        name: frozenset(stage for stage, mark in zip(stages, marks, strict=True) if mark == "x")
        for name, *marks in rows
    }


POSSIBLE = _read(_TABLE)
"""The stages in which an entry is possible, by the entry's name; entry_struck is always possible."""
