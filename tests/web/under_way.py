"""A register on which every form of the pages has something to do, and a file that names parties."""

import time
from contextlib import closing
from typing import NamedTuple
from uuid import uuid4

import psycopg
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.domain.roles import Role
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import entry
from tests.web.keys import held, in_session, with_password
from tests.web.register import LAND, OFFICE, VALUE
from tests.web.sending import PATIENCE

FILE = asset_id(OFFICE, LAND)
PARTED, LOT_REF = "TS-7", "L-9"
PARTIES = ["DEBTOR-17", "BANK-3", "BUYER-9", "CREDITOR-2", "CB-77", "clerk-1"]
"""Who is named in the file of PARTED."""
USER, KEY_OF = "COORDINATOR-9", "CLIENT-9"
_PARTED = [
    entry("seized", 1, asset_ref=PARTED, debtor_ref=PARTIES[0], mortgagee_ref=PARTIES[1], officer=PARTIES[4]),
    entry("appraised", 2, value=VALUE),
    entry("reappraisal_requested", 3, by=PARTIES[3]),
    entry("round_announced", 4, round_no=1, starting_price=VALUE),
    entry("round_won", 10, round_no=1, price=VALUE, winner_ref=PARTIES[2]),
    entry("sale_paid", 12, amount=VALUE),
    entry("delivered", 15, to_ref=PARTIES[2]),
    entry("proceeds_distributed", 16, shares={PARTIES[3]: VALUE}),
]
_LOT = [
    entry("seized", 1, asset_ref="TS-31"),
    entry("appraised", 2, value=VALUE),
    entry("round_announced", 3, round_no=1, starting_price=VALUE, lot_ref=LOT_REF),
]
_WRONG = "asset_ref,entry,on,office,kind\nTS-41,seized,2025-13-01,KV-3,land\n"
_STRIKE = {"entry": "entry_struck", "on": "2025-03-03", "entry_no": 9, "basis": "QĐ 17", "reason": "mistyped"}


class Ids(NamedTuple):
    """What is under way: the strike that a supervisor proposed, the row that waits, the import it is of."""

    proposal: str
    row: str
    sent_in: str


def begun(web: TestClient, url: str) -> Ids:
    """Record a file that names parties and a lot; make a proposal, a row that waits, an account and a key."""
    with closing(PostgresStore(url)) as store:
        for entries in (_PARTED, _LOT):
            _file(store, entries)
    Runner(url).catch_up()
    by = {**in_session(url, Role.SUPERVISOR), "Idempotency-Key": str(uuid4()), "If-Match": '"v9"'}
    path = f"/v1/assets/{FILE}/strike-proposals"
    proposed = web.post(path, json={"entries": [_STRIKE]}, headers=by)
    assert proposed.status_code == 201, proposed.text
    asked = {"filename": "so.csv", "mode": "quarantine"}
    csv = {**by, "Content-Type": "text/csv"}
    sent = web.post("/v1/imports", params=asked, content=_WRONG.encode(), headers=csv)
    with_password(url, USER, "as-it-was-told-once")
    held(url, Role.CLIENT, "", KEY_OF)
    return Ids(proposed.json()["proposal_id"], _waiting(web, by), sent.json()["import_id"])


def stand_still(url: str) -> None:
    """Have a read model stand still."""
    with psycopg.connect(url, autocommit=True) as own:
        own.execute("UPDATE projections.tracking SET stopped_at = 7, reason = 'broken' WHERE name = 'assets'")


def _file(store: PostgresStore, entries: list[AssetEntry]) -> None:
    stream_id = asset_id(OFFICE, getattr(entries[0], "asset_ref"))  # noqa: B009 - of a seizure
    record(store, stream_id=stream_id, entries=entries, by=Actor(PARTIES[5], OFFICE), as_found=True)


def _waiting(web: TestClient, by: dict[str, str]) -> str:
    end = time.monotonic() + PATIENCE
    while not (found := web.get("/v1/quarantine", headers=by).json()["items"]):
        assert time.monotonic() < end
        time.sleep(0.02)
    return str(found[0]["quarantine_id"])
