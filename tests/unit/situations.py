"""Every situation a file can be in: how it came there, its stage, and what may be entered next."""

from typing import NamedTuple

from auctions.domain.asset.possible import Stage

KEEPING = {"surveyed", "cost_accrued", "transferred", "identified"}
LEAVING = {"redeemed", "released", "returned_to_debtor"}
AWAITING_APPRAISAL = KEEPING | LEAVING | {"appraised", "suspended"}
AWAITING_ROUND = AWAITING_APPRAISAL | {"round_announced"}
AWAITING_REDUCTION = AWAITING_ROUND | {"price_reduced", "in_lieu_offered"}
ANNOUNCED = (
    KEEPING
    | {"redeemed", "released", "suspended"}
    | {"round_postponed", "round_cancelled", "round_failed", "round_won"}
)
WON = KEEPING | {"suspended", "sale_paid", "winner_defaulted", "result_annulled"}
PAID = KEEPING | {"suspended", "delivered", "proceeds_distributed", "result_annulled"}

APPRAISED = ("seized", "appraised")
ROUND = (*APPRAISED, "round_announced")
FAILED = (*ROUND, "round_failed")
OFFERED = (*FAILED, "in_lieu_offered")
TAKEN = (*OFFERED, "in_lieu_answered", "taken_in_lieu")
HAMMER = (*ROUND, "round_won")
BOUGHT = (*HAMMER, "sale_paid")
HANDED = (*BOUGHT, "delivered")


class Situation(NamedTuple):
    """The entries that led there, the stage, and the names of all entries possible next."""

    steps: tuple[str, ...]
    stage: Stage
    possible: set[str]


SITUATIONS = {
    "not begun": Situation((), Stage.UNFILED, {"seized"}),
    "seized": Situation(("seized",), Stage.AWAITING_APPRAISAL, AWAITING_APPRAISAL),
    "appraised": Situation(APPRAISED, Stage.AWAITING_ROUND, AWAITING_ROUND),
    "announced": Situation(ROUND, Stage.ANNOUNCED, ANNOUNCED),
    "postponed": Situation((*ROUND, "round_postponed"), Stage.ANNOUNCED, ANNOUNCED),
    "cancelled": Situation((*ROUND, "round_cancelled"), Stage.AWAITING_ROUND, AWAITING_ROUND),
    "failed": Situation(FAILED, Stage.AWAITING_REDUCTION, AWAITING_REDUCTION),
    "reduced": Situation((*FAILED, "price_reduced"), Stage.AWAITING_ROUND, AWAITING_ROUND),
    "appraised anew": Situation((*FAILED, "appraised"), Stage.AWAITING_ROUND, AWAITING_ROUND),
    "announced anew at the same price": Situation((*FAILED, "round_announced"), Stage.ANNOUNCED, ANNOUNCED),
    "offered in lieu": Situation(
        OFFERED, Stage.AWAITING_REDUCTION, AWAITING_REDUCTION | {"in_lieu_answered"}
    ),
    "accepted in lieu": Situation(
        (*OFFERED, "in_lieu_answered"), Stage.AWAITING_REDUCTION, AWAITING_REDUCTION | {"taken_in_lieu"}
    ),
    "taken in lieu": Situation(TAKEN, Stage.TAKEN_IN_LIEU, {"delivered", "proceeds_distributed"}),
    "taken in lieu and delivered": Situation(
        (*TAKEN, "delivered"), Stage.TAKEN_IN_LIEU, {"title_registered", "proceeds_distributed"}
    ),
    "taken in lieu and closed": Situation(
        (*TAKEN, "delivered", "title_registered", "proceeds_distributed"), Stage.TAKEN_IN_LIEU, set()
    ),
    "won": Situation(HAMMER, Stage.WON, WON),
    "defaulted": Situation((*HAMMER, "winner_defaulted"), Stage.AWAITING_ROUND, AWAITING_ROUND),
    "annulled": Situation((*HAMMER, "result_annulled"), Stage.AWAITING_ROUND, AWAITING_ROUND),
    "paid": Situation(BOUGHT, Stage.PAID, PAID),
    "paid and distributed": Situation(
        (*BOUGHT, "proceeds_distributed"), Stage.PAID, PAID - {"proceeds_distributed"}
    ),
    "annulled after payment": Situation((*BOUGHT, "result_annulled"), Stage.AWAITING_ROUND, AWAITING_ROUND),
    "delivered": Situation(
        HANDED, Stage.DELIVERED, {"result_annulled", "title_registered", "proceeds_distributed"}
    ),
    "delivered and closed": Situation(
        (*HANDED, "title_registered", "proceeds_distributed"), Stage.DELIVERED, {"result_annulled"}
    ),
    "annulled after delivery": Situation((*HANDED, "result_annulled"), Stage.AWAITING_ROUND, AWAITING_ROUND),
    "suspended before appraisal": Situation(
        ("seized", "suspended"), Stage.SUSPENDED, KEEPING | LEAVING | {"resumed"}
    ),
    "suspended before a round": Situation(
        (*APPRAISED, "suspended"), Stage.SUSPENDED, KEEPING | LEAVING | {"resumed"}
    ),
    "suspended with a round announced": Situation(
        (*ROUND, "suspended"),
        Stage.SUSPENDED,
        KEEPING | {"resumed", "redeemed", "released", "round_postponed", "round_cancelled"},
    ),
    "suspended after a failure": Situation(
        (*FAILED, "suspended"), Stage.SUSPENDED, KEEPING | LEAVING | {"resumed"}
    ),
    "suspended when won": Situation(
        (*HAMMER, "suspended"), Stage.SUSPENDED, KEEPING | {"resumed", "result_annulled"}
    ),
    "suspended when paid": Situation(
        (*BOUGHT, "suspended"), Stage.SUSPENDED, KEEPING | {"resumed", "result_annulled"}
    ),
    "resumed": Situation((*ROUND, "suspended", "resumed"), Stage.ANNOUNCED, ANNOUNCED),
    "redeemed": Situation((*ROUND, "redeemed"), Stage.REDEEMED, set()),
    "returned": Situation((*FAILED, "returned_to_debtor"), Stage.RETURNED, set()),
    "released": Situation(("seized", "suspended", "released"), Stage.RELEASED, set()),
}
