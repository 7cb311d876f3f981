"""The client: `with Client(url, key) as client: client.asset(asset_id)`."""

from collections.abc import Generator, Iterator
from typing import Self, Unpack
from uuid import UUID

from httpx2 import BaseTransport
from pydantic import BaseModel

from api.client import feed
from api.client.books import Books
from api.client.commands import Commands
from api.client.exports import Exports
from api.client.filters import (
    ActionFilter,
    AssetFilter,
    ChangeFilter,
    DeclineFilter,
    FindingFilter,
    Knowledges,
    PlanFilter,
    Times,
)
from api.client.imports import Imports
from api.client.service import Service
from api.client.strikes import Strikes
from api.models import Asset, Facets, History, Item, Ladder, Page
from api.models_of_changes import Change
from api.models_of_decline import DeclineAnswer
from api.models_of_replays import Difference, Replay
from api.models_of_steps import AssetPlan, Finding, FindingPage, NextAction, NextActionPage


class _Counted(BaseModel):
    facets: Facets


class Client(Commands, Strikes, Books, Imports, Exports):
    """The service at `url`, asked by the holder of a key or by the public; threads may share it.

    What fails for now is asked again with growing pauses, or after the pause that the service asks for: a
    lost connection, one that is silent for `timeout` seconds, 408, 429, 502, 503, 504, a command under way.
    It is given up `patience` seconds after it was asked first. Raises NoAnswerError then, or the ProblemError
    that was told; any other ProblemError at once, StaleFileError with the version that the file has now.
    """

    def __init__(
        self,
        url: str,
        key: str | None = None,
        *,
        timeout: float = 10.0,
        patience: float = 60.0,
        transport: BaseTransport | None = None,
    ) -> None:
        super().__init__(Service(url, key, timeout, patience, transport))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._service.close()

    def asset(self, asset_id: UUID, **asked: Unpack[Times]) -> Asset:
        """Return an asset's whole state. Raises ServiceError."""
        return self._service.told(Asset, f"/v1/assets/{asset_id}", asked)

    def history(self, asset_id: UUID, **asked: Unpack[Times]) -> History:
        """Return an asset's file, entry by entry. Raises ServiceError."""
        return self._service.told(History, f"/v1/assets/{asset_id}/history", asked)

    def replay(self, asset_id: UUID, **asked: Unpack[Times]) -> Replay:
        """Return how an asset's file grew, entry by entry, all pages as one. Raises ServiceError."""
        path = f"/v1/assets/{asset_id}/replay"
        told = page = self._service.told(Replay, path, asked)
        while page.next:
            of_then = {**asked, "known_at": told.known_at, "cursor": page.next}
            page = self._service.told(Replay, path, of_then)
            told.entries.extend(page.entries)
        return told.model_copy(update={"next": None})

    def difference(self, asset_id: UUID, **asked: Unpack[Knowledges]) -> Difference:
        """Return what became known of an asset and a day between two knowledges. Raises ServiceError."""
        return self._service.told(Difference, f"/v1/assets/{asset_id}/diff", asked)

    def ladder(self, asset_id: UUID, **asked: Unpack[Times]) -> Ladder:
        """Return how an asset's value declined. Raises ServiceError."""
        return self._service.told(Ladder, f"/v1/assets/{asset_id}/ladder", asked)

    def plan(self, asset_id: UUID, **asked: Unpack[PlanFilter]) -> AssetPlan:
        """Return the ladder ahead if round after round fails. Raises ServiceError."""
        return self._service.told(AssetPlan, f"/v1/assets/{asset_id}/plan", asked)

    def decline(self, **asked: Unpack[DeclineFilter]) -> DeclineAnswer:
        """Return how value declined over many assets. Raises ServiceError."""
        return self._service.told(DeclineAnswer, "/v1/decline", asked)

    def assets(self, **asked: Unpack[AssetFilter]) -> Iterator[Item]:
        """Return the assets of a list, page after page. Raises ServiceError.

        Every page is as known when it is asked for; with `known_at`, and `as_of`, all are of one moment.
        """
        return (item for page in self._service.pages(Page, "/v1/assets", asked) for item in page.items)

    def facets(self, **asked: Unpack[AssetFilter]) -> Facets:
        """Return how many assets a list has, by kind, province and bands. Raises ServiceError."""
        return self._service.told(_Counted, "/v1/assets", {**asked, "facets": True, "limit": 1}).facets

    def findings(self, **asked: Unpack[FindingFilter]) -> Iterator[Finding]:
        """Return the recorded steps that broke a rule, page after page. Raises ServiceError."""
        pages = self._service.pages(FindingPage, "/v1/findings", asked)
        return (item for page in pages for item in page.items)

    def next_actions(self, **asked: Unpack[ActionFilter]) -> Iterator[NextAction]:
        """Return what must or may be done, page after page. Raises ServiceError."""
        pages = self._service.pages(NextActionPage, "/v1/next-actions", asked)
        return (item for page in pages for item in page.items)

    def changes(
        self, after: int = 0, *, follow: bool = True, **asked: Unpack[ChangeFilter]
    ) -> Generator[Change, None, None]:
        """Return the changes after a position of the log, each once. Raises ServiceError.

        Where it is to `follow` it goes on with those to come, until closed, and resumes what breaks off.
        """
        return (feed.followed if follow else feed.told)(self._service, after, asked)
