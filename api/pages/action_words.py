"""What comes next in a file, in words: what is done, and by whom."""

from api.icalendar_file import DOERS
from api.languages import Language
from auctions.domain.asset.next_actions import ACTIONS

_ENGLISH = {
    "contract_appraisal": "give the valuation to an appraiser by contract",
    "appraise": "value the asset",
    "notify_appraisal": "tell the parties the result of the valuation",
    "reappraise": "value the asset anew",
    "offer_preemption": "ask the co-owners whether they buy",
    "answer_preemption": "answer whether they buy",
    "contract_auction": "give the auction to an organisation by contract",
    "announce": "announce and post a round",
    "hold": "hold the auction",
    "report_result": "report the result of the auction",
    "postpone": "put off or call off the auction",
    "redeem": "pay in full and take the asset back",
    "notify_failure": "tell the parties that the round failed",
    "agree_reduction": "agree on a reduction of the price",
    "reduce_price": "decide a reduction of the price",
    "return_to_debtor": "hand the asset back to the debtor to manage",
    "ask_creditor": "ask the creditor whether to take the asset in lieu of payment",
    "answer_in_lieu": "answer whether to take the asset in lieu of payment",
    "notify_debtor": "tell the debtor that the creditor takes the asset",
    "give_in_lieu": "give the asset to the creditor",
    "pay": "pay for the asset",
    "deliver": "hand the asset over",
    "distribute": "distribute the proceeds",
    "register_title": "register the transfer of title",
    "resume": "go on with processing",
}
_DOERS = {
    "officer": "the enforcement officer",
    "appraiser": "the appraiser",
    "organisation": "the auction organisation",
    "parties": "the parties",
    "creditor": "the creditor",
    "debtor": "the debtor",
    "co_owners": "the co-owners",
    "buyer": "the buyer",
}


def action(name: str, language: Language) -> str:
    """Return what an action is called."""
    return ACTIONS[name] if language == "vi" else _ENGLISH[name]


def doer(name: str, language: Language) -> str:
    """Return what somebody who acts in a file is called."""
    return DOERS[name] if language == "vi" else _DOERS[name]
