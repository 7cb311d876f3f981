"""The people of an office who propose and approve strikes in the file of the land."""

from typing import Any

import psycopg
from httpx2 import Response
from starlette.testclient import TestClient

from api.models_of_strikes import StrikeProposal, StrikeProposalPage
from tests.web.keys import Headers, held
from tests.web.register import OFFICE
from tests.web.test_commands import AT, FILE, STRUCK, posted
from tests.web.test_problems import told

STRIKE = {"entry": "entry_struck", **{name: STRUCK[name] for name in ("on", "entry_no", "basis", "reason")}}
ANEW = {"entry": "round_announced", "on": "2025-01-24", "round_no": 3, "starting_price": 855_000_000}
CORRECTION = {"entries": [STRIKE, ANEW]}
PATH = "/v1/strike-proposals"
WHY = {"reason": "the minutes say so"}
LOWER = [
    STRIKE,
    STRIKE | {"entry_no": 8},
    {"entry": "price_reduced", "on": "2025-01-22", "to_price": 820_000_000, "decided_by": "officer"},
]
"""The round is struck, and the reduction before it entered anew: by 8.9 % instead of 5."""


class Office:
    """The people of an office at a service, and what they do."""

    def __init__(self, client: TestClient, url: str, office: str = OFFICE) -> None:
        self.web, self.url = client, url
        self.coordinator = held(url, "coordinator", office, "COORDINATOR-1")
        self.colleague = held(url, "coordinator", office, "COORDINATOR-2")
        self.supervisor = held(url, "supervisor", office, "SUPERVISOR-1")
        self.deputy = held(url, "supervisor", office, "SUPERVISOR-2")

    def proposes(
        self,
        by: Headers | None = None,
        body: object = CORRECTION,
        *headers: Headers,
        key: str = "",
        ask: str = "",
    ) -> Response:
        path = f"/{FILE}/strike-proposals{ask}"
        return posted(self.web, path, body, by or self.coordinator, AT, *headers, key=key or None)

    def proposed(self, body: object = CORRECTION, ask: str = "") -> str:
        """The id of what the coordinator has proposed."""
        return str(proposal(self.proposes(body=body, ask=ask)).proposal_id)

    def approves(self, proposal_id: str, by: Headers | None = None) -> Response:
        answer: Response = self.web.post(f"{PATH}/{proposal_id}/approval", headers=by or self.supervisor)
        return answer

    def drops(self, proposal_id: str, by: Headers | None = None) -> Response:
        answer: Response = self.web.delete(
            f"{PATH}/{proposal_id}", params=WHY, headers=by or self.coordinator
        )
        return answer

    def shown(self, proposal_id: str, by: Headers | None = None) -> StrikeProposal:
        return proposal(self.web.get(f"{PATH}/{proposal_id}", headers=by or self.coordinator))

    def listed(self, by: Headers | None = None, **asked: Any) -> list[str]:  # noqa: ANN401 - any parameter
        answer = self.web.get(PATH, params=asked, headers=by or self.supervisor)
        page = StrikeProposalPage.model_validate_json(answer.content, strict=True)
        return [str(each.proposal_id) for each in page.items]

    def file(self) -> list[dict[str, Any]]:
        """The entries of the file."""
        history = self.web.get(f"/v1/assets/{FILE}/history", headers=self.supervisor)
        entries: list[dict[str, Any]] = history.json()["entries"]
        return entries


def proposal(answer: Response) -> StrikeProposal:
    assert answer.is_success, answer.text
    return StrikeProposal.model_validate_json(answer.content, strict=True)


def code(answer: Response) -> str:
    return told(answer).code


def cut_off(url: str, proposal_id: str) -> None:
    """Leave a proposal as a service does that ends when it has kept who approves and recorded nothing."""
    with psycopg.connect(url, autocommit=True) as own:
        query = """UPDATE auctions.strike_proposals SET approved_by = 'SUPERVISOR-1', approved_at = now()
            WHERE proposal_id = %s"""
        assert own.execute(query, [proposal_id]).rowcount == 1
