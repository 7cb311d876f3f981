"""The client on a real socket: a command is recorded once, whatever is lost on the way."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest

from api.client import Client, ProblemError
from api.models_of_strikes import Strike
from auctions.domain.asset import events as e
from tests.web.losing import CUT, LOST, Fate, problem
from tests.web.register import LAND, OFFICE, recorded
from tests.web.serving import Given, served

FILE = e.asset_id(OFFICE, LAND)
COST = e.CostAccrued(on=date(2025, 3, 3), amount=40_000, what="custody")


@pytest.fixture
def given(database: str) -> Iterator[Given]:
    """A register of the test's own, whose land has a file of nine entries."""
    recorded(database)
    with served(database) as given:
        yield given


def costs(client: Client) -> int:
    return sum(line.entry == "cost_accrued" for line in client.history(FILE).entries)


def test_a_file_is_begun_and_written_to(given: Given) -> None:
    client = given.client()
    seized = client.seize(
        e.Seized(
            on=date(2025, 3, 3),
            asset_ref="TS-9",
            office=OFFICE,
            kind="vessel",
            attributes={"vessel_no": "BĐ-1-TS"},
        )
    )
    wrong = client.record(COST, asset_id=seized.asset_id, version=seized.version)
    strike = Strike(on=COST.on, entry_no=wrong.version, basis="QĐ 17", reason="typing error")
    anew = e.CostAccrued(on=COST.on, amount=50_000, what="custody")
    proposal = client.propose_strike([strike, anew], asset_id=seized.asset_id, version=wrong.version)
    right = given.client(role="supervisor").approve_strike(proposal.proposal_id)
    assert (right.version, right.positions) == (4, [28, 29])
    asset = client.asset(seized.asset_id)
    assert (asset.version, asset.costs, asset.attributes) == (4, 50_000, {"vessel_no": "BĐ-1-TS"})


def test_a_decision_that_the_law_does_not_allow_is_refused_with_its_rule(given: Given) -> None:
    client = given.client()
    failed = e.RoundFailed(on=date(2025, 2, 1), round_no=3, reason="no_bid")
    at = client.record(failed, asset_id=FILE, version=9).version
    reduced = e.PriceReduced(on=date(2025, 2, 20), to_price=700_000_000, decided_by="officer")
    with pytest.raises(ProblemError, match=r"^refused: .*FAIL-03") as refused:
        client.record(reduced, asset_id=FILE, version=at)
    told = refused.value
    assert (told.status, told.code, told.errors[0].code) == (409, "refused", "unlawful")
    assert len(told.request_id) == 32
    found = client.record(reduced, asset_id=FILE, version=at, as_found=True)
    assert found.version == at + 1


@pytest.mark.parametrize("fate", [LOST, CUT])
def test_a_command_whose_answer_is_lost_is_recorded_once(given: Given, fate: Fate) -> None:
    client, proxy = given.losing(fate, fate)
    assert client.record(COST, asset_id=FILE, version=9).version == 10
    assert (proxy.met[fate], costs(client)) == (2, 1)


def test_a_strike_whose_answers_are_lost_is_proposed_and_recorded_once(given: Given) -> None:
    strike = Strike(on=COST.on, entry_no=9, basis="QĐ 17", reason="typing error")
    proposing, _ = given.losing(LOST, CUT)
    waiting = proposing.propose_strike([strike], asset_id=FILE, version=9)
    assert [each.proposal_id for each in proposing.strike_proposals()] == [waiting.proposal_id]
    approving, proxy = given.losing(LOST, CUT, role="supervisor")
    assert (approving.approve_strike(waiting.proposal_id).version, proxy.met.total()) == (10, 3)
    assert approving.strike_proposal(waiting.proposal_id).state == "approved"


def test_a_proposal_is_dropped_once_with_its_reason_though_the_answer_is_lost(given: Given) -> None:
    strike = Strike(on=COST.on, entry_no=9, basis="QĐ 17", reason="typing error")
    waiting = given.client().propose_strike([strike], asset_id=FILE, version=9)
    supervisor, _ = given.losing(LOST, role="supervisor")
    dropped = supervisor.drop_strike_proposal(waiting.proposal_id, "the minutes say so")
    assert (dropped.state, dropped.reason) == ("refused", "the minutes say so")
    assert list(supervisor.strike_proposals("refused")) == [dropped]
    with pytest.raises(ProblemError, match="proposal-ended"):
        supervisor.approve_strike(waiting.proposal_id)


def test_a_command_that_is_given_its_id_is_recorded_once_by_whoever_sends_it(given: Given) -> None:
    command_id = uuid4()
    answers = [given.client().record(COST, asset_id=FILE, version=9, command_id=command_id) for _ in range(2)]
    assert answers[0] == answers[1]
    assert costs(given.client()) == 1


def test_a_command_under_way_is_asked_again_and_recorded_once(given: Given) -> None:
    under_way = problem("409 Conflict", "command-under-way")
    client, proxy = given.losing(LOST, under_way, CUT, under_way)
    assert client.record(COST, asset_id=FILE, version=9).version == 10
    assert (proxy.met.total(), costs(client)) == (5, 1)
