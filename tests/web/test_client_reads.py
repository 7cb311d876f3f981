"""What the client reads: one asset, lists page after page, any day as known at any time."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from api import questions
from api.client import Client, ProblemError, filters
from auctions.application.recording import today
from auctions.domain.asset.possible import Stage
from auctions.domain.days import VIETNAM
from tests.web.register import LAND, NEWEST, UNSOLD, VALUE, Id
from tests.web.serving import served


@pytest.fixture(scope="module")
def client(register: str, ids: Id) -> Iterator[Client]:
    """A coordinator's client of the register that nobody changes."""
    assert ids
    with served(register) as given:
        yield given.client()


def refs(items: Iterator[Any]) -> list[str]:
    return [item.asset_ref for item in items]


@pytest.mark.parametrize("page", [1, 2, 200])
def test_a_list_is_read_to_its_end_page_after_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr("api.client.service._PAGE", page)
    assert refs(client.assets()) == NEWEST
    assert refs(client.assets(unsold=True)) == UNSOLD
    assert refs(client.assets(stage=Stage.ANNOUNCED, price_min=1, sort="-price")) == [LAND]
    assert len(list(client.findings())) == len(list(client.findings(as_of=today(), known_at=25))) == 2
    assert len(list(client.next_actions())) > 2


def test_a_list_is_counted(client: Client) -> None:
    facets = client.facets(unsold=True)
    assert facets.total.n == len(UNSOLD)
    assert {(kind.value, kind.n) for kind in facets.kind} == {("land", 2), ("vessel", 1)}


def test_an_asset_is_read_as_it_stood_and_as_it_was_known(client: Client, ids: Id) -> None:
    land = ids[LAND]
    assert (client.asset(land).price, client.asset(land).version) == (855_000_000, 9)
    assert client.asset(land, as_of=date(2025, 1, 15)).price == 900_000_000
    assert client.asset(land, known_at=2).price == VALUE
    history = client.history(land)
    third = history.entries[2].recorded_at
    assert len(client.history(land, known_at=third).entries) == 3
    assert [step.price for step in client.ladder(land).steps] == [VALUE, 900_000_000, 855_000_000]
    fifth = client.replay(land, known_at=5).entries[-1]
    assert (fifth.words, fifth.changes[1].after) == (
        "the price was reduced to 900,000,000 dong, by the officer",
        900_000_000,
    )


def test_a_difference_is_asked_for_between_positions_and_times(client: Client, ids: Id) -> None:
    told = client.difference(ids[LAND], known_at=(2, 5), as_of=date(2025, 1, 15))
    assert told.before is not None
    assert told.after is not None
    assert (told.before.price, told.after.price) == (VALUE, 900_000_000)
    assert [each.entry_no for each in told.entries] == [3, 4, 5]
    third, fifth = (client.history(ids[LAND]).entries[number].recorded_at for number in (1, 4))
    assert client.difference(ids[LAND], known_at=(third, fifth), as_of=date(2025, 1, 15)) == told


def test_a_day_is_known_by_its_end_and_a_time_by_its_offset(client: Client, ids: Id) -> None:
    yesterday = datetime.now(VIETNAM) - timedelta(days=1)
    for known_at in (yesterday, yesterday.date()):
        with pytest.raises(ProblemError, match="asset-not-"):
            client.asset(ids[LAND], known_at=known_at)


def test_what_is_ahead_and_how_value_declined(client: Client, ids: Id) -> None:
    plan = client.plan(ids[LAND], cut=5, rounds=2)
    assert [step.round_no for step in plan.steps] == [3, 4]
    assert client.decline(kind="land", by="province").assets == 2
    assert client.decline(as_of=date(2025, 1, 2)).assets == 3


def test_a_read_waits_for_what_was_recorded(client: Client) -> None:
    assert refs(client.assets(min_position=25)) == NEWEST


def test_a_question_that_is_none_is_refused_by_name(client: Client) -> None:
    with pytest.raises(ProblemError) as refused:
        list(client.assets(price_min=-1))
    assert [fault.parameter for fault in refused.value.errors] == ["price_min"]


@pytest.mark.parametrize(
    ("filtered", "asked"),
    [
        (filters.AssetFilter, questions.AssetList),
        (filters.FindingFilter, questions.FindingList),
        (filters.ActionFilter, questions.ActionList),
        (filters.DeclineFilter, questions.Decline),
        (filters.PlanFilter, questions.OnePlan),
        (filters.Times, questions.OneAsset),
        (filters.Knowledges, questions.RestatementAsked),
    ],
)
def test_what_the_service_may_be_asked_the_client_may(filtered: Any, asked: type[questions.Timed]) -> None:  # noqa: ANN401 - a dictionary's form
    assert filtered.__annotations__.keys() == asked.model_fields.keys() - questions.PAGE
