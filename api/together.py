"""Groups of commands, decided on the event loop on what is known and recorded in one round trip.

Who holds a key, what rules an office judges by and how files stood is known from before. The store appends
nothing that was decided on keys or rules that stand no more, and no command on a file that others wrote to.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

from anyio import to_thread

from auctions.application.kept_files import KeptFiles
from auctions.application.recording import Actor, Asked, Outcome, loaded
from auctions.application.together import Decided, decide_each
from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import Seized
from auctions.domain.office.events import office_id
from auctions.domain.office.state import State
from auctions.domain.roles import RECORDING
from auctions.store.connect import NoDatabase
from auctions.store.group import Answer, Standing, judge
from auctions.store.keys import Holder, fits
from auctions.store.lanes import Lanes
from auctions.store.postgres import PostgresStore

_MOST = 10_000
"""Keys that are known; beyond, they are asked for anew."""

Key = tuple[str, str]
"""A key's id and its secret."""


class Together:
    """Records the commands of many who ask."""

    def __init__(self, url: str, opened: Callable[[], PostgresStore]) -> None:
        """Take the database, and what opens the store that reads from it; it may wait."""
        self._lanes, self._opened = Lanes(url), opened
        self._holders: dict[str, Holder] = {}
        self._offices: dict[str, State] = {}
        self._files = KeptFiles()

    async def recorded(self, group: Sequence[tuple[Asked, Key | None]]) -> list[Outcome | None]:
        """Return the outcomes in order; None in the place of a command that was not recorded, untold why.

        With a key, a command is its holder's. Raises NoDatabase.
        """
        try:
            keys = {key[0] for _, key in group if key}
            await self._know_holders(keys)
            known = [asked if key is None else self._held(asked, key) for asked, key in group]
            outcomes = iter(await self._recorded([asked for asked in known if asked], keys))
        except NoDatabase:
            raise
        except Exception:  # noqa: BLE001 - a file of them that cannot be read, a lost connection: each is asked alone, and tells it
            return [None] * len(group)
        return [next(outcomes) if asked else None for asked in known]

    async def _know_holders(self, keys: Collection[str]) -> None:
        unknown = keys - self._holders.keys()
        if unknown:
            found = await to_thread.run_sync(lambda: self._opened().holders(list(unknown)))
            if len(self._holders) > _MOST:
                self._holders.clear()
            self._holders |= found

    def _held(self, asked: Asked, key: Key) -> Asked | None:
        holder = self._holders.get(key[0])
        if holder is None or holder.role not in RECORDING or not fits(holder.digest, key[1]):
            return None
        return asked._replace(by=Actor(holder.actor, holder.office, holder.role))

    async def _recorded(self, asked: Sequence[Asked], keys: Collection[str]) -> list[Outcome | None]:
        offices = {each.by.office for each in asked if not each.as_found}
        files = await self._known(asked, offices)
        rules = {office: self._offices[office] for office in offices}
        decided = decide_each(asked, files, {office: each.law for office, each in rules.items()})
        standing = Standing(
            keys & self._holders.keys(), {office_id(office): each.changes for office, each in rules.items()}
        )
        writes = [each.write for each in decided if each]
        answers = await self._lanes.send(writes, standing) if writes else []
        if answers is None:
            self._holders.clear()
            self._offices.clear()
            return [None] * len(asked)
        told = iter(answers)
        return [self._told(each, *next(told)) if each else None for each in decided]

    async def _known(self, asked: Sequence[Asked], offices: Collection[str]) -> Mapping[UUID, File]:
        first = {each.stream_id: each for each in reversed(asked)}
        found = {each.stream_id: self._at_hand(each) for each in first.values()}
        files = {stream_id: file for stream_id, file in found.items() if file}
        missing = [*found.keys() - files.keys()]
        unknown = offices - self._offices.keys()
        if missing or unknown:
            read, rules = await to_thread.run_sync(lambda: loaded(self._opened(), missing, unknown))
            self._offices |= rules
            files |= read
        return files

    def _at_hand(self, asked: Asked) -> File | None:
        if isinstance(asked.entries[0], Seized) and asked.expected is None:
            return File()
        return self._files.taken(asked.stream_id, asked.expected)

    def _told(self, decided: Decided, answer: Answer, leaf: bytes) -> Outcome | None:
        if answer[0] != "recorded":
            return None
        self._files.keep(decided.write.stream_id, decided.file)
        return decided.outcome._replace(positions=judge(decided.write, answer), leaves=[leaf])

    async def close(self) -> None:
        """Let go of the database."""
        await self._lanes.close()
