"""Who may: every operation of the description, by every role, for the own office and for another."""

from typing import Any, cast
from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from auctions.domain.asset.events import asset_id
from auctions.domain.roles import Role
from tests.web.keys import Headers, held
from tests.web.register import LAND, OFFICE, OTHER

FILE = asset_id(OFFICE, LAND)
NAMED = {"asset_id": FILE, "lot_ref": "L-1", "import_id": FILE, "quarantine_id": FILE}
READING, RECORDING = "read by all", "recorded by coordinators and supervisors of the office"
OWN_LOT = "for coordinators and supervisors, to whom lots and imports of other offices are not there"
MAY = {
    "record_lot": OWN_LOT,
    "seize": RECORDING,
    "record_together": RECORDING,
    "list_assets": READING,
    "show_asset": READING,
    "show_history": READING,
    "show_ladder": READING,
    "show_ladder_picture": READING,
    "show_plan": READING,
    "show_decline": READING,
    "show_decline_table": READING,
    "show_decline_picture": READING,
    "list_changes": READING,
    "list_findings": READING,
    "list_next_actions": READING,
    "show_calendar": READING,
    **dict.fromkeys(("send_import", "show_import", "follow_import", "cancel_import"), OWN_LOT),
    **dict.fromkeys(("list_quarantine", "retry_row"), OWN_LOT),
    **{f"write_assets_as_{form}": READING for form in ("csv", "xlsx", "json_lines", "geojson")},
    **{f"write_{what}_as_csv": READING for what in ("history", "ladder", "findings")},
    "write_findings_as_xlsx": READING,
    "is_alive": READING,
    "is_ready": READING,
}
"""What may be done by whom, by operation; commands named after their entry are recorded."""
ROLES = ["", *Role]


def operations(web: TestClient) -> list[tuple[str, str, str, Any]]:
    """Method, path, operation and its example body, of all there are; the seizure's cannot be recorded."""
    paths: dict[str, Any] = cast("FastAPI", web.app).openapi()["paths"]
    return [
        (method.upper(), path, told["operationId"], _example(told))
        for path, methods in paths.items()
        for method, told in methods.items()
    ]


def _example(told: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    example = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    impossible = {"office": OFFICE, "kind": "no_such_kind"}
    return example | impossible if told["operationId"] == "seize" else example


def may(operation: str) -> str:
    return MAY.get(operation) or RECORDING if operation.startswith("record_") else MAY[operation]


def test_every_operation_says_who_may(web: TestClient) -> None:
    assert {may(operation) for _, _, operation, _ in operations(web)} == {READING, RECORDING, OWN_LOT}


@pytest.mark.parametrize("office", [OFFICE, OTHER], ids=["own office", "other office"])
@pytest.mark.parametrize("role", ROLES, ids=["public", *Role])
def test_a_role_may_what_it_may_and_nothing_else(
    web: TestClient, register: str, role: str, office: str
) -> None:
    who = held(register, role, office) if role else {}
    found = {
        operation: web.request(method, path.format(**NAMED), json=body, headers=_sent(who)).status_code
        not in {401, 403}
        for method, path, operation, body in operations(web)
    }
    records = role in {Role.COORDINATOR, Role.SUPERVISOR}
    allowed = {READING: True, OWN_LOT: records, RECORDING: records and office == OFFICE}
    assert found == {operation: allowed[may(operation)] for _, _, operation, _ in operations(web)}


def _sent(who: Headers) -> Headers:
    """Headers that every command takes; the file has left that version, so nothing is recorded."""
    return {**who, "Idempotency-Key": str(uuid4()), "If-Match": '"v0"'}
