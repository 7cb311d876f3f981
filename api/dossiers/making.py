"""Dossiers as the routes make them: for whom they are, a few at a time, in threads."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.dossiers.content import dossier_of
from api.files import form_for, known, not_seized
from api.problems import Problem
from api.questions import OneAsset
from api.who import FRESH, Who
from api.working import Working
from projections import log
from projections.views import View

_AT_ONCE = 2
"""A long one takes a core for seconds."""
_turns = threading.BoundedSemaphore(_AT_ONCE)
_Made = TypeVar("_Made")


async def made(
    request: Request, asset_id: UUID, asked: OneAsset, who: Who, write: Callable[[View], _Made]
) -> _Made:
    """Return what `write` makes of an asset's dossier, for auditors and for the office that has the file.

    Raises Problem: `not-allowed`, `too-busy` where as many are being made as may be, and those of any file.
    """
    told, recorded, position = await known(request, asset_id, asked)
    if form_for(who, recorded):
        raise Problem("not-allowed", "only auditors and the office that has the file are given its dossier")
    working: Working = request.app.state.working
    with _turn():
        view = await working.done(
            lambda connection: dossier_of(
                connection,
                recorded,
                log.laws(connection, position),
                as_of=told.day,
                known_at=position,
                evidence=request.app.state.evidence,
            )
        )
        if view is None:
            raise not_seized(told)
        return await run_in_threadpool(write, view)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(blocking=False):
        raise Problem("too-busy", f"{_AT_ONCE} dossiers are being made: try again soon", headers=FRESH)
    try:
        yield
    finally:
        _turns.release()
