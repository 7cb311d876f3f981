"""A replay tells at every entry what a plain fold of the entries of then tells."""

from datetime import date, datetime
from itertools import accumulate
from typing import Any
from uuid import UUID

from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from auctions.domain.asset.law import Finding, Law, judged, law
from auctions.domain.asset.state import State, fold, standing, struck_by
from auctions.domain.days import VIETNAM
from auctions.domain.event import Envelope, Recorded
from projections.log import numbered
from projections.replay import Step, replay
from tests.property.test_two_times import lived, steps
from tests.unit.given import day

MORNING = datetime(2025, 6, 1, 9, tzinfo=VIETNAM)
Asked = list[tuple[str, int, bool]]
TOLD = [
    "office",
    "stage",
    "unsold",
    "suspended",
    "price",
    "rounds",
    "round",
    "auction_at",
    "failed_rounds",
    "reductions",
    "costs",
    "in_lieu",
    "in_lieu_open",
    "preemption",
    "sold_for",
    "paid",
    "delivered_on",
    "title_registered",
    "distributed",
    "condition",
    "missing",
    "attributes",
    "aliases",
]


def of_vietnam(_: str) -> Law:
    return law("vn")


def recorded(asked: Asked) -> list[Recorded]:
    """A file of random entries, many of them late, some struck and entered anew by the same command."""
    events = lived(asked)
    commands = accumulate(int(event.begins) for event in events)
    return [
        Recorded(
            event.stream_id,
            event.entry_no,
            event.entry,
            event.position,
            MORNING,
            Envelope("CB-7", "KV-3", "officer", UUID(int=command)),
        )
        for event, command in zip(events, commands, strict=True)
    ]


def ends(file: list[Recorded]) -> set[int]:
    """The numbers of the entries that end what a command recorded."""
    return set({line.envelope.command_id: line.entry_no for line in file}.values())


def told(state: State, name: str) -> Any:  # noqa: ANN401 - a part of the state
    under_way = state.round
    results = {
        f"round_{each.round_no}": {
            part: value
            for part in ("outcome", "ended_on", "reason", "price")
            if (value := getattr(each, part)) is not None
        }
        for each in state.rounds
        if each.outcome
    }
    return {
        **results,
        "rounds": len(state.rounds),
        "round": under_way and under_way.round_no,
        "auction_at": under_way and under_way.auction_at,
    }.get(name, getattr(state, name, None))


@settings(max_examples=150, deadline=None)
@over(steps, st.none() | st.integers(0, 41))
def test_changes_one_after_the_other_lead_to_the_fold_of_then(asked: Asked, until: int | None) -> None:
    file, end = recorded(asked), None if until is None else day(until)
    state: dict[str, Any] = {}
    found: list[Finding] = []
    replayed = {step.line.entry_no: step for step in replay(file, of_vietnam, until=end)}
    for line in file:
        if step := replayed.get(line.entry_no):
            found = after(found, step)
            for change in step.changes:
                assert state.get(change.field, told(State(), change.field)) == change.before
                assert change.before != change.after
                state[change.field] = change.after
        if line.entry_no in ends(file):
            lines = numbered(file[: line.entry_no])
            known, broken = judged(lines, of_vietnam, until=end)
            assert known == fold(lines, until=end)
            for name in {*TOLD, *state, *(f"round_{each.round_no}" for each in known.rounds)}:
                assert state.get(name, told(State(), name)) == told(known, name)
            assert sorted(found, key=str) == sorted(broken, key=str)


def after(found: list[Finding], step: Step) -> list[Finding]:
    """The findings that hold after a step, of which each came once and went once."""
    assert not [finding for finding in step.found if finding in found]
    assert all(finding in found for finding in step.lifted)
    return [finding for finding in found if finding not in step.lifted] + list(step.found)


@settings(max_examples=50, deadline=None)
@over(steps, st.integers(1, 5))
def test_pages_of_any_size_are_the_whole(asked: Asked, most: int) -> None:
    file = recorded(asked)
    pages = list[Step]()
    while page := replay(file, of_vietnam, after=len(pages), most=most):
        assert len(page) >= most or len(pages) + len(page) == len(file)
        pages += page
    assert pages == replay(file, of_vietnam)


@settings(max_examples=100, deadline=None)
@over(steps)
def test_what_is_late_and_what_is_struck_are_as_the_file_tells(asked: Asked) -> None:
    file = recorded(asked)
    strikes = struck_by(numbered(file))
    replayed = replay(file, of_vietnam)
    assert [step.line for step in replayed] == file
    for step in replayed:
        number, command = step.line.entry_no, step.line.envelope.command_id
        assert strikes.get(number) == (step.strike and step.strike.entry_no)
        own = [line.entry_no for line in file if line.envelope.command_id == command]
        assert step.together == (own if len(own) > 1 else [])
        before = standing(numbered(file[: own[0] - 1]))
        assert step.late == (step.line.entry.on < max((entry.on for _, entry in before), default=date.min))
