"""The commands of the client: each is recorded once, however often it must be sent."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.client.service import Asking, once
from api.models_of_recording import Recorded
from api.nouns import NOUNS
from auctions.domain.asset.events import AssetEntry, Seized
from auctions.domain.event import Entry


class Commands(Asking):
    """What coordinators and supervisors record.

    `version` is the file's on which the command was decided, `as_found` records a fact whether lawful or not.
    Who must be able to send a command again after an end of its own keeps its `command_id`.
    """

    def seize(self, entry: Seized, *, as_found: bool = False, command_id: UUID | None = None) -> Recorded:
        """Record a seizure, which begins the asset's file. Raises ServiceError."""
        return self._record("", _body(entry), {}, as_found, command_id)

    def record(
        self,
        entry: AssetEntry,
        *,
        asset_id: UUID,
        version: int,
        as_found: bool = False,
        command_id: UUID | None = None,
    ) -> Recorded:
        """Record an entry in an asset's file. Raises ServiceError, KeyError for a seizure."""
        path = f"/{asset_id}/{NOUNS[entry.entry_name()]}"
        return self._record(path, _body(entry), at(version), as_found, command_id)

    def record_together(
        self,
        entries: Sequence[AssetEntry],
        *,
        asset_id: UUID,
        version: int,
        as_found: bool = False,
        command_id: UUID | None = None,
    ) -> Recorded:
        """Record entries together, all or none; strikes only as found. Raises ServiceError."""
        return self._record(f"/{asset_id}/entries", listed(entries), at(version), as_found, command_id)

    def _record(
        self,
        path: str,
        body: dict[str, Any],
        headers: dict[str, str],
        as_found: bool,  # noqa: FBT001 - as the methods above were given it
        command_id: UUID | None,
    ) -> Recorded:
        asked, sent = {"as_found": as_found}, headers | once(command_id)
        return self._service.done(Recorded, "POST", f"/v1/assets{path}", asked, json=body, headers=sent)


def at(version: int) -> dict[str, str]:
    """Return the header that says on which version of a file something was decided."""
    return {"If-Match": f'"v{version}"'}


def listed(entries: Sequence[Entry]) -> dict[str, Any]:
    """Return entries as a body that is decided on together."""
    return {"entries": [{"entry": entry.entry_name(), **_body(entry)} for entry in entries]}


def _body(entry: Entry) -> dict[str, Any]:
    return entry.model_dump(mode="json", exclude_defaults=True)
