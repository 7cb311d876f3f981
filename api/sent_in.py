"""What was sent in, by whom and under which key; its state and its problems."""

import hashlib
import json
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson
from fastapi import Depends
from starlette.requests import Request

from api.database import connected
from api.problems import Problem
from api.who import Recorder
from auctions.application.recording import Actor
from auctions.store import imports
from auctions.store.imports_under_way import Sent
from auctions.store.quarantine import WAITING
from projections.timeline import Row

_IMPORTS = uuid5(NAMESPACE_URL, "urn:auctions:import")


async def importer(who: Recorder) -> Actor:
    """Return who imports: only files of the own office go in, only its own imports and rows are seen.

    Who may import is decided here and nowhere else: coordinators and supervisors, for an office they have.
    """
    if not who.office:
        raise Problem("not-allowed", "a key for an office is expected: registers go into its files")
    return Actor(*who)


Importer = Annotated[Actor, Depends(importer)]
"""Who may import, as a route takes it."""


def import_id(key: str, by: Actor) -> UUID:
    """Return the id of what somebody asks under an Idempotency-Key."""
    return uuid5(_IMPORTS, f"{by.office}\n{by.actor}\n{key}")


def fingerprint(*asked: str | bytes) -> bytes:
    """Return what tells requests under one key apart."""
    parts = [part.encode() if isinstance(part, str) else part for part in asked]
    return hashlib.sha256(b"".join(b"%d:%b" % (len(part), part) for part in parts)).digest()


def kept_import(import_id: UUID, by: Actor, mode: str, filename: str, suffix: str = "") -> Sent:
    """Return what is kept of something sent in."""
    return Sent(import_id, filename, suffix, mode, by.actor, by.office, by.role)


async def found(request: Request, import_id: UUID, by: Actor) -> dict[str, Any]:
    """Return the state of an import. Raises Problem where the asker's office has none of that id."""
    asked = {"import_id": import_id, "office": by.office}
    async with connected(request.app) as own:
        row = await (await own.execute(imports.FIND.encode(), asked)).fetchone()
    if row is None:
        raise Problem("import-not-found", f"there is no import {import_id}")
    return dict(zip(imports.STATE, row, strict=True))


async def sent_registers(
    request: Request, by: Actor, before: int | None, limit: int
) -> list[tuple[int, str]]:
    """Return the registers of the asker's office, the last sent first: the turn and the state's JSON."""
    asked = {"office": by.office, "before": before, "limit": limit}
    async with connected(request.app) as own:
        rows = await (await own.execute(imports.LIST.encode(), asked)).fetchall()
    states = (dict(zip(imports.STATE, row[1:], strict=True)) for row in rows)
    told = [orjson.dumps(state, option=orjson.OPT_UTC_Z).decode() for state in states]
    return [(row[0], state) for row, state in zip(rows, told, strict=True)]


async def problem_rows(request: Request, import_id: UUID, after: int, limit: int) -> Sequence[Row]:
    """Return what was wrong with rows of an import, after a number: the number and the problem's JSON."""
    asked = {"import_id": import_id, "after": after, "limit": limit}
    async with connected(request.app) as own:
        return _readable(await (await own.execute(imports.PROBLEMS, asked)).fetchall())


async def waiting_rows(
    request: Request, by: Actor, after: tuple[str, int, UUID] | None, limit: int, one: UUID | None = None
) -> Sequence[Row]:
    """Return the rows that wait of the asker's office, after a key, or one: the key and the row's JSON."""
    key = dict(zip(("source", "row", "quarantine_id"), after or ("", 0, UUID(int=0)), strict=True))
    asked = {**key, "office": by.office, "limit": limit, "one": one}
    async with connected(request.app) as own:
        return _readable(await (await own.execute(WAITING, asked)).fetchall())


def _readable(rows: Sequence[Row]) -> Sequence[Row]:
    """Return rows whose JSON every reader can read: half of a pair of surrogates stands for no character."""
    return [(*key, _whole(item)) for *key, item in rows]


def _whole(text: str) -> str:
    told = json.dumps(json.loads(text), ensure_ascii=False)
    return told.encode("utf-8", "replace").decode()
