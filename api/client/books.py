"""Books of offices by the client: closed for a quarter, and what was entered after that."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from api.client.service import Asking, once
from api.models_of_closes import AfterClose, Close, Closes


class Books(Asking):
    """What supervisors close, quarter by quarter, and what auditors and the office are told of it."""

    def closes(self, office: str) -> list[Close]:
        """Return the quarters for which an office's book is closed, the last first. Raises ServiceError."""
        return self._service.told(Closes, _path(office), {}).items

    def close_book(
        self, office: str, quarter: str, *, basis: str | None = None, command_id: UUID | None = None
    ) -> Close:
        """Close the own office's book for a quarter such as 2025-Q3. Raises ServiceError.

        Under the same `command_id` it is the same close.
        """
        body = {"quarter": quarter} | ({"basis": basis} if basis else {})
        return self._service.done(Close, "POST", _path(office), {}, json=body, headers=once(command_id))

    def after_close(self, office: str, quarter: str, *, known_at: int | None = None) -> AfterClose:
        """Return what was entered after a close of days before its end. Raises ServiceError."""
        asked: dict[str, Any] = {} if known_at is None else {"known_at": known_at}
        return self._service.told(AfterClose, f"{_path(office)}/{quarter}/restatement", asked)


def _path(office: str) -> str:
    return f"/v1/offices/{quote(office, safe='')}/closes"
