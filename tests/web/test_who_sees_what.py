"""Who sees the parties in a file: auditors and the office that has it, nobody else."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from auctions.application.recording import Actor, record
from auctions.domain.asset.events import asset_id
from auctions.store.postgres import PostgresStore
from tests.unit.given import entry
from tests.web.keys import Headers, held
from tests.web.register import OFFICE, OTHER

FILE = asset_id(OFFICE, "TS-7")
PARTIES = ["DEBTOR-17", "BANK-3", "BUYER-9", "CREDITOR-2"]
PUBLIC: Headers = {}
PARTS = ("", "/history", "/history.csv", "/replay", "/diff?known_at=0&known_at=8")


@pytest.fixture
def client(database: str) -> Iterator[TestClient]:
    """A client of the application on a file that names parties; its read models are not asked."""
    price = 1_000_000_000
    entries = [
        entry("seized", 1, asset_ref="TS-7", debtor_ref=PARTIES[0], mortgagee_ref=PARTIES[1]),
        entry("appraised", 2, value=price),
        entry("reappraisal_requested", 3, by=PARTIES[3]),
        entry("round_announced", 4, round_no=1, starting_price=price),
        entry("round_won", 10, round_no=1, price=price, winner_ref=PARTIES[2]),
        entry("sale_paid", 12, amount=price),
        entry("delivered", 15, to_ref=PARTIES[2]),
        entry("proceeds_distributed", 16, shares={PARTIES[3]: price}),
    ]
    with closing(PostgresStore(database)) as store:
        record(store, stream_id=FILE, entries=entries, by=Actor("clerk-1", OFFICE), as_found=True)
    with TestClient(create_app(database)) as client:
        yield client


def read(client: TestClient, headers: Headers) -> str:
    answers = [client.get(f"/v1/assets/{FILE}{part}", headers=headers) for part in PARTS]
    assert {(each.status_code, each.headers["vary"]) for each in answers} == {(200, "Authorization, Cookie")}
    assert all("private" in each.headers["cache-control"] for each in answers) == bool(headers)
    return "".join(each.text for each in answers)


@pytest.mark.parametrize(
    ("role", "office"), [("auditor", ""), ("coordinator", OFFICE), ("supervisor", OFFICE)]
)
def test_auditors_and_the_own_office_see_the_parties_and_who_recorded(
    client: TestClient, database: str, role: str, office: str
) -> None:
    seen = read(client, held(database, role, office))
    assert all(party in seen for party in [*PARTIES, "clerk-1"])


@pytest.mark.parametrize(
    ("role", "office"),
    [("", ""), ("client", ""), ("administrator", ""), ("coordinator", OTHER), ("supervisor", OTHER)],
)
def test_everybody_else_sees_the_file_without_them(
    client: TestClient, database: str, role: str, office: str
) -> None:
    seen = read(client, held(database, role, office) if role else PUBLIC)
    assert not [party for party in [*PARTIES, "clerk-1"] if party in seen]
    assert "TS-7" in seen


def test_a_key_that_is_none_is_refused_and_not_taken_for_the_public(client: TestClient) -> None:
    for given in ("Bearer auk_000000000000_" + "x" * 43, "Bearer x", "Basic YTpi", "Bearer"):
        answer = client.get(f"/v1/assets/{FILE}", headers={"Authorization": given})
        assert (answer.status_code, answer.json()["code"]) == (401, "credentials-refused")
