"""Registers that the client sends in and follows; rows that wait, tried again."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal
from uuid import UUID

from api.client.pauses import Pauses
from api.client.service import Asking, once
from api.models_of_imports import ImportAnswer, ImportState, Quarantined, QuarantinePage, RowProblem

_PATH, _QUARANTINE = "/v1/imports", "/v1/quarantine"
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".jsonl": "application/x-ndjson",
}


class Imports(Asking):
    """What coordinators and supervisors of an office send in as registers, and mend row by row."""

    def send_import(
        self,
        register: Path,
        *,
        mode: Literal["all_or_nothing", "quarantine"] = "all_or_nothing",
        dry_run: bool = False,
        command_id: UUID | None = None,
    ) -> ImportState:
        """Send a register in the journal form in, to be imported in its turn. Raises ServiceError, OSError.

        Under the same `command_id` it is the same import.
        """
        media_type = _MEDIA_TYPES.get(register.suffix.lower(), "application/octet-stream")
        asked = {"filename": register.name, "mode": mode, "dry_run": dry_run}
        headers = {"Content-Type": media_type, **once(command_id)}
        content = register.read_bytes()
        return self._service.done(ImportState, "POST", _PATH, asked, content=content, headers=headers)

    def follow_import(self, import_id: UUID) -> Iterator[ImportState]:
        """Return how far an import is each time that has changed, until it has ended. Raises ServiceError."""
        told, pauses = self._state(import_id), Pauses()
        yield told
        while not told.ended_at:
            pauses.pause()
            state = self._state(import_id)
            if state != told:
                yield state
                told, pauses = state, Pauses()

    def import_problems(self, import_id: UUID) -> Iterator[RowProblem]:
        """Return what was wrong with rows of an import that has ended, by row. Raises ServiceError."""
        pages = self._service.pages(ImportAnswer, f"{_PATH}/{import_id}", {})
        return (problem for page in pages for problem in page.problems)

    def cancel_import(self, import_id: UUID) -> ImportState:
        """Cancel an import; it has ended when that is told. Raises ServiceError."""
        return self._service.done(ImportState, "DELETE", f"{_PATH}/{import_id}", {})

    def quarantined(self) -> Iterator[Quarantined]:
        """Return the rows of the own office that wait to be mended. Raises ServiceError."""
        return (row for page in self._service.pages(QuarantinePage, _QUARANTINE, {}) for row in page.items)

    def retry_row(
        self, quarantine_id: UUID, cells: Mapping[str, str], *, command_id: UUID | None = None
    ) -> ImportAnswer:
        """Try a row again, mended by cells; one that is recorded waits no more. Raises ServiceError."""
        path, body = f"{_QUARANTINE}/{quarantine_id}/retries", {"cells": cells}
        return self._service.done(ImportAnswer, "POST", path, {}, json=body, headers=once(command_id))

    def _state(self, import_id: UUID) -> ImportState:
        return self._service.told(ImportState, f"{_PATH}/{import_id}", {"limit": 1})
