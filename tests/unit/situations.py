"""Every situation a file can be in: how it came there, its stage, and what may be entered next."""

from typing import NamedTuple

from auctions.domain.asset.possible import Stage

FILED = {"document_filed"}
KEEPING = FILED | {"surveyed", "cost_accrued", "transferred", "identified"}
VALUED = KEEPING | {"reappraisal_requested", "parties_notified"}
LEAVING = {"redeemed", "released", "returned_to_debtor", "split", "merged"}
AWAITING_APPRAISAL = KEEPING | LEAVING | {"appraisal_contracted", "appraised", "suspended"}
AWAITING_ROUND = AWAITING_APPRAISAL | VALUED | {"auction_contracted", "preemption_offered", "round_announced"}
AWAITING_REDUCTION = AWAITING_ROUND | {"price_reduced", "in_lieu_offered"}
ANNOUNCED = (
    VALUED
    | {"redeemed", "released", "suspended", "preemption_offered"}
    | {"round_postponed", "round_cancelled", "round_failed", "round_won"}
)
SOLD = KEEPING | {"parties_notified", "suspended"}
WON = SOLD | {"sale_paid", "winner_defaulted", "result_annulled"}
PAID = SOLD | {"delivered", "proceeds_distributed", "result_annulled"}
PREEMPTED = SOLD | {"preemption_answered", "sale_paid"}

APPRAISED = ("seized", "appraised")
ROUND = (*APPRAISED, "round_announced")
FAILED = (*ROUND, "round_failed")
OFFERED = (*FAILED, "in_lieu_offered")
TAKEN = (*OFFERED, "in_lieu_answered", "taken_in_lieu")
HAMMER = (*ROUND, "round_won")
BOUGHT = (*HAMMER, "sale_paid")
HANDED = (*BOUGHT, "delivered")
ASKED = (*APPRAISED, "preemption_offered")
CO_OWNERS = (*ASKED, "preemption_answered")


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
    "taken in lieu": Situation(TAKEN, Stage.TAKEN_IN_LIEU, FILED | {"delivered", "proceeds_distributed"}),
    "taken in lieu and delivered": Situation(
        (*TAKEN, "delivered"), Stage.TAKEN_IN_LIEU, FILED | {"title_registered", "proceeds_distributed"}
    ),
    "taken in lieu and closed": Situation(
        (*TAKEN, "delivered", "title_registered", "proceeds_distributed"), Stage.TAKEN_IN_LIEU, FILED
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
        HANDED, Stage.DELIVERED, FILED | {"result_annulled", "title_registered", "proceeds_distributed"}
    ),
    "delivered and closed": Situation(
        (*HANDED, "title_registered", "proceeds_distributed"), Stage.DELIVERED, FILED | {"result_annulled"}
    ),
    "annulled after delivery": Situation((*HANDED, "result_annulled"), Stage.AWAITING_ROUND, AWAITING_ROUND),
    "suspended before appraisal": Situation(
        ("seized", "suspended"), Stage.SUSPENDED, (VALUED - {"parties_notified"}) | LEAVING | {"resumed"}
    ),
    "suspended before a round": Situation(
        (*APPRAISED, "suspended"), Stage.SUSPENDED, VALUED | LEAVING | {"resumed"}
    ),
    "suspended with a round announced": Situation(
        (*ROUND, "suspended"),
        Stage.SUSPENDED,
        VALUED | {"resumed", "redeemed", "released", "round_postponed", "round_cancelled"},
    ),
    "suspended after a failure": Situation(
        (*FAILED, "suspended"), Stage.SUSPENDED, VALUED | LEAVING | {"resumed"}
    ),
    "suspended when won": Situation(
        (*HAMMER, "suspended"), Stage.SUSPENDED, VALUED | {"resumed", "result_annulled"}
    ),
    "suspended when paid": Situation(
        (*BOUGHT, "suspended"), Stage.SUSPENDED, VALUED | {"resumed", "result_annulled"}
    ),
    "resumed": Situation((*ROUND, "suspended", "resumed"), Stage.ANNOUNCED, ANNOUNCED),
    "redeemed": Situation((*ROUND, "redeemed"), Stage.REDEEMED, FILED),
    "returned": Situation((*FAILED, "returned_to_debtor"), Stage.RETURNED, FILED),
    "released": Situation(("seized", "suspended", "released"), Stage.RELEASED, FILED),
    "split": Situation(("seized", "split"), Stage.SPLIT, FILED),
    "split while suspended": Situation((*FAILED, "suspended", "split"), Stage.SPLIT, FILED),
    "merged": Situation((*FAILED, "merged"), Stage.MERGED, FILED),
    "a document after an exit": Situation((*APPRAISED, "merged", "document_filed"), Stage.MERGED, FILED),
    "pre-emption offered": Situation(ASKED, Stage.AWAITING_ROUND, AWAITING_ROUND | {"preemption_answered"}),
    "pre-emption offered after a failure": Situation(
        (*FAILED, "preemption_offered"),
        Stage.AWAITING_REDUCTION,
        AWAITING_REDUCTION | {"preemption_answered"},
    ),
    "pre-emption open while announced": Situation(
        (*ASKED, "round_announced"), Stage.ANNOUNCED, ANNOUNCED | {"preemption_answered"}
    ),
    "pre-emption open when won": Situation(
        (*ASKED, "round_announced", "round_won"), Stage.WON, WON | {"preemption_answered"}
    ),
    "pre-emption fallen with the failure": Situation(
        (*ASKED, "round_announced", "round_failed"), Stage.AWAITING_REDUCTION, AWAITING_REDUCTION
    ),
    "pre-emption accepted": Situation(CO_OWNERS, Stage.WON, PREEMPTED),
    "pre-emption accepted and refused": Situation(
        (*CO_OWNERS, "preemption_answered"), Stage.AWAITING_ROUND, AWAITING_ROUND
    ),
    "pre-emption refused while announced": Situation(
        (*ASKED, "round_announced", "preemption_answered"), Stage.ANNOUNCED, ANNOUNCED
    ),
    "suspended when pre-empted": Situation((*CO_OWNERS, "suspended"), Stage.SUSPENDED, VALUED | {"resumed"}),
    "pre-emption paid": Situation((*CO_OWNERS, "sale_paid"), Stage.PAID, PAID - {"result_annulled"}),
    "pre-emption delivered": Situation(
        (*CO_OWNERS, "sale_paid", "delivered"),
        Stage.DELIVERED,
        FILED | {"title_registered", "proceeds_distributed"},
    ),
}
