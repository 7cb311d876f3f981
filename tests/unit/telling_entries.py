"""Entries of assets as the log keeps them, chained one on the other, by the layout of the specification."""

import json
from struct import pack
from uuid import UUID

from tests.unit.rfc6962 import Slow

BY = {"actor": "COORDINATOR-1", "office": "KV-3", "role": "coordinator"}
NOON = 1_735_707_600_000_000
"""Noon of the first of January 2025 in Vietnam, in microseconds."""
DAY = 86_400_000_000


class Log:
    """A log as it grows; each day one entry."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self._last: dict[UUID, tuple[int, bytes]] = {}

    def add(
        self, asset_id: UUID, name: str, on: str, *, by: dict[str, str] | None = None, **fields: object
    ) -> bytes:
        number, prev = self._last.get(asset_id, (0, bytes(32)))
        payload = {"on": on, **fields}
        parts = (
            f"asset.{name}".encode(),
            json.dumps(BY | {"command_id": str(len(self.entries))} | (by or {})).encode(),
            json.dumps(payload).encode(),
        )
        behind = b"".join(pack(">I", len(part)) + part for part in parts)
        moment = pack(">q", NOON + DAY * len(self.entries))
        content = b"auctions-entry-1" + asset_id.bytes + pack(">i", number + 1) + prev + moment + behind
        self._last[asset_id] = number + 1, Slow([content]).mth(0, 1)
        self.entries.append(content)
        return content


def vessel(log: Log, asset_id: UUID) -> None:
    """A vessel whose price is cut once, after a round that failed."""
    log.add(asset_id, "seized", "2025-01-01", asset_ref="TS-1", office="KV-3", kind="vessel")
    log.add(asset_id, "appraised", "2025-01-02", value=1_000, method="appraiser")
    log.add(asset_id, "round_announced", "2025-01-03", round_no=1, starting_price=1_000)
    log.add(asset_id, "round_failed", "2025-01-04", round_no=1, reason="no_registrant")
    log.add(asset_id, "price_reduced", "2025-01-05", to_price=900, decided_by="officer")
