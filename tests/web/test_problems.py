"""One shape for every problem, on every route."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from api.models import ProblemAnswer
from api.questions import (
    ActionFilter,
    ActionList,
    AssetFilter,
    AssetList,
    Changes,
    Decline,
    FinancedVessels,
    FindingFilter,
    LateAsked,
)
from tests.web.register import LAND, OFFICE, Id

ROUTES = [
    "/v1/assets",
    "/v1/assets.csv",
    "/v1/assets.geojson",
    "/v1/assets.jsonl",
    "/v1/assets.xlsx",
    "/v1/assets/{asset_id}",
    "/v1/assets/{asset_id}/history",
    "/v1/assets/{asset_id}/history.csv",
    "/v1/assets/{asset_id}/ladder",
    "/v1/assets/{asset_id}/ladder.csv",
    "/v1/assets/{asset_id}/ladder.svg",
    "/v1/assets/{asset_id}/plan",
    "/v1/assets/{asset_id}/replay",
    "/v1/changes",
    "/v1/decline",
    "/v1/decline.csv",
    "/v1/decline/vessels",
    "/v1/decline/vessels.csv",
    "/v1/decline.svg",
    "/v1/findings",
    "/v1/findings/counts",
    "/v1/findings.csv",
    "/v1/findings.xlsx",
    "/v1/late-entries",
    "/v1/next-actions",
    "/v1/next-actions.ics",
    "/v1/offices",
    "/v1/offices/{office}",
    "/v1/offices/{office}/closes",
    "/v1/rules",
    "/v1/sign-in",
    "/v1/sign-in/callback",
    "/v1/session",
    "/healthz",
    "/readyz",
    "/openapi.json",
]
OF_IMPORTS = [
    "/v1/imports",
    "/v1/imports/{import_id}",
    "/v1/imports/{import_id}/events",
    "/v1/imports/{import_id}/problems.csv",
    "/v1/quarantine",
    "/v1/quarantine/{quarantine_id}",
]
"""Routes that answer only those who import."""
WITH_NEEDS = [
    "/v1/communes",
    "/v1/restatement",
    "/v1/ladders",
    "/v1/assets/{asset_id}/diff",
    "/v1/assets/{asset_id}/limits",
    "/v1/next-actions/counts",
]
"""Routes that answer nothing without parameters."""
OF_STRIKES = ["/v1/strike-proposals", "/v1/strike-proposals/{proposal_id}"]
"""Routes that answer only those who are shown proposals."""
OF_LOTS = ["/v1/lots/{lot_ref}"]
"""Routes that answer only those who record."""
OF_CLOSES = ["/v1/offices/{office}/closes/{quarter}/restatement"]
"""Routes that answer only auditors and the office itself."""
OF_PERSONS = ["/v1/persons/{reference}", "/v1/person-reads/{reference}"]
"""Routes that answer only those who are shown persons."""
OF_EVIDENCE = [
    "/evidence/checkpoint",
    "/evidence/tile/entries/{place}",
    "/evidence/tile/{level}/{place}",
    "/v1/assets/{asset_id}/proofs",
    "/v1/assets/{asset_id}/proofs.zip",
]
"""Routes that answer where the log is signed, three of them those alone who are given entries."""
OF_ADMINISTRATION = ["/v1/accounts", "/v1/keys", "/v1/read-models"]
"""Routes that answer only administrators."""
OF_DOSSIERS = ["/v1/assets/{asset_id}/dossier.json", "/v1/assets/{asset_id}/dossier.pdf"]
"""Routes that answer only those who are shown whole files."""
ASKED_OF_THE_DATABASE = [
    route
    for route in ROUTES
    if route not in {"/healthz", "/openapi.json", "/v1/rules", "/v1/session"}
    and not route.startswith("/v1/sign-in")
]
# a provider may send a browser back with more than was agreed
WITH_PARAMETERS = [route for route in ROUTES if route not in {"/openapi.json", "/v1/sign-in/callback"}]
PARAMETERS = [
    *(("/v1/changes", name) for name in sorted(Changes.model_fields)),
    *(("/v1/assets", name) for name in sorted(AssetList.model_fields)),
    *(("/v1/assets.csv", name) for name in sorted(AssetFilter.model_fields)),
    *(("/v1/findings/counts", name) for name in sorted(FindingFilter.model_fields)),
    *(("/v1/findings.csv", name) for name in sorted(FindingFilter.model_fields)),
    *(("/v1/decline", name) for name in sorted(Decline.model_fields)),
    *(("/v1/findings", name) for name in ["office", "rule", "asset_id", "cursor", "limit"]),
    *(("/v1/next-actions", name) for name in sorted(ActionList.model_fields)),
    *(("/v1/decline/vessels", name) for name in sorted(FinancedVessels.model_fields)),
    *(("/v1/late-entries", name) for name in sorted(LateAsked.model_fields)),
    ("/v1/sign-in", "return_to"),
    ("/v1/sign-in/callback", "state"),
    *(("/v1/next-actions.ics", name) for name in sorted(ActionFilter.model_fields)),
]
REFUSED = [
    *(
        f"assets?{asked}"
        for asked in [
            "limit=0",
            "limit=201",
            "limit=x",
            "limit=1.0",
            "limit=1_0",
            "limit=%2B1",
            "min_position=0.0",
            "stage=gone",
            "unsold=maybe",
            "kind=",
            "sort=",
            "sort=office",
            "sort=--price",
            "year=1899",
            "year=3000",
            "price_min=-1",
            "price_max=9223372036854775808",
            "price_min=1.5",
            "rounds_min=-1",
            "reductions_min=10001",
            "left_min=1.1",
            "left_max=-0.1",
            "left_max=NaN",
            "left_max=0.1234567",
            "of_loan_max=1.1",
            "of_loan_max=0.1234567",
            "days_since_seizure_min=36501",
            "days_since_round_min=-1",
            "facets=maybe",
            "as_of=2999-01-01",
            "min_position=-1",
        ]
    ),
    *(f"findings?{asked}" for asked in ["limit=0", "limit=201", "rule=", "office=", "asset_id=TS-1"]),
    *(f"late-entries?{asked}" for asked in ["days=-1", "days=36501", "days=1.0", "office="]),
    *(
        f"ladders?{asked}"
        for asked in ["asset_id=TS-1", "asset_id=", f"asset_id={'&asset_id='.join([str(UUID(int=0))] * 201)}"]
    ),
    *(
        f"next-actions?{asked}"
        for asked in ["limit=0", "limit=201", "officer=", "overdue=maybe", "asset_id=TS-1", "action=sell"]
    ),
    *(
        f"next-actions{form}?{asked}"
        for form in ("", ".ics")
        for asked in ("due_before=2025-02-30", "due_before=1735689600", "due_from=2025-02-30", "action=wait")
    ),
]


@pytest.fixture
def paths(ids: Id) -> dict[str, str]:
    """The path of each route, about an asset of the register."""
    return {route: route.format(asset_id=ids[LAND], office=OFFICE) for route in ROUTES}


def problem(client: TestClient, method: str, path: str, **headers: str) -> ProblemAnswer:
    """The problem that is answered, in the one shape."""
    found = told(client.request(method, path, headers=headers))
    assert found.instance == path.partition("?")[0]
    return found


def told(answer: Response) -> ProblemAnswer:
    """The problem that an answer tells, in the one shape."""
    told = ProblemAnswer.model_validate_json(answer.content, strict=True)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"] == told.request_id
    assert (answer.status_code, told.type) == (told.status, f"/problems/{told.code}")
    passes = told.status in {429, 503} or told.code == "command-under-way"
    assert ("retry-after" in answer.headers) == passes
    return told


def test_these_are_all_routes(web: TestClient) -> None:
    asked = [path for path, methods in described(web).items() if "get" in methods]
    known = ROUTES + OF_IMPORTS + WITH_NEEDS + OF_STRIKES + OF_CLOSES + OF_LOTS + OF_PERSONS
    known += OF_EVIDENCE + OF_DOSSIERS + OF_ADMINISTRATION
    assert sorted([*asked, "/openapi.json"]) == sorted(known)


def described(web: TestClient) -> dict[str, Any]:
    """The methods of each path, as the description tells of them."""
    paths: dict[str, Any] = cast("FastAPI", web.app).openapi()["paths"]
    return paths


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_route_refuses_other_methods_than_its_own(
    web: TestClient, paths: dict[str, str], route: str, method: str
) -> None:
    methods = {name.upper() for name in described(web).get(route, {"get": {}})}
    if method in methods:
        needed = "media-type-refused" if route == "/v1/sign-in" else "sign-in-needed"
        assert problem(web, method, paths[route]).code == needed
        return
    assert problem(web, method, paths[route]).code == "method-not-allowed"
    allowed = web.request(method, paths[route]).headers["allow"]
    assert set(allowed.split(", ")) == methods | {"HEAD"}


@pytest.mark.parametrize("route", ROUTES)
def test_a_path_below_a_route_is_not_found(web: TestClient, paths: dict[str, str], route: str) -> None:
    assert problem(web, "GET", paths[route] + "/x/y").code == "path-not-found"
    assert problem(web, "GET", paths[route] + "/").status in {404, 422}


@pytest.mark.parametrize("route", WITH_PARAMETERS)
def test_a_parameter_that_a_route_does_not_know_is_refused_by_name(
    web: TestClient, paths: dict[str, str], route: str
) -> None:
    told = problem(web, "GET", paths[route] + "?provinz=x&as_at=2025-01-01")
    assert told.code == "parameter-refused"
    assert {(fault.parameter, fault.code) for fault in told.errors} == {
        ("provinz", "unknown-parameter"),
        ("as_at", "unknown-parameter"),
    }


def test_a_database_that_is_away_is_said_so_on_every_route(away: TestClient, paths: dict[str, str]) -> None:
    with ThreadPoolExecutor(len(ASKED_OF_THE_DATABASE)) as asking:
        told = asking.map(lambda route: problem(away, "GET", paths[route]), ASKED_OF_THE_DATABASE)
        assert [found.code for found in told] == ["database-away"] * len(ASKED_OF_THE_DATABASE)


def test_the_process_is_alive_while_the_database_is_away(away: TestClient) -> None:
    assert away.get("/healthz").json() == {"status": "alive"}


@pytest.mark.parametrize(("path", "parameter"), PARAMETERS)
@pytest.mark.parametrize("text", ["%00", "a%00b", "%1F", "%7F", "%C2%85", "%0A", "x" * 3000])
def test_a_text_with_control_characters_or_without_end_is_refused(
    web: TestClient, path: str, parameter: str, text: str
) -> None:
    told = problem(web, "GET", f"{path}?{parameter}={text}")
    assert told.status == 422
    assert [fault.parameter for fault in told.errors] == [parameter]


@pytest.mark.parametrize("asked", REFUSED)
def test_a_value_outside_its_bounds_is_refused(web: TestClient, asked: str) -> None:
    told = problem(web, "GET", f"/v1/{asked}")
    assert [fault.parameter for fault in told.errors] == [asked.partition("?")[2].partition("=")[0]]


def test_a_phrase_may_have_two_hundred_characters_and_no_more(web: TestClient) -> None:
    assert web.get("/v1/assets", params={"q": "ă" * 200}).status_code == 200
    assert problem(web, "GET", "/v1/assets?q=" + "a" * 201).errors[0].code == "string-too-long"


def test_bytes_that_are_no_text_never_break_a_route(web: TestClient) -> None:
    assert web.get("/v1/assets?q=%FF%FE").status_code == 200
    assert problem(web, "GET", "/%EF%BF%BD%00").status == 404
    assert web.get("/%FF").status_code == 404


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        ("", "No such path"),
        ("vi", "Không có đường dẫn này"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "Không có đường dẫn này"),
        ("en;q=0.5, vi;q=0.9", "Không có đường dẫn này"),
        ("vi;q=0.2, en", "No such path"),
        ("vi;q=0", "No such path"),
        ("vi;q=much", "No such path"),
        ("fr", "No such path"),
    ],
)
def test_the_title_is_in_the_language_of_the_reader(web: TestClient, accepted: str, title: str) -> None:
    assert problem(web, "GET", "/gone", **{"Accept-Language": accepted}).title == title


def test_a_problem_is_plain_json(web: TestClient) -> None:
    answer = web.get("/v1/assets?limit=0")
    assert json.loads(answer.content) == {
        "type": "/problems/parameter-refused",
        "title": "A parameter is not as expected",
        "status": 422,
        "code": "parameter-refused",
        "detail": "not as expected: limit",
        "instance": "/v1/assets",
        "request_id": answer.headers["x-request-id"],
        "errors": [
            {
                "parameter": "limit",
                "code": "greater-than-equal",
                "detail": "Input should be greater than or equal to 1",
            }
        ],
    }
