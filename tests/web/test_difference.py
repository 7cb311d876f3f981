"""What became known of one asset between two knowledges, asked for over HTTP."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from api.models_of_replays import Difference
from api.routes import replays
from auctions.application.recording import Actor, record
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections.log import file, laws_over_time
from projections.views_of_replays import difference_view
from tests.unit.given import entry
from tests.web.keys import held
from tests.web.register import FIELD, LAND, OFFICE, OTHER, Id
from tests.web.test_problems import problem

DAY = "2025-01-20"


def path(asset_id: object, earlier: int, later: int, as_of: str = f"&as_of={DAY}") -> str:
    return f"/v1/assets/{asset_id}/diff?known_at={earlier}&known_at={later}{as_of}"


def test_a_difference_is_told_as_described_and_as_the_command_line_tells_it(
    web: TestClient, ids: Id, register: str
) -> None:
    with connection(register) as own:
        for ref, earlier, later in ((LAND, 0, 25), (LAND, 4, 5), (FIELD, 24, 25)):
            until = [line for line in file(own, ids[ref]) if line.position <= later]
            expected = difference_view(
                until, laws_over_time(own, later), date.fromisoformat(DAY), (earlier, later)
            )
            answer = web.get(path(ids[ref], earlier, later), headers=held(register, "auditor"))
            told = Difference.model_validate_json(answer.content, strict=True)
            assert told.model_dump(mode="json") == answer.json() == expected
            assert (answer.headers["position"], told.known_at) == (str(later), [earlier, later])
            assert told.before != told.after


def test_findings_that_came_by_an_entry_are_told(web: TestClient, ids: Id) -> None:
    told = Difference.model_validate_json(web.get(path(ids[LAND], 4, 5)).content, strict=True)
    assert [(each.entry_no, each.rule) for each in told.came] == [(5, "FAIL-02")]
    assert told.went == []


@pytest.mark.parametrize(
    ("role", "office", "seen"),
    [
        ("", "", (None, None)),
        ("client", "", (None, None)),
        ("supervisor", OFFICE, (None, None)),
        ("auditor", "", ("clerk", "head")),
        ("coordinator", OTHER, ("clerk", "head")),
    ],
)
def test_who_recorded_and_approved_is_told_to_those_who_may_see_it(  # noqa: PLR0917 - fixtures
    web: TestClient, ids: Id, register: str, role: str, office: str, seen: tuple[str | None, str | None]
) -> None:
    answer = web.get(path(ids[FIELD], 24, 25), headers=held(register, role, office) if role else {})
    (strike,) = answer.json()["entries"]
    assert (strike["actor"], strike["approved_by"]) == seen
    assert answer.headers["vary"] == "Authorization, Cookie"


def test_what_is_entered_late_is_told_between_before_and_now_and_an_answer_is_kept_until_then(
    changing: TestClient, ids: Id, store: PostgresStore
) -> None:
    now = "&known_at=25&known_at="
    before = changing.get(f"/v1/assets/{ids[LAND]}/diff?as_of={DAY}{now}25")
    assert before.json()["entries"] == []
    seen = {"If-None-Match": before.headers["etag"]}
    assert changing.get(f"/v1/assets/{ids[LAND]}/diff?as_of={DAY}{now}25", headers=seen).status_code == 304
    late = [entry("cost_accrued", 5)]
    record(store, stream_id=ids[LAND], entries=late, by=Actor("clerk", OFFICE), as_found=True)
    after = changing.get(f"/v1/assets/{ids[LAND]}/diff?as_of={DAY}{now}26", headers=seen)
    told = Difference.model_validate_json(after.content, strict=True)
    assert [(each.entry, each.late) for each in told.entries] == [("cost_accrued", True)]


def test_what_cannot_be_told_apart_is_refused(
    web: TestClient, ids: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = problem(web, "GET", path(ids[LAND], 25, 4))
    assert (wrong.code, wrong.errors[0].code) == ("parameter-refused", "knowledges-too-far-apart")
    assert problem(web, "GET", path(ids[FIELD], 0, 9)).code == "asset-not-found"
    assert problem(web, "GET", path(ids[LAND], 4, 26)).errors[0].code == "known-at-in-future"
    once = problem(web, "GET", f"/v1/assets/{ids[LAND]}/diff?known_at=4")
    assert [fault.parameter for fault in once.errors] == ["known_at"]
    monkeypatch.setattr(replays, "_MOST", 2)
    assert web.get(path(ids[LAND], 3, 5)).status_code == 200
    assert "at most 2 entries in between" in problem(web, "GET", path(ids[LAND], 2, 5)).errors[0].detail
