"""Files, and what comes next in each: days worked out by hand, some across Tet and across 30 June 2026."""

from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import ACCEPTED, CREDITOR_ASKED, REFUSED, failed
from tests.unit.rows_law_of_2025 import since_july
from tests.unit.rules_table import Life, at

Told = tuple[str, str, str, str | None, str | None, str | None]
"""An action, by whom, must or may, not before which day, by which day, from which rule."""

SEIZED = at("2024-06-03", "seized", kind="land")
SOLE = (at("2024-01-02", "seized"), at("2024-01-02", "appraised"))
SHIP = at("2024-06-03", "seized", kind="vessel")
SHARED = at("2024-06-03", "seized", kind="land", co_owned=True)
VALUED = at("2024-06-03", "appraised")
TOLD = at("2024-06-03", "parties_notified", of="appraisal")
CONTRACTED = at("2024-06-04", "auction_contracted")
ASKED = at("2024-06-04", "preemption_offered", until="2024-09-04")
ROUND = at("2024-06-04", "round_announced", round_no=1, starting_price=PRICE, auction_at="2024-06-26")
WITHOUT_A_DAY = at("2024-06-04", "round_announced", round_no=1, starting_price=PRICE)
LOST = at("2024-06-26", "round_failed", round_no=1)
TOLD_OF_FAILURE = at("2024-07-01", "parties_notified", of="failure")
WON = at("2024-06-26", "round_won", round_no=1)
PAID = at("2024-07-01", "sale_paid")
DELIVERED = at("2024-07-02", "delivered")
DISTRIBUTED = at("2024-07-02", "proceeds_distributed")
COSTS = at("2024-06-03", "cost_accrued", amount=PRICE)
TOLD_OF_IN_LIEU = at("2024-06-03", "parties_notified", of="in_lieu")
TOLD_TWICE = at("2024-06-03", "parties_notified", of="failure")
SUSPENDED = at("2024-06-05", "suspended", until="2024-08-05")

CONTRACT_AUCTION: Told = ("contract_auction", "officer", "must", None, "2024-06-13", "AUC-01")
ANNOUNCE: Told = ("announce", "officer", "must", None, None, None)
NOTIFY_APPRAISAL: Told = ("notify_appraisal", "officer", "must", None, None, None)
HOLD: Told = ("hold", "organisation", "must", None, "2024-06-26", None)
REPORT: Told = ("report_result", "organisation", "must", None, "2024-06-27", "LDG-12")
REDEEM: Told = ("redeem", "debtor", "may", None, "2024-06-25", "RED-01")
CUT_NOW: Told = ("reduce_price", "officer", "must", "2024-05-31", None, None)
PAY: Told = ("pay", "buyer", "must", None, "2024-07-26", "PAY-01")
DELIVER: Told = ("deliver", "officer", "must", None, "2024-08-30", "DEL-01")
DISTRIBUTE: Told = ("distribute", "officer", "must", None, "2024-07-12", "DIST-01")
REGISTER: Told = ("register_title", "buyer", "must", None, None, None)
ASK: Told = ("ask_creditor", "officer", "must", None, None, "FAIL-04")

DEFAULTED = (SHARED, VALUED, CONTRACTED, ROUND, WON, at("2024-07-29", "winner_defaulted", round_no=1))
ASKED_ANEW = at("2024-08-05", "preemption_offered", until="2024-11-05")

NEXT: dict[str, tuple[Life, list[Told]]] = {
    "seized": (
        (SEIZED,),
        [("contract_appraisal", "officer", "must", None, "2024-06-10", "VAL-01")],
    ),
    "seized before Tet": (
        (at("2025-01-22", "seized"),),
        [("contract_appraisal", "officer", "must", None, "2025-02-05", "VAL-01")],
    ),
    "seized under the new law": (
        (at("2026-07-06", "seized"),),
        [("contract_appraisal", "officer", "must", None, None, None)],
    ),
    "given to an appraiser": (
        (SEIZED, at("2024-06-04", "appraisal_contracted")),
        [("appraise", "appraiser", "must", None, None, None)],
    ),
    "appraised": ((SEIZED, VALUED), [NOTIFY_APPRAISAL, CONTRACT_AUCTION, ANNOUNCE]),
    "appraised under the new law": (
        (at("2026-07-01", "seized"), at("2026-07-06", "appraised")),
        [
            ("notify_appraisal", "officer", "must", None, "2026-07-09", "N-VAL-03"),
            ("contract_auction", "officer", "must", None, None, None),
            ANNOUNCE,
        ],
    ),
    "the parties are told": ((SEIZED, VALUED, TOLD), [CONTRACT_AUCTION, ANNOUNCE]),
    "a reappraisal is asked for": (
        (SEIZED, VALUED, TOLD, at("2024-06-04", "reappraisal_requested")),
        [("reappraise", "officer", "must", None, None, None), CONTRACT_AUCTION, ANNOUNCE],
    ),
    "co-owned": (
        (SHARED, VALUED, TOLD),
        [("offer_preemption", "officer", "must", None, None, None), CONTRACT_AUCTION, ANNOUNCE],
    ),
    "co-owned under the new law": (
        (
            at("2026-07-06", "seized", co_owned=True),
            at("2026-07-06", "appraised"),
            at("2026-07-06", "parties_notified"),
            at("2026-07-06", "auction_contracted"),
        ),
        [("offer_preemption", "officer", "must", None, "2026-07-13", "N-CO-01.notice"), ANNOUNCE],
    ),
    "co-owners are asked": (
        (SHARED, VALUED, TOLD, ASKED),
        [
            ("answer_preemption", "co_owners", "may", None, "2024-09-04", None),
            CONTRACT_AUCTION,
            ANNOUNCE,
        ],
    ),
    "co-owners refused": (
        (SHARED, VALUED, TOLD, ASKED, at("2024-06-05", "preemption_answered", accepted=False)),
        [CONTRACT_AUCTION, ANNOUNCE],
    ),
    "an auction of real estate is contracted": (
        (SEIZED, VALUED, TOLD, CONTRACTED),
        [("announce", "officer", "must", None, "2024-07-04", "LDG-01.real_estate")],
    ),
    "an auction of a movable is contracted": (
        (SHIP, VALUED, TOLD, CONTRACTED),
        [("announce", "officer", "must", None, "2024-06-25", "LDG-01.movable")],
    ),
    "an auction of a cheap movable is contracted": (
        (SHIP, at("2024-06-03", "appraised", value=40_000_000), TOLD, CONTRACTED),
        [("announce", "officer", "must", None, "2024-07-01", "LDG-13.movable")],
    ),
    "an auction contracted before there was a rule of posting": (
        (
            at("2016-01-04", "seized"),
            at("2016-01-04", "appraised"),
            at("2016-01-04", "parties_notified"),
            at("2016-01-04", "auction_contracted"),
        ),
        [("announce", "officer", "must", None, "2016-02-18", "AUC-02.real_estate")],
    ),
    "announced": ((SEIZED, VALUED, TOLD, ROUND), [HOLD, REPORT, REDEEM]),
    "announced without a day": (
        (SEIZED, VALUED, TOLD, WITHOUT_A_DAY),
        [
            ("hold", "organisation", "must", None, None, None),
            ("report_result", "organisation", "must", None, None, None),
            ("redeem", "debtor", "may", None, None, None),
        ],
    ),
    "announced while co-owners are asked": (
        (SHARED, VALUED, TOLD, ASKED, ROUND),
        [HOLD, REPORT, REDEEM, ("answer_preemption", "co_owners", "may", None, "2024-09-04", None)],
    ),
    "announced of a co-owned asset": ((SHARED, VALUED, TOLD, ROUND), [HOLD, REPORT, REDEEM]),
    "called off": (
        (SEIZED, VALUED, ROUND, at("2024-06-05", "round_cancelled", round_no=1)),
        [("contract_auction", "officer", "must", None, None, None), ANNOUNCE],
    ),
    "failed for the first time": (
        (SEIZED, VALUED, TOLD, ROUND, LOST),
        [
            ("notify_failure", "officer", "must", None, "2024-07-03", "FAIL-01"),
            ("agree_reduction", "parties", "may", None, "2024-07-08", None),
            ("reduce_price", "officer", "must", "2024-07-09", None, None),
        ],
    ),
    "the parties are told of the failure": (
        (SEIZED, VALUED, TOLD, ROUND, LOST, TOLD_OF_FAILURE),
        [
            ("agree_reduction", "parties", "may", None, "2024-07-11", None),
            ("reduce_price", "officer", "must", "2024-07-12", None, None),
        ],
    ),
    "failed for the first time under the new law": (
        since_july(failed(1, "2024-06-03")),
        [
            ("notify_failure", "officer", "must", None, "2026-07-08", "N-FAIL-01"),
            ("offer_preemption", "officer", "must", None, None, None),
            ("reduce_price", "officer", "must", "2026-07-06", None, None),
        ],
    ),
    "failed again": (
        (*failed(2, of=SOLE),),
        [("notify_failure", "officer", "must", None, None, None), CUT_NOW],
    ),
    "failed after two reductions": (
        (*failed(3, of=SOLE), TOLD_TWICE),
        [ASK, CUT_NOW],
    ),
    "failed after two reductions, the value below the costs": (
        (*failed(3, of=SOLE), TOLD_TWICE, COSTS),
        [ASK, CUT_NOW, ("return_to_debtor", "officer", "may", None, None, "FAIL-07")],
    ),
    "failed, the value above the costs": (
        (
            *failed(2, of=SOLE),
            TOLD_TWICE,
            at("2024-06-03", "cost_accrued", amount=1),
        ),
        [CUT_NOW],
    ),
    "a reappraisal is asked for after the failure": (
        (
            *failed(2, of=SOLE),
            TOLD_TWICE,
            at("2024-06-03", "reappraisal_requested"),
        ),
        [("reappraise", "officer", "must", None, None, None), CUT_NOW],
    ),
    "the creditor is asked": (
        (
            *failed(3, of=SOLE),
            TOLD_TWICE,
            at("2024-06-03", "in_lieu_offered"),
        ),
        [
            ("answer_in_lieu", "creditor", "may", None, "2024-06-13", "FAIL-04.answer"),
            ("reduce_price", "officer", "must", "2024-06-14", None, None),
        ],
    ),
    "the creditor is asked until a day": (
        (
            *failed(3, of=SOLE),
            TOLD_TWICE,
            at("2024-06-03", "in_lieu_offered", until="2024-06-12"),
        ),
        [
            ("answer_in_lieu", "creditor", "may", None, "2024-06-12", "FAIL-04.answer"),
            ("reduce_price", "officer", "must", "2024-06-14", None, None),
        ],
    ),
    "the creditor is asked before the parties are told": (
        (*failed(3, of=SOLE), at("2024-06-03", "in_lieu_offered")),
        [
            ("answer_in_lieu", "creditor", "may", None, "2024-06-13", "FAIL-04.answer"),
            ("reduce_price", "officer", "must", "2024-06-14", None, None),
        ],
    ),
    "the creditor refused before the parties are told": (
        (*failed(3, of=SOLE), CREDITOR_ASKED, REFUSED),
        [CUT_NOW],
    ),
    "the creditor accepted before the parties are told": (
        (*failed(3, of=SOLE), CREDITOR_ASKED, ACCEPTED, TOLD_OF_IN_LIEU),
        [
            ("redeem", "debtor", "may", None, "2024-07-03", None),
            ("give_in_lieu", "officer", "must", "2024-07-04", None, None),
        ],
    ),
    "defaulted after a contract and a pre-emption bought later": (
        (*DEFAULTED, ASKED_ANEW, at("2024-08-06", "preemption_answered", accepted=True)),
        [("pay", "co_owners", "must", None, None, None)],
    ),
    "annulled after a contract": (
        (
            *(SEIZED, VALUED, CONTRACTED, ROUND, WON, PAID, DELIVERED),
            at("2024-08-01", "result_annulled", round_no=1),
        ),
        [("contract_auction", "officer", "must", None, None, None), ANNOUNCE],
    ),
    "the creditor refused": (
        (
            *failed(3, of=SOLE),
            CREDITOR_ASKED,
            REFUSED,
            TOLD_TWICE,
        ),
        [CUT_NOW],
    ),
    "the creditor accepted": (
        (
            *failed(3, of=SOLE),
            CREDITOR_ASKED,
            ACCEPTED,
            TOLD_TWICE,
        ),
        [
            ("notify_debtor", "officer", "must", None, None, None),
            ("redeem", "debtor", "may", None, "2024-07-01", None),
            ("give_in_lieu", "officer", "must", "2024-07-02", None, None),
        ],
    ),
    "the debtor is told that the creditor accepted": (
        (
            *failed(3, of=SOLE),
            CREDITOR_ASKED,
            ACCEPTED,
            TOLD_TWICE,
            TOLD_OF_IN_LIEU,
        ),
        [
            ("redeem", "debtor", "may", None, "2024-07-03", None),
            ("give_in_lieu", "officer", "must", "2024-07-04", None, None),
        ],
    ),
    "the creditor accepted under the new law": (
        since_july((*failed(3, of=SOLE), CREDITOR_ASKED, ACCEPTED, TOLD_TWICE)),
        [
            ("notify_debtor", "officer", "must", None, "2026-07-08", "N-FAIL-02.notice"),
            ("redeem", "debtor", "may", None, "2026-07-10", None),
            ("give_in_lieu", "officer", "must", "2026-07-11", None, None),
        ],
    ),
    "won": ((SEIZED, VALUED, ROUND, WON), [PAY]),
    "won under the new law": (
        since_july((SEIZED, VALUED, WITHOUT_A_DAY, at("2024-06-04", "round_won", round_no=1))),
        [("pay", "buyer", "must", None, "2026-08-06", "N-PAY-01.usual")],
    ),
    "bought by co-owners": (
        (SHARED, VALUED, ASKED, at("2024-06-05", "preemption_answered", accepted=True)),
        [("pay", "co_owners", "must", None, None, None)],
    ),
    "paid": (
        (SEIZED, VALUED, ROUND, WON, PAID),
        [DELIVER, ("distribute", "officer", "must", None, None, None)],
    ),
    "paid and distributed": ((SEIZED, VALUED, ROUND, WON, PAID, DISTRIBUTED), [DELIVER]),
    "delivered": ((SEIZED, VALUED, ROUND, WON, PAID, DELIVERED), [DISTRIBUTE, REGISTER]),
    "delivered and registered": (
        (SEIZED, VALUED, ROUND, WON, PAID, DELIVERED, at("2024-07-03", "title_registered")),
        [DISTRIBUTE],
    ),
    "delivered and distributed": ((SEIZED, VALUED, ROUND, WON, PAID, DELIVERED, DISTRIBUTED), [REGISTER]),
    "delivered under the new law": (
        since_july((SEIZED, VALUED, ROUND, WON, PAID, DELIVERED, DISTRIBUTED)),
        [("register_title", "buyer", "must", None, "2026-08-14", "N-DEL-01.registration")],
    ),
    "taken in lieu under the new law": (
        since_july((*failed(3), CREDITOR_ASKED, ACCEPTED, at("2024-06-03", "taken_in_lieu"))),
        [
            ("deliver", "officer", "must", None, "2026-09-04", "N-DEL-01"),
            ("distribute", "officer", "must", None, None, None),
        ],
    ),
    "suspended": (
        (SEIZED, VALUED, SUSPENDED),
        [("resume", "officer", "must", None, "2024-08-05", None)],
    ),
    "suspended while announced": (
        (SEIZED, VALUED, ROUND, SUSPENDED),
        [
            ("resume", "officer", "must", None, "2024-08-05", None),
            ("postpone", "officer", "must", None, "2024-06-26", None),
        ],
    ),
    "suspended while announced without a day": (
        (SEIZED, VALUED, WITHOUT_A_DAY, at("2024-06-05", "suspended")),
        [
            ("resume", "officer", "must", None, None, None),
            ("postpone", "officer", "must", None, None, None),
        ],
    ),
    "suspended when won": (
        (SEIZED, VALUED, ROUND, WON, at("2024-06-27", "suspended")),
        [("resume", "officer", "must", None, None, None)],
    ),
}
