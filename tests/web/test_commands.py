"""Commands over HTTP: recorded once, decided on what the sender saw, refused with code and place."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from uuid import uuid4

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.models_of_recording import Recorded
from api.nouns import NOUNS
from auctions.domain.asset.events import ENTRIES, asset_id
from tests.web.keys import Headers, held
from tests.web.register import LAND, OFFICE, OTHER
from tests.web.sending import held_up
from tests.web.test_problems import told

FILE = asset_id(OFFICE, LAND)
SEIZED = {"on": "2025-03-03", "asset_ref": "TS-9", "office": OFFICE, "kind": "land"}
COST = {"on": "2025-03-03", "amount": 40_000, "what": "custody"}
STRUCK = {
    "on": "2025-03-03",
    "entry_no": 9,
    "basis": "QĐ 17",
    "reason": "typing error",
    "approved_by": "supervisor-1",
}
AT = {"If-Match": '"v9"'}


@pytest.fixture
def coordinator(database: str) -> Headers:
    """The header of a coordinator of the office whose land is seized; its file stands at nine entries."""
    return held(database, "coordinator")


def posted(web: TestClient, path: str, body: object, *headers: Headers, key: str | None = None) -> Response:
    sent = {"Idempotency-Key": key or str(uuid4())}
    for each in headers:
        sent |= each
    answer: Response = web.post(f"/v1/assets{path}", json=body, headers=sent)
    return answer


def test_every_entry_has_a_noun_and_no_two_the_same() -> None:
    assert NOUNS.keys() | {"seized"} == ENTRIES.keys()
    assert len(set(NOUNS.values())) == len(NOUNS)


def test_a_seizure_begins_a_file(recording: TestClient, coordinator: Headers) -> None:
    answer = posted(recording, "", SEIZED, coordinator)
    assert answer.status_code == 201
    recorded = Recorded.model_validate_json(answer.content)
    assert (recorded.asset_id, recorded.version, recorded.positions) == (asset_id(OFFICE, "TS-9"), 1, [26])
    headers = {name: answer.headers[name] for name in ("etag", "location", "position")}
    assert headers == {"etag": '"v1"', "location": f"/v1/assets/{recorded.asset_id}", "position": "26"}
    assert recording.get(headers["location"]).json()["asset_ref"] == "TS-9"


def test_an_entry_is_recorded_by_its_noun_and_tells_who_recorded_it(
    recording: TestClient, coordinator: Headers
) -> None:
    answer = posted(recording, f"/{FILE}/costs", COST, coordinator, AT)
    assert (answer.status_code, answer.json()["version"]) == (201, 10)
    last = recording.get(f"/v1/assets/{FILE}/history", headers=coordinator).json()["entries"][-1]
    assert (last["entry"], last["actor"], last["data"]["amount"]) == (
        "cost_accrued",
        f"coordinator-{OFFICE}",
        40_000,
    )


def test_a_command_sent_again_is_answered_with_the_same_bytes_and_recorded_once(
    recording: TestClient, coordinator: Headers
) -> None:
    answers = [posted(recording, f"/{FILE}/costs", COST, coordinator, AT, key="cost-of-March") for _ in "123"]
    assert {(each.status_code, each.content, each.headers["etag"]) for each in answers} == {
        (201, answers[0].content, '"v10"')
    }
    assert len(recording.get(f"/v1/assets/{FILE}/history").json()["entries"]) == 10


def test_a_key_used_for_another_command_is_refused(recording: TestClient, coordinator: Headers) -> None:
    posted(recording, f"/{FILE}/costs", COST, coordinator, AT, key="one")
    answer = posted(recording, f"/{FILE}/costs", COST | {"amount": 1}, coordinator, AT, key="one")
    assert told(answer).code == "command-id-reused"


def test_a_command_sent_again_while_it_is_under_way_is_to_be_sent_again_in_a_second(
    recording: TestClient, database: str, coordinator: Headers
) -> None:
    key = str(uuid4())
    with ThreadPoolExecutor(2) as clients:
        with held_up(database):
            sent = [
                clients.submit(posted, recording, f"/{FILE}/costs", COST, coordinator, AT, key=key)
                for _ in "12"
            ]
            (first,), (other,) = wait(sent, return_when=FIRST_COMPLETED)
        assert told(first.result()).code == "command-under-way"
        assert first.result().headers["retry-after"] == "1"
        assert other.result().status_code == 201


def test_two_actors_may_use_the_same_key(recording: TestClient, database: str, coordinator: Headers) -> None:
    other = held(database, "supervisor")
    first = posted(recording, f"/{FILE}/costs", COST, coordinator, AT, key="one")
    second = posted(recording, f"/{FILE}/costs", COST, other, {"If-Match": '"v10"'}, key="one")
    assert (first.json()["version"], second.json()["version"]) == (10, 11)


def test_who_decided_on_an_older_file_is_told_the_version_it_has_now(
    recording: TestClient, coordinator: Headers
) -> None:
    posted(recording, f"/{FILE}/costs", COST, coordinator, AT)
    answer = posted(recording, f"/{FILE}/costs", COST, coordinator, AT)
    assert (told(answer).status, told(answer).code, answer.headers["etag"]) == (412, "stale-file", '"v10"')


def test_what_is_missing_is_asked_for(recording: TestClient, coordinator: Headers) -> None:
    costs = f"/v1/assets/{FILE}/costs"
    assert told(recording.post(costs, json=COST, headers=coordinator)).code == "idempotency-key-needed"
    assert told(posted(recording, f"/{FILE}/costs", COST, coordinator)).code == "precondition-needed"
    plain = {"Content-Type": "text/plain"}
    assert (
        told(posted(recording, f"/{FILE}/costs", COST, coordinator, AT, plain)).code == "media-type-refused"
    )


@pytest.mark.parametrize(("name", "value"), [("If-Match", "v9"), ("Idempotency-Key", "a key")])
def test_a_header_of_another_form_is_refused_by_name(
    recording: TestClient, coordinator: Headers, name: str, value: str
) -> None:
    answer = posted(recording, f"/{FILE}/costs", COST, coordinator, AT, {name: value})
    assert [fault.parameter for fault in told(answer).errors] == [name.lower()]


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"on": "2025-03-03", "what": "custody"}, {("/amount", "missing")}),
        (COST | {"amount": "much", "of": 1}, {("/amount", "int-type"), ("/of", "extra-forbidden")}),
        (COST | {"on": "3 March"}, {("/on", "date-parsing")}),
        ([], {("/", "model-type")}),
    ],
)
def test_a_bad_field_is_told_with_its_pointer(
    recording: TestClient, coordinator: Headers, body: object, faults: set[tuple[str, str]]
) -> None:
    problem = told(posted(recording, f"/{FILE}/costs", body, coordinator, AT))
    assert (problem.status, problem.code) == (422, "body-refused")
    assert {(fault.pointer, fault.code) for fault in problem.errors} == faults


def test_a_bad_value_of_several_forms_is_told_with_the_place_it_has_in_the_body(
    recording: TestClient, coordinator: Headers
) -> None:
    survey = {"on": "2025-03-03", "attributes": {"a/b": 1.5, "area": {"m2": 7}}}
    problem = told(posted(recording, f"/{FILE}/surveys", survey, coordinator, AT))
    assert {fault.pointer for fault in problem.errors} == {"/attributes/a~1b", "/attributes/area"}
    shares = {"on": "2025-03-03", "shares": {" CREDITOR-2": 5}}
    problem = told(posted(recording, f"/{FILE}/proceeds-distributions", shares, coordinator, AT))
    assert [fault.pointer for fault in problem.errors] == ["/shares/ CREDITOR-2"]


@pytest.mark.parametrize("body", [b"{", b"[" * 60_000, b"\xff", b""])
def test_what_is_no_json_is_told(recording: TestClient, coordinator: Headers, body: bytes) -> None:
    headers = {**coordinator, **AT, "Idempotency-Key": "k", "Content-Type": "application/json"}
    for noun in ("costs", "entries"):
        answer = recording.post(f"/v1/assets/{FILE}/{noun}", content=body, headers=headers)
        assert (told(answer).code, len(told(answer).errors)) == ("body-refused", 1)


def test_a_body_that_is_too_large_is_refused(recording: TestClient, coordinator: Headers) -> None:
    answer = posted(recording, f"/{FILE}/costs", COST | {"note": "x" * 70_000}, coordinator, AT)
    assert told(answer).code == "body-too-large"


def test_a_decision_that_the_law_does_not_allow_is_refused_with_rule_and_article(
    recording: TestClient, coordinator: Headers
) -> None:
    failed = {"on": "2025-02-01", "round_no": 3, "reason": "no_bid"}
    assert posted(recording, f"/{FILE}/round-failures", failed, coordinator, AT).status_code == 201
    reduced = {"on": "2025-02-20", "to_price": 700_000_000, "decided_by": "officer"}
    tens = {"If-Match": '"v10"'}
    problem = told(posted(recording, f"/{FILE}/price-reductions", reduced, coordinator, tens))
    assert (problem.status, problem.code) == (409, "refused")
    fault = next(each for each in problem.errors if (each.details or {})["rule"] == "FAIL-03")
    details = fault.details or {}
    assert "700.000.000" in details.pop("message_vi")
    assert (fault.code, details) == (
        "unlawful",
        {"rule": "FAIL-03", "article": "L26/2008 art 104(5)", "asked": 700_000_000, "allowed": 769_500_000},
    )
    found = recording.post(
        f"/v1/assets/{FILE}/price-reductions?as_found=true",
        json=reduced,
        headers={**coordinator, **tens, "Idempotency-Key": "found"},
    )
    assert found.status_code == 201


def test_what_is_not_possible_is_refused_with_its_code(recording: TestClient, coordinator: Headers) -> None:
    problem = told(posted(recording, f"/{FILE}/deliveries", {"on": "2025-03-03"}, coordinator, AT))
    assert (problem.code, problem.errors[0].code) == ("refused", "not-in-this-stage")
    problem = told(posted(recording, "", SEIZED | {"asset_ref": LAND}, coordinator))
    assert (problem.code, problem.errors[0].code) == ("refused", "already-seized")


def test_an_asset_that_is_not_seized_takes_no_entry(recording: TestClient, coordinator: Headers) -> None:
    nought = {"If-Match": '"v0"'}
    assert told(posted(recording, f"/{uuid4()}/costs", COST, coordinator, nought)).code == "asset-not-seized"


def test_a_strike_approved_on_paper_and_what_is_entered_anew_are_recorded_together_as_found(
    recording: TestClient, coordinator: Headers
) -> None:
    strike = {"entry": "entry_struck", **STRUCK}
    anew = {"entry": "round_announced", "on": "2025-01-23", "round_no": 3, "starting_price": 855_000_000}
    path, body = f"/{FILE}/entries?as_found=true", {"entries": [strike, anew]}
    answer = posted(recording, path, body, coordinator, AT)
    assert (answer.status_code, answer.json()["positions"]) == (201, [26, 27])
    wrong: list[object] = [
        {"entries": []},
        {"entries": [{"entry": "sold"}]},
        {"entries": [anew], "of": 1},
        [1],
    ]
    for each in wrong:
        answer = posted(recording, f"/{FILE}/entries", each, coordinator, {"If-Match": '"v11"'})
        assert told(answer).code == "body-refused"


def test_others_files_are_not_written_to(recording: TestClient, database: str) -> None:
    other = held(database, "coordinator", OTHER)
    problem = told(posted(recording, f"/{FILE}/costs", COST, other, AT))
    assert (problem.status, problem.code) == (403, "not-allowed")
    assert told(posted(recording, "", SEIZED, other)).code == "not-allowed"


@pytest.mark.parametrize("role", ["client", "auditor", "administrator"])
def test_who_does_not_record_is_told_who_does(recording: TestClient, database: str, role: str) -> None:
    problem = told(posted(recording, f"/{FILE}/costs", COST, held(database, role), AT))
    assert (problem.status, problem.code) == (403, "not-allowed")


def test_who_does_not_say_who_it_is_records_nothing(recording: TestClient) -> None:
    answer = posted(recording, f"/{FILE}/costs", COST, AT)
    assert (told(answer).code, answer.headers["www-authenticate"]) == ("sign-in-needed", "Bearer")


def test_a_rounds_result_is_recorded_for_all_assets_of_the_lot_or_for_none(
    recording: TestClient, coordinator: Headers
) -> None:
    lot = [asset_id(OFFICE, ref) for ref in ("TS-31", "TS-32")]
    for ref, file in zip(("TS-31", "TS-32"), lot, strict=True):
        posted(recording, "", SEIZED | {"asset_ref": ref}, coordinator)
        appraised = {"on": "2025-03-04", "value": 1_000_000_000, "method": "appraiser"}
        announced = {"on": "2025-03-05", "round_no": 1, "starting_price": 1_000_000_000, "lot_ref": "L-9"}
        posted(recording, f"/{file}/appraisals", appraised, coordinator, {"If-Match": '"v1"'})
        posted(recording, f"/{file}/round-announcements", announced, coordinator, {"If-Match": '"v2"'})
    failed = {"entry": "round_failed", "on": "2025-04-10", "round_no": 1, "reason": "no_bid"}
    entries = [{"asset_id": str(file), **failed} for file in lot]

    def sent(lot_ref: str, entries: object, key: str) -> Response:
        headers = coordinator | {"Idempotency-Key": key}
        answer: Response = recording.post(
            f"/v1/lots/{lot_ref}/entries", json={"entries": entries}, headers=headers
        )
        return answer

    alone = posted(recording, f"/{lot[0]}/round-failures", failed, coordinator, {"If-Match": '"v3"'})
    assert told(alone).code == "body-refused", "an entry's name stands in the path"
    assert [fault.code for fault in told(sent("L-9", entries[:1], "a")).errors] == ["whole-lot"]
    answers = [sent("L-9", entries, "b") for _ in "12"]
    assert {(each.status_code, each.content) for each in answers} == {(201, answers[0].content)}
    assert len(answers[0].json()["positions"]) == 2
    assert told(sent("L-8", entries, "c")).code == "lot-not-found"
    for wrong in ([{**entries[0], "asset_id": "x"}], [entries[0], entries[0]], [failed]):
        assert told(sent("L-9", wrong, "d")).errors[0].pointer in {
            "/entries/0/asset_id",
            "/entries/1/asset_id",
        }


def test_who_prefers_headers_alone_is_sent_no_more(recording: TestClient, coordinator: Headers) -> None:
    answer = posted(recording, f"/{FILE}/costs", COST, coordinator, AT, {"Prefer": "return=minimal"})
    assert (answer.status_code, answer.content) == (201, b"")
    told = {name: answer.headers[name] for name in ("etag", "position", "preference-applied")}
    assert told == {"etag": '"v10"', "position": "26", "preference-applied": "return=minimal"}


def test_who_prefers_the_asset_is_sent_it_as_it_stood_then_however_often(
    recording: TestClient, coordinator: Headers
) -> None:
    preferring, key = {"Prefer": "respond-async, return=representation"}, str(uuid4())
    first = posted(recording, f"/{FILE}/costs", COST, coordinator, AT, preferring, key=key)
    told = Recorded.model_validate_json(first.content)
    shown = recording.get(f"/v1/assets/{FILE}", headers=coordinator).json()
    assert told.asset is not None
    assert told.asset.model_dump(mode="json") == shown
    assert (told.asset.costs, first.headers["preference-applied"]) == (40_000, "return=representation")
    posted(recording, f"/{FILE}/costs", COST, coordinator, {"If-Match": '"v10"'})
    again = posted(recording, f"/{FILE}/costs", COST, coordinator, AT, preferring, key=key)
    assert again.content == first.content


@pytest.mark.parametrize("preference", ["return=everything", "wait=soon", "x-return=minimal", ""])
def test_a_preference_that_is_not_known_is_passed_over(
    recording: TestClient, coordinator: Headers, preference: str
) -> None:
    answer = posted(recording, f"/{FILE}/costs", COST, coordinator, AT, {"Prefer": preference})
    assert "preference-applied" not in answer.headers
    assert list(answer.json()) == ["asset_id", "version", "positions", "leaves", "notes"]
