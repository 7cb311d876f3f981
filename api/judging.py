"""What is not to be recorded yet, judged as it would be recorded now."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from api.recording import Given, Recording
from auctions.application.recording import Actor, Asked, OfficeLaws, Outcome, decide, load
from auctions.domain.asset.events import AssetEntry
from auctions.store.mapper import LineMapper, lines_of
from auctions.store.port import Store


class Judging(Recording):
    """Reads files and laws as recording does, by connections of its own."""

    async def judged(
        self, given: Given, asset_id: UUID, entries: Sequence[AssetEntry], expected: int
    ) -> Outcome:
        """Return what the law notes of entries. Raises Problem for what would not be recorded now."""
        by = Actor(*given.by)
        asked = Asked(asset_id, entries, by, given.command_id, given.as_found, expected, own_only=True)
        return await self._alone(partial(_judged, asked=asked))


def _judged(store: Store, asked: Asked) -> Outcome:
    file = load(store, [asked.stream_id])[asked.stream_id]
    command, outcome = decide(store, file, asked, OfficeLaws(store))
    for line in lines_of(command):
        LineMapper().to_stored_event(line)  # refuses one that is too large
    return outcome
