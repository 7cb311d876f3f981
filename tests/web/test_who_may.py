"""Who may: every operation of the description, by every role, for the own office and for another."""

from typing import Any, cast
from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.passwords import EXAMPLE
from auctions.domain.asset.events import asset_id
from auctions.domain.roles import Role
from tests.web.keys import Headers, held, in_session, with_password
from tests.web.register import LAND, OFFICE, OTHER, Id

FILE = asset_id(OFFICE, LAND)
NAMED = {
    "asset_id": FILE,
    "lot_ref": "L-1",
    "import_id": FILE,
    "quarantine_id": FILE,
    "proposal_id": FILE,
    "office": OFFICE,
    "reference": "DEBTOR-17",
    "quarter": "2025-Q1",
    "level": 0,
    "place": "000",
    "user": "NOBODY",
    "key_id": "000000000000",
    "name": "assets",
}
READING, RECORDING = "read by all", "recorded by coordinators and supervisors of the office"
SIGNED_IN = "asked by whoever signed in by a browser"
OWN_LOT = (
    "for coordinators and supervisors, to whom lots, imports, persons and proposals of others are not there"
)
AND_AUDITORS = "the same, and for auditors"
BY_AUDITORS = "for auditors"
BY_ADMINISTRATORS = "for administrators"
BY_OWN_SUPERVISORS = "for supervisors of the office"
BY_SUPERVISORS = "for supervisors, to whom persons and proposals of other offices are not there"
WHOSE_FILE_IT_IS = "for auditors and the office that has the file"
UNAPPROVED = "refused to coordinators and supervisors unless it is as found, and not for others"
MAY = {
    "record_lot": OWN_LOT,
    "seize": RECORDING,
    "record_together": RECORDING,
    "record_entry_struck": UNAPPROVED,
    "propose_strike": RECORDING,
    **dict.fromkeys(("list_strike_proposals", "show_strike_proposal"), AND_AUDITORS),
    "approve_strike": BY_SUPERVISORS,
    "drop_strike_proposal": OWN_LOT,
    "list_assets": READING,
    "count_communes": READING,
    "show_asset": READING,
    "show_history": READING,
    "show_replay": READING,
    "show_difference": READING,
    "show_ladder": READING,
    "list_ladders": READING,
    "show_ladder_picture": READING,
    "show_plan": READING,
    "list_limits": READING,
    "show_decline": READING,
    **dict.fromkeys(("show_vessels", "show_vessels_table"), READING),
    "show_decline_table": READING,
    "show_decline_picture": READING,
    "list_changes": READING,
    "show_restatement": READING,
    **dict.fromkeys(("list_rules", "list_offices", "show_office"), READING),
    "list_closes": READING,
    "close_book": BY_OWN_SUPERVISORS,
    "show_close_restatement": WHOSE_FILE_IT_IS,
    **dict.fromkeys(("list_findings", "count_findings"), READING),
    "list_next_actions": READING,
    "list_late_entries": READING,
    "count_next_actions": READING,
    "show_lot": OWN_LOT,
    "show_calendar": READING,
    **dict.fromkeys(("send_import", "show_import", "follow_import", "cancel_import"), OWN_LOT),
    **dict.fromkeys(("list_imports", "write_problems_as_csv"), OWN_LOT),
    **dict.fromkeys(("list_quarantine", "show_waiting_row", "retry_row"), OWN_LOT),
    "show_person": AND_AUDITORS,
    "enter_person": OWN_LOT,
    "erase_person": BY_SUPERVISORS,
    "list_person_reads": BY_AUDITORS,
    **dict.fromkeys(("list_accounts", "add_account", "give_password"), BY_ADMINISTRATORS),
    **dict.fromkeys(("disable_account", "enable_account"), BY_ADMINISTRATORS),
    **dict.fromkeys(("list_keys", "add_key", "revoke_key", "set_limit"), BY_ADMINISTRATORS),
    **dict.fromkeys(("list_read_models", "retry_read_model"), BY_ADMINISTRATORS),
    **{f"write_assets_as_{form}": READING for form in ("csv", "xlsx", "json_lines", "geojson")},
    **{f"write_{what}_as_csv": READING for what in ("history", "ladder", "findings")},
    "write_findings_as_xlsx": READING,
    **dict.fromkeys(("show_checkpoint", "show_tile"), READING),
    "show_entries": BY_AUDITORS,
    **dict.fromkeys(("show_proofs", "take_proofs", "show_dossier", "print_dossier"), WHOSE_FILE_IT_IS),
    "sign_in": READING,
    "sign_in_with_password": READING,
    "end_sign_in": READING,
    "show_session": READING,
    "end_session": SIGNED_IN,
    "is_alive": READING,
    "is_ready": READING,
}
"""What may be done by whom, by operation; commands named after their entry are recorded."""
ROLES = ["", *Role]
IMPOSSIBLE = {
    "seize": {"office": OFFICE, "kind": "no_such_kind"},
    "close_book": {"quarter": "2999-Q4"},
    "set_limit": {"rule": "N-NONE-00"},
}
"""What cannot be recorded of what needs no version of a file."""


@pytest.fixture(scope="session", autouse=True)
def account(register: str, ids: Id) -> None:
    """The account with which the description's example signs in."""
    assert ids
    with_password(register, **EXAMPLE)


def operations(web: TestClient) -> list[tuple[str, str, str, Any]]:
    """Method, path, operation and its example body, of all there are; none of them can be recorded."""
    paths: dict[str, Any] = cast("FastAPI", web.app).openapi()["paths"]
    return [
        (method.upper(), path, told["operationId"], _example(told))
        for path, methods in paths.items()
        for method, told in methods.items()
    ]


def _example(told: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    example = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    return example | IMPOSSIBLE[told["operationId"]] if told["operationId"] in IMPOSSIBLE else example


def may(operation: str) -> str:
    return MAY.get(operation) or RECORDING if operation.startswith("record_") else MAY[operation]


def test_every_operation_says_who_may(web: TestClient) -> None:
    found = {may(operation) for _, _, operation, _ in operations(web)}
    records = {RECORDING, OWN_LOT, BY_SUPERVISORS, BY_OWN_SUPERVISORS, UNAPPROVED}
    shown = {READING, SIGNED_IN, AND_AUDITORS, BY_AUDITORS, BY_ADMINISTRATORS, WHOSE_FILE_IT_IS}
    assert found == shown | records


@pytest.mark.parametrize("office", [OFFICE, OTHER], ids=["own office", "other office"])
@pytest.mark.parametrize("role", ROLES, ids=["public", *Role])
def test_a_role_may_what_it_may_and_nothing_else(
    web: TestClient, register: str, role: str, office: str
) -> None:
    who = held(register, role, office) if role else {}
    allowed = allowed_to(role, office)
    for method, path, operation, body in operations(web):
        assert (operation, asked(web, method, path, body, who)) == (operation, allowed[may(operation)])


@pytest.mark.parametrize("office", [OFFICE, OTHER], ids=["own office", "other office"])
@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_the_same_when_signed_in_by_a_browser_and_sign_out(
    web: TestClient, register: str, role: str, office: str
) -> None:
    allowed = allowed_to(role, office) | {SIGNED_IN: True}
    for method, path, operation, body in operations(web):
        who = in_session(register, role, office)
        without = {"Cookie": who["Cookie"]}
        assert asked(web, method, path, body, without) == (method == "GET" and allowed[may(operation)])
        assert (operation, asked(web, method, path, body, who)) == (operation, allowed[may(operation)])


def allowed_to(role: str, office: str) -> dict[str, bool]:
    """What a role may for an office with a key."""
    records = role in {Role.COORDINATOR, Role.SUPERVISOR}
    return {
        READING: True,
        OWN_LOT: records,
        RECORDING: records and office == OFFICE,
        SIGNED_IN: False,
        AND_AUDITORS: records or role == Role.AUDITOR,
        BY_AUDITORS: role == Role.AUDITOR,
        BY_ADMINISTRATORS: role == Role.ADMINISTRATOR,
        WHOSE_FILE_IT_IS: (records and office == OFFICE) or role == Role.AUDITOR,
        BY_SUPERVISORS: role == Role.SUPERVISOR,
        BY_OWN_SUPERVISORS: role == Role.SUPERVISOR and office == OFFICE,
        UNAPPROVED: records,
    }


def asked(web: TestClient, method: str, path: str, body: Any, who: Headers) -> bool:  # noqa: ANN401 - any JSON
    """Tell whether somebody may ask something."""
    answer = web.request(method, path.format(**NAMED), json=body, headers=_sent(who))
    return answer.status_code not in {401, 403}


def _sent(who: Headers) -> Headers:
    """Headers that every command takes; the file has left that version, so nothing is recorded."""
    return {**who, "Idempotency-Key": str(uuid4()), "If-Match": '"v0"'}
