"""Strikes by the client: proposed by one person, approved by another."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from api.client.commands import at, listed
from api.client.service import Asking, once
from api.models_of_recording import Recorded
from api.models_of_strikes import State, Strike, StrikeProposal, StrikeProposalPage
from auctions.domain.asset.events import AssetEntry

_PATH = "/v1/strike-proposals"


class Strikes(Asking):
    """What coordinators and supervisors propose to strike, and what becomes of it."""

    def propose_strike(
        self,
        entries: Sequence[Strike | AssetEntry],
        *,
        asset_id: UUID,
        version: int,
        as_found: bool = False,
        command_id: UUID | None = None,
    ) -> StrikeProposal:
        """Propose to strike entries of a file, with what is entered anew. Raises ServiceError.

        Under the same `command_id` it is the same proposal.
        """
        path, asked = f"/v1/assets/{asset_id}/strike-proposals", {"as_found": as_found}
        headers = at(version) | once(command_id)
        return self._service.done(StrikeProposal, "POST", path, asked, json=listed(entries), headers=headers)

    def strike_proposals(self, state: State = "open") -> Iterator[StrikeProposal]:
        """Return proposals of the own office, the newest first; auditors see all. Raises ServiceError."""
        pages = self._service.pages(StrikeProposalPage, _PATH, {"state": state})
        return (proposal for page in pages for proposal in page.items)

    def strike_proposal(self, proposal_id: UUID) -> StrikeProposal:
        """Return a proposal as it stands now. Raises ServiceError."""
        return self._service.told(StrikeProposal, f"{_PATH}/{proposal_id}", {})

    def approve_strike(self, proposal_id: UUID) -> Recorded:
        """Approve what another person proposed, which records it, once. Raises ServiceError."""
        return self._service.done(Recorded, "POST", f"{_PATH}/{proposal_id}/approval", {})

    def drop_strike_proposal(self, proposal_id: UUID, reason: str) -> StrikeProposal:
        """Withdraw a proposal of one's own, or refuse another's as a supervisor. Raises ServiceError."""
        return self._service.done(StrikeProposal, "DELETE", f"{_PATH}/{proposal_id}", {"reason": reason})
