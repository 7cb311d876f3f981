"""Strikes that wait for a second person: kept beside the log, which alone tells which were approved."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Json


class Proposed(NamedTuple):
    """What is proposed, on which version of which file, and by whom; entries as JSON but for who approves."""

    proposal_id: UUID
    asset_id: UUID
    office: str
    version: int
    as_found: bool
    entries: list[dict[str, Any]]
    proposed_by: str
    role: str


class Proposal(NamedTuple):
    """The same as it is kept, by which command it is recorded, and what has become of it."""

    proposed: Proposed
    command_id: UUID
    become: dict[str, Any]

    def told(self) -> dict[str, Any]:
        """Return what is told of it; the command's id is not, so that nobody uses it for something else."""
        return self.proposed._asdict() | self.become


_BECOME = (
    *("asset_ref", "proposed_at", "state", "approved_by", "approved_at", "positions"),
    *("dropped_by", "dropped_at", "reason"),
)
_COLUMNS = ", ".join((*Proposed._fields, "command_id", *_BECOME))
_KEPT = """SELECT kept.*,
        (SELECT auctions.readable(payload) ->> 'asset_ref' FROM auctions.events
            WHERE stream_id = asset_id AND entry_no = 1) AS asset_ref,
        ARRAY(SELECT generate_series(first, first + json_array_length(entries) - 1)) AS positions,
        CASE WHEN first IS NOT NULL THEN 'approved'
            WHEN dropped_by = proposed_by THEN 'withdrawn'
            WHEN dropped_by IS NOT NULL THEN 'refused'
            WHEN (SELECT max(entry_no) FROM auctions.events WHERE stream_id = asset_id) > version THEN 'stale'
            ELSE 'open' END AS state
    FROM auctions.strike_proposals AS kept
        CROSS JOIN LATERAL (SELECT (SELECT position FROM auctions.events AS recorded
            WHERE recorded.command_id = kept.command_id) AS first) AS log"""
_SEEN = "(%(office)s::text IS NULL OR office = %(office)s)"
FIND = f"SELECT {_COLUMNS} FROM ({_KEPT} WHERE proposal_id = %(proposal_id)s AND {_SEEN}) AS found"  # noqa: S608 - names are constants here
"""A proposal, of one office alone where one is named."""
LIST = f"""SELECT {_COLUMNS} FROM ({_KEPT} WHERE {_SEEN}) AS found
    WHERE state = %(state)s AND (%(proposed_at)s::timestamptz IS NULL
        OR (proposed_at, proposal_id) < (%(proposed_at)s, %(proposal_id)s::uuid))
    ORDER BY proposed_at DESC, proposal_id DESC LIMIT %(limit)s"""  # noqa: S608 - names are constants here
"""A page of the proposals in a state, the newest first."""
KEEP = f"""INSERT INTO auctions.strike_proposals ({", ".join(Proposed._fields)})
    VALUES ({", ".join(f"%({field})s" for field in Proposed._fields)})
    ON CONFLICT (proposal_id) DO NOTHING"""  # noqa: S608 - names are constants here
APPROVE = """UPDATE auctions.strike_proposals
    SET approved_by = coalesce(approved_by, %(by)s), approved_at = coalesce(approved_at, now())
    WHERE proposal_id = %(proposal_id)s AND dropped_by IS NULL RETURNING approved_by"""
"""Tells who has approved: it may be that somebody had before."""
UNAPPROVE = """UPDATE auctions.strike_proposals SET approved_by = NULL, approved_at = NULL
    WHERE proposal_id = %(proposal_id)s"""
DROP = """UPDATE auctions.strike_proposals SET dropped_by = %(by)s, dropped_at = now(), reason = %(reason)s
    WHERE proposal_id = %(proposal_id)s AND approved_by IS NULL AND dropped_by IS NULL"""


def kept(proposed: Proposed) -> dict[str, Any]:
    """Return what KEEP takes."""
    return proposed._asdict() | {"entries": Json(proposed.entries)}


def proposal(row: Sequence[Any]) -> Proposal:
    """Return what FIND or LIST told of a proposal."""
    own = len(Proposed._fields)
    return Proposal(Proposed(*row[:own]), row[own], dict(zip(_BECOME, row[own + 1 :], strict=True)))
