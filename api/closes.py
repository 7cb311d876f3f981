"""Closes of an office's book as the routes ask for them: who closes, once for a key; what came after."""

from contextlib import closing as ending
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import psycopg
from anyio import to_thread
from fastapi import Depends, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.applications import Starlette

from api.closing import Closing, closing
from api.database import connected, head, office_file
from api.holding import held
from api.problems import Fault, Problem
from api.questions import Word
from api.seen import sees_parties
from api.who import Insider, Recorder, Who
from auctions.application.closing import close_book
from auctions.application.recording import Actor
from auctions.domain.errors import CommandMismatch, Refused, StaleFile
from auctions.domain.event import Recorded, Text
from auctions.domain.office.events import BookClosed, office_id
from auctions.domain.quarters import NAME, Quarter
from auctions.domain.roles import Role
from auctions.store.postgres import PostgresStore
from projections.after_close import after_close
from projections.asset_list import READ
from projections.log import office_file as read_office_file
from projections.views import View
from projections.views_of_closes import close_view, found_close

MOST = 10_000
"""Entries after a close that one answer holds."""

OfOffice = Annotated[Word, Path(description="The office whose book it is")]
OfQuarter = Annotated[str, Path(pattern=f"^{NAME}$", description="A quarter such as 2025-Q3")]


class Asked(BaseModel):
    """Which quarter of the book is closed, and the number of the minutes of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    quarter: Annotated[str, Field(pattern=f"^{NAME}$")]
    basis: Text | None = None


async def closer(office: OfOffice, by: Recorder) -> Who:
    """Return who closes the office's book: its supervisors."""
    if by.role != Role.SUPERVISOR or by.office != office:
        raise Problem("not-allowed", "only supervisors of the office close its book")
    return by


async def told_all(office: OfOffice, who: Insider) -> Who:
    """Return who is told what was entered after a close: auditors, and the office itself."""
    if not sees_parties(who, office):
        raise Problem("not-allowed", "only auditors and the office itself are told it")
    return who


Closer = Annotated[Who, Depends(closer)]
ToldAll = Annotated[Who, Depends(told_all)]


async def close(app: Starlette, asked: Asked, by: Who, command_id: UUID, request_id: str) -> View:
    """Close a quarter of the book of who asks, once for the command's id. Raises Problem for a refusal."""
    if told := await _answered(app, asked, by, command_id):
        return told
    try:
        made = await _closing(app, asked, by)
        work = partial(_recorded, app.state.pool.conninfo, made, by, command_id, request_id)
        return close_view(made.entry, await to_thread.run_sync(work))
    except Refused as refused:
        if told := await _answered(app, asked, by, command_id):  # the same command was faster
            return told
        raise problem_of(refused) from refused


async def restated(app: Starlette, office: str, quarter: str, position: int) -> View:
    """Return what was entered after a close as known at a position. Raises Problem where there is none."""
    async with connected(app) as connection:
        file = await office_file(connection, office)
    try:
        found = found_close(file, Quarter.named(quarter), position)
    except Refused as refused:
        raise problem_of(refused) from refused
    await app.state.positions.reached(list(READ), position)
    view: View = await app.state.working.done(partial(_restated, found=found, position=position))
    if len(view["entries"]) > MOST:
        detail = f"more than {MOST:,} entries: ask as known earlier, or on the service's machine"
        raise Problem("parameter-refused", detail, [Fault("known_at", "too-many-entries", detail)])
    return view


def _restated(connection: psycopg.Connection[Any], found: BookClosed, position: int) -> View:
    held(connection, READ, position)
    return after_close(connection, found, position)


async def _answered(app: Starlette, asked: Asked, by: Who, command_id: UUID) -> View | None:
    """Return what a command that closed a quarter before is answered, None if there was none."""
    async with connected(app) as connection:
        file = await office_file(connection, by.office)
    line = next((line for line in file if line.envelope.command_id == command_id), None)
    if line is None:
        return None
    return close_view(_as_asked(line, asked, by), line)


def _as_asked(line: Recorded, asked: Asked, by: Who) -> BookClosed:
    entry = line.entry
    if isinstance(entry, BookClosed):
        before = line.envelope.actor, str(entry.quarter), entry.basis
        if before == (by.actor, asked.quarter, asked.basis):
            return entry
    raise Problem("command-id-reused", "the Idempotency-Key was used for another command: send a new one")


async def _closing(app: Starlette, asked: Asked, by: Who) -> Closing:
    async with connected(app) as connection:
        position = await head(connection)
    await app.state.positions.reached(list(READ), position)
    made: Closing = await app.state.working.done(partial(_made, asked=asked, by=by))
    return made


def _made(connection: psycopg.Connection[Any], asked: Asked, by: Who) -> Closing:
    position = held(connection, READ, None).position
    file = read_office_file(connection, by.office)
    return closing(connection, file, by.office, Quarter.named(asked.quarter), position, basis=asked.basis)


def _recorded(url: str, made: Closing, by: Who, command_id: UUID, request_id: str) -> Recorded:
    entry, open_since = made
    with ending(PostgresStore(url)) as store:
        position = close_book(
            store,
            entry,
            open_since=open_since,
            by=Actor(*by),
            command_id=command_id,
            request_id=request_id,
        )
        stream_id = office_id(entry.office)
        return next(line for line in store.read([stream_id])[stream_id] if line.position == position)


def problem_of(refused: Refused) -> Problem:
    """Return the problem that tells why an entry is not recorded in an office's file."""
    match refused:
        case StaleFile():
            return Problem("too-busy", "others write to the office's file: send it again with the same key")
        case CommandMismatch():
            return Problem("command-id-reused", refused.message)
    if refused.code == "close-not-found":
        return Problem("close-not-found", refused.message)
    fault = Fault(None, refused.code, refused.message, details=refused.details)
    return Problem("refused", refused.message, [fault])
