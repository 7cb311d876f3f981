"""What became known of a day between two knowledges, asked for over HTTP."""

import pytest
from starlette.testclient import TestClient

from api.models_of_laws import Restatement
from api.routes import restatements
from auctions.application.recording import Actor, record
from auctions.domain.asset.events import asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.contract.registers import head
from tests.unit.given import entry
from tests.web.keys import held
from tests.web.register import LAND, OFFICE
from tests.web.test_problems import problem

DAY = "2025-01-20"


@pytest.fixture
def known(changing: TestClient, store: PostgresStore, database: str) -> tuple[int, int]:
    """The positions before and after a late seizure, and a cost that is entered late, with its payer."""
    assert changing
    before = head(database)
    late = entry("cost_accrued", 6, amount=5_000_000, note="late")
    for stream_id, entries in (
        (asset_id(OFFICE, LAND), [late]),
        (asset_id(OFFICE, "TS-77"), [entry("seized", 7, asset_ref="TS-77", debtor_ref="DEBTOR-17")]),
    ):
        record(store, stream_id=stream_id, entries=entries, by=Actor("clerk", OFFICE), as_found=True)
    Runner(database).catch_up()
    return before, head(database)


def test_what_became_known_of_a_day_is_told_as_described(
    changing: TestClient, known: tuple[int, int]
) -> None:
    earlier, later = known
    answer = changing.get(f"/v1/restatement?as_of={DAY}&known_at={earlier}&known_at={later}")
    told = Restatement.model_validate_json(answer.content, strict=True)
    assert told.model_dump(mode="json") == answer.json()
    assert [(asset.asset_ref, asset.before is None) for asset in told.assets] == [
        (LAND, False),
        ("TS-77", True),
    ]
    assert told.unsold.after.n == told.unsold.before.n + 1
    assert [line.entry for asset in told.assets for line in asset.entries] == ["cost_accrued", "seized"]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("", (None, None)),
        ("client", (None, None)),
        ("auditor", ("DEBTOR-17", "clerk")),
        ("coordinator", ("DEBTOR-17", "clerk")),
    ],
)
def test_parties_and_actors_are_told_to_those_who_may_see_them(
    changing: TestClient,
    known: tuple[int, int],
    database: str,
    role: str,
    seen: tuple[str | None, str | None],
) -> None:
    headers = held(database, role) if role else {}
    asked = f"/v1/restatement?as_of={DAY}&known_at={known[0]}&known_at={known[1]}"
    seized = changing.get(asked, headers=headers).json()["assets"][1]["entries"][0]
    assert (seized["data"]["debtor_ref"], seized["actor"]) == seen


def test_knowledges_in_the_wrong_order_or_too_far_apart_are_refused(
    changing: TestClient, known: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, later = known
    wrong = problem(changing, "GET", f"/v1/restatement?known_at={later}&known_at={earlier}")
    assert (wrong.code, wrong.errors[0].code) == ("parameter-refused", "knowledges-too-far-apart")
    assert problem(changing, "GET", f"/v1/restatement?known_at={later}").errors[0].parameter == "known_at"
    monkeypatch.setattr(restatements, "_MOST", 1)
    assert (
        problem(changing, "GET", f"/v1/restatement?known_at={earlier}&known_at={later}").code
        == "parameter-refused"
    )
