"""An example of every command's body, as the description of the API shows it."""

from typing import Any

_VALUE, _REDUCED = 4_000_000_000, 3_600_000_000

EXAMPLES: dict[str, dict[str, Any]] = {
    "seized": {
        "on": "2026-01-05",
        "asset_ref": "TS-2026-17",
        "office": "BDI-KV1",
        "kind": "vessel",
        "province": "Bình Định",
        "attributes": {"vessel_no": "BĐ-99144-TS"},
    },
    "surveyed": {"on": "2026-01-12", "condition": "afloat, engine seized up", "missing": ["net winch"]},
    "cost_accrued": {"on": "2026-01-31", "amount": 2_500_000, "what": "custody"},
    "appraised": {"on": "2026-02-09", "value": _VALUE, "method": "appraiser", "certificate_no": "CT-118"},
    "appraisal_contracted": {"on": "2026-01-09", "appraiser": "APPRAISER-4", "contract_no": "HĐ-31"},
    "reappraisal_requested": {"on": "2026-02-12", "by": "DEBTOR-17", "prepaid": 8_000_000},
    "parties_notified": {"on": "2026-02-11", "of": "appraisal"},
    "preemption_offered": {"on": "2026-02-16", "price": _VALUE, "until": "2026-03-16"},
    "preemption_answered": {"on": "2026-03-10", "accepted": False},
    "auction_contracted": {"on": "2026-02-18", "organisation": "AUCTIONEER-2", "contract_no": "HĐ-52"},
    "round_announced": {
        "on": "2026-02-23",
        "round_no": 1,
        "starting_price": _VALUE,
        "auction_at": "2026-03-25T09:00:00+07:00",
        "posted_on": "2026-02-23",
    },
    "round_postponed": {"on": "2026-03-20", "round_no": 1, "auction_at": "2026-04-02T09:00:00+07:00"},
    "round_cancelled": {"on": "2026-03-20", "round_no": 1, "reason": "storm"},
    "round_failed": {"on": "2026-03-25", "round_no": 1, "reason": "no_registrant"},
    "round_won": {"on": "2026-03-25", "round_no": 1, "price": 4_150_000_000, "winner_ref": "WINNER-3"},
    "winner_defaulted": {"on": "2026-04-27", "round_no": 1, "deposit_kept": 400_000_000},
    "result_annulled": {"on": "2026-04-27", "round_no": 1, "reason": "notice not posted"},
    "price_reduced": {"on": "2026-04-06", "to_price": _REDUCED, "decided_by": "officer", "basis": "QĐ 17"},
    "in_lieu_offered": {"on": "2026-08-03", "until": "2026-08-13"},
    "in_lieu_answered": {"on": "2026-08-10", "accepted": True},
    "taken_in_lieu": {"on": "2026-09-14", "price": _REDUCED},
    "redeemed": {"on": "2026-03-20", "paid": _VALUE},
    "sale_paid": {"on": "2026-04-20", "amount": 4_150_000_000},
    "delivered": {"on": "2026-05-11", "to_ref": "WINNER-3"},
    "title_registered": {"on": "2026-06-01", "reference": "ĐK-77"},
    "proceeds_distributed": {"on": "2026-05-20", "shares": {"CREDITOR-2": _VALUE}},
    "suspended": {"on": "2026-03-02", "reason": "complaint"},
    "resumed": {"on": "2026-03-30", "reason": "complaint refused"},
    "returned_to_debtor": {"on": "2026-09-14", "reason": "the price has fallen to the costs"},
    "released": {"on": "2026-03-20", "reason": "the debt is paid"},
    "transferred": {"on": "2026-07-01", "to_office": "GLA-KV2", "reason": "reorganisation"},
    "identified": {"on": "2026-01-14", "alias": {"scheme": "certificate_no", "value": "CN 118822"}},
    "split": {"on": "2026-02-02", "into": ["TS-2026-17/1", "TS-2026-17/2"]},
    "merged": {"on": "2026-02-02", "into": "TS-2026-16"},
    "document_filed": {"on": "2026-01-05", "sha256": "0123456789abcdef" * 4, "name": "bien-ban-17.pdf"},
    "entry_struck": {
        "on": "2026-03-30",
        "entry_no": 9,
        "basis": "BB-9",
        "reason": "another asset's page",
        "approved_by": "SUPERVISOR-1",
    },
}
TOGETHER = {
    "entries": [
        {"entry": "appraised", **EXAMPLES["appraised"]},
        {"entry": "parties_notified", **EXAMPLES["parties_notified"]},
    ]
}
"""An appraisal and the notice of it."""
_STRUCK = {field: value for field, value in EXAMPLES["entry_struck"].items() if field != "approved_by"}
PROPOSAL = {
    "entries": [
        {"entry": "entry_struck", **_STRUCK},
        {"entry": "price_reduced", **EXAMPLES["price_reduced"]},
    ]
}
"""A strike and what is entered anew, before it is approved."""
_FAILED = {"entry": "round_failed", **EXAMPLES["round_failed"]}
LOT = {
    "entries": [
        {"asset_id": "8c2f1a52-6c1e-5d0a-9d52-0a1f6f1b7c11", **_FAILED},
        {"asset_id": "0f0c9a34-1f2e-5b6d-8a57-3f3f5f1d2e42", **_FAILED},
    ]
}
"""A round that found no buyer for any asset of its lot."""
CLOSE = {"quarter": "2025-Q3", "basis": "BB 12/BB-THADS"}
"""The close of a quarter, with the number of its minutes."""
PERSON = {"name": "Nguyễn Văn Mẫu", "identity_no": "001099000001", "contact": "Quy Nhơn, Bình Định"}
"""A specimen of a person; nobody bears it."""
