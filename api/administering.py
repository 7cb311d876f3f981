"""What administrators do by the service: accounts, keys, limits of offices, read models that stand still.

Each is written to the log of the service, who did it too; no password and no token is.
"""

import hashlib
import logging
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from anyio import to_thread
from starlette.requests import Request

from api.closes import problem_of
from api.models_of_administration import NewAccount, NewKey, NewLimit
from api.problems import REQUEST_ID, Fault, Problem
from api.who import Who
from auctions.application.offices import change_rules
from auctions.application.recording import Actor, today
from auctions.domain.errors import Refused
from auctions.domain.office.events import LimitOverridden
from auctions.domain.roles import RECORDING
from auctions.store import keys, users, ways_in
from auctions.store.connect import connection
from auctions.store.keys import Key
from auctions.store.passwords import made
from auctions.store.postgres import PostgresStore
from auctions.store.users import User
from projections import log, tracking
from projections.registry import read_models
from projections.tracking import Tracked

_LOG = logging.getLogger("auctions.api")
_KINDS = {
    "user-exists": "account-exists",
    "no-such-user": "account-not-found",
    "no-such-key": "key-not-found",
    "key-exists": "key-exists",
    "own-way-in": "own-way-in",
}
"""What the store refuses, as it is told over HTTP."""

_Done = TypeVar("_Done")


async def accounts(request: Request) -> list[User]:
    """Return all local accounts."""
    return await _done(request, users.listed)


async def add_account(request: Request, asked: NewAccount, by: Who) -> dict[str, Any]:
    """Make an account; return it with its password. Raises Problem where there is one of that reference."""
    refuse_without_office(asked)
    password = made()
    office = asked.office or ""
    work = partial(users.add, user=asked.user, role=asked.role, office=office, password=password)
    added = await _done(request, work)
    _note(request, by, f"made the account {added.user}: {added.role} of {added.office or 'no office'}")
    return added._asdict() | {"password": password}


async def give_password(request: Request, user: str, by: Who) -> dict[str, Any]:
    """Give an account another password and end its sessions; return it with the password. Raises Problem."""
    password = made()
    changed = await _done(request, partial(users.set_password, user=user, password=password))
    _note(request, by, f"gave the account {user} another password")
    return changed._asdict() | {"password": password}


async def disable(request: Request, user: str, by: Who) -> User:
    """Let an account sign in no longer, and end its sessions. Raises Problem."""
    changed = await _done(request, partial(ways_in.disable, user=user, by=by.actor))
    _note(request, by, f"disabled the account {user}")
    return changed


async def enable(request: Request, user: str, by: Who) -> User:
    """Let an account sign in again with the password there is. Raises Problem."""
    changed = await _done(request, partial(users.enable, user=user))
    _note(request, by, f"enabled the account {user}")
    return changed


async def all_keys(request: Request) -> list[Key]:
    """Return all keys, the newest first."""
    return await _done(request, keys.listed)


async def add_key(request: Request, asked: NewKey, by: Who, idempotency_key: str) -> tuple[Key, str]:
    """Make a key, once for the Idempotency-Key; return it and its token. Raises Problem."""
    refuse_without_office(asked)
    key_id = hashlib.sha256(f"{by.actor}\n{idempotency_key}".encode()).hexdigest()[:12]
    office = asked.office or ""
    work = partial(
        keys.add, actor=asked.actor, office=office, role=asked.role, days=asked.days, key_id=key_id
    )
    key, token = await _done(request, work)
    _note(request, by, f"made the key {key_id} of {key.actor}: {key.role} of {key.office or 'no office'}")
    return key, token


async def revoke(request: Request, key_id: str, by: Who) -> Key:
    """Let a key hold no longer. Raises Problem."""
    revoked = await _done(request, partial(ways_in.revoke, key_id=key_id, by=by.actor))
    _note(request, by, f"revoked the key {key_id} of {revoked.actor}")
    return revoked


async def set_limit(request: Request, office: str, asked: NewLimit, by: Who, command_id: UUID) -> int:
    """Set a limit of an office, once for the command's id; return its position. Raises Problem."""
    entry = LimitOverridden(on=today(), office=office, **asked.model_dump())
    work = partial(
        _limited, request.app.state.pool.conninfo, entry, by, command_id, request.scope[REQUEST_ID]
    )
    try:
        position = await to_thread.run_sync(work)
    except Refused as refused:
        raise problem_of(refused) from refused
    _note(request, by, f"set the limit {entry.rule} of {office} to {entry.limit} from {entry.effective_on}")
    return position


async def health(request: Request) -> tuple[int, list[Tracked]]:
    """Return the log's last position, and how far each read model is."""

    def told(own: psycopg.Connection[Any]) -> tuple[int, list[Tracked]]:
        return log.head(own), tracking.tracked(own, read_models())

    return await _done(request, told)


async def retry(request: Request, name: str, by: Who) -> None:
    """Let a read model that stands still try again. Raises Problem where there is none of that name."""
    if name not in read_models():
        raise Problem("read-model-not-found", f"there is no read model {name}")
    stood = await _done(request, partial(tracking.retry, names=[name]))
    _note(request, by, f"let the read model {name} try again{'' if stood else ', which did not stand still'}")


def refuse_without_office(asked: NewAccount | NewKey) -> None:
    """Refuse somebody who records and has no office. Raises Problem."""
    if asked.role in RECORDING and asked.office is None:
        expected = f"a {asked.role} records for an office: its code is expected"
        fault = Fault(None, "office-needed", expected, pointer="/office")
        raise Problem("body-refused", expected, [fault])


def _limited(url: str, entry: LimitOverridden, by: Who, command_id: UUID, request_id: str) -> int:
    actor = Actor(by.actor, entry.office, by.role)
    with closing(PostgresStore(url)) as store:
        receipt = change_rules(store, [entry], by=actor, command_id=command_id, request_id=request_id)
    return receipt.positions[-1]


async def _done(request: Request, work: Callable[[psycopg.Connection[Any]], _Done]) -> _Done:
    return await to_thread.run_sync(_worked, request.app.state.pool.conninfo, work)


def _worked(url: str, work: Callable[[psycopg.Connection[Any]], _Done]) -> _Done:
    try:
        with connection(url) as own:
            return work(own)
    except Refused as refused:
        raise Problem(_KINDS[refused.code], refused.message) from refused


def _note(request: Request, by: Who, did: str) -> None:
    _LOG.warning("administrator %s %s (request %s)", by.actor, did, request.scope[REQUEST_ID])
