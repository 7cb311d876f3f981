"""Requests made of the description: sent by every role, about what there is; what an answer must be."""

from random import Random
from typing import Any
from uuid import UUID
from zlib import crc32

from requests import Session
from schemathesis import Case, Response

from api.models import ProblemAnswer
from api.problem_kinds import KINDS
from api.problems import MEDIA_TYPE
from auctions.domain.roles import Role
from tests.faults.hostile import until
from tests.web.keys import Headers, held
from tests.web.register import OFFICE, Id

ROLES = ["", *[Role.COORDINATOR] * 4, *Role]
"""Who asks: coordinators more often, since what others send is seldom looked at."""
IN_THE_MAIN = 0.8
"""How much of what is sent is about what there is; the rest is sent as it was made."""
NO_SCHEMA_TELLS = {
    *("command-id-reused", "cursor-unknown", "day-in-future", "int-type", "known-at-in-future"),
    *("knowledges-too-far-apart", "office-needed", "unlawful"),
}
"""For what is refused though it is as described: 1.0 is an integer to a schema, and no number of dong."""
QUARTERS = ["2025-Q1", "2025-Q2"]
NOT_NOW = {"not-yet-read", "too-busy"}
"""What 503 tells where nothing is wrong: read models are behind, or others send in as much."""
_REGISTER = "asset_ref,office,entry,on,kind\nTS-90,KV-3,seized,2025-01-05,no_such_kind\n"


class Sender:
    """Sends what was made, with the ids, versions and cursors that answers told before."""

    def __init__(self, url: str, service: str, session: Session, ids: Id) -> None:
        """Take the database, the service on it, a way to that, and the assets it has."""
        self._service, self._session = service, session
        self._keys = {role: held(url, role) if role else {} for role in ROLES}
        self._known = {"asset_id": [str(each) for each in ids.values()], "lot_ref": ["L-1"]}
        self._known |= {"office": [OFFICE], "quarter": QUARTERS} | self._set_aside()
        self._versions: dict[str, str] = {}
        self._cursors: dict[str, str] = {}

    def _set_aside(self) -> dict[str, list[str]]:
        """Send a register in of which a row is set aside."""
        by = self._keys[Role.COORDINATOR]
        about = {"Idempotency-Key": "first", "Content-Type": "text/csv"}
        asked = {"filename": "a.csv", "mode": "quarantine"}
        sent = self._session.post(
            f"{self._service}/v1/imports", params=asked, data=_REGISTER, headers=by | about
        )
        until(lambda: bool(self._waiting(by)))
        return {"import_id": [sent.json()["import_id"]], "quarantine_id": self._waiting(by)}

    def all_is_read(self) -> bool:
        """Tell whether every read model has come to the end of the log."""
        models = self._session.get(f"{self._service}/readyz").json()["read_models"]
        return all(model["lag"] == 0 for model in models)

    def _waiting(self, by: Headers) -> list[str]:
        rows = self._session.get(f"{self._service}/v1/quarantine", headers=by).json()["items"]
        return [row["quarantine_id"] for row in rows]

    def send(self, case: Case[Any]) -> Response:
        """Send a request and return the answer. Raises AssertionError for one that is not as described."""
        made_of = (case.operation.label, case.path_parameters, case.query, case.headers, case.body)
        chance = Random(crc32(repr(made_of).encode()))  # noqa: S311 - what is made alike is sent alike
        if chance.random() < IN_THE_MAIN:
            self._about_what_there_is(case, chance)
        by = self._keys[chance.choice(ROLES)]
        for header in by.keys() & case.headers.keys():
            del case.headers[header]  # else what was wrong with it would count, though it is not sent
        valid = case.meta is not None and case.meta.generation.mode.is_positive
        answer = case.call_and_validate(self._service, session=self._session, headers=by)
        if answer.status_code >= 400:
            refused = problem(answer)
            asked_well = valid and refused.status in {400, 415, 422, 428}
            assert not asked_well or _no_schema_tells(refused), (answer.text, case.as_curl_command())
            assert refused.status < 500 or refused.code in NOT_NOW, (answer.text, case.as_curl_command())
        self._learn(case, answer)
        return answer

    def _about_what_there_is(self, case: Case[Any], chance: Random) -> None:
        for name in sorted(self._known.keys() & case.path_parameters.keys()):
            case.path_parameters[name] = chance.choice(self._known[name])
        for name in {"known_at", "min_position", "after"} & case.query.keys():
            if isinstance(value := case.query[name], int):
                case.query[name] = value % 25
        if "cursor" in case.query and (cursor := self._cursors.get(case.operation.label)):
            case.query["cursor"] = cursor
        if "If-Match" in case.headers:
            case.headers["If-Match"] = self._versions.get(str(case.path_parameters["asset_id"]), '"v9"')
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = str(UUID(int=chance.getrandbits(128)))
        if isinstance(case.body, dict) and "office" in case.body:
            case.body["office"] = OFFICE
        if isinstance(case.body, dict) and "quarter" in case.body:
            case.body["quarter"] = chance.choice(QUARTERS)

    def _learn(self, case: Case[Any], answer: Response) -> None:
        if "asset_id" in case.path_parameters and "etag" in answer.headers and case.method == "POST":
            self._versions[str(case.path_parameters["asset_id"])] = answer.headers["etag"][0]
        told: Any = answer.json() if answer.headers.get("content-type") == ["application/json"] else None
        if isinstance(told, dict) and told.get("next"):
            self._cursors[case.operation.label] = told["next"]
        if case.operation.label == "POST /v1/assets" and answer.status_code == 201:
            self._known["asset_id"].append(told["asset_id"])


def problem(answer: Response) -> ProblemAnswer:
    """Return the problem that is told, of a known kind and in the one shape."""
    told = ProblemAnswer.model_validate_json(answer.content, strict=True)
    assert answer.headers["content-type"] == [MEDIA_TYPE]
    assert answer.status_code == told.status == KINDS[told.code].status
    return told


def _no_schema_tells(refused: ProblemAnswer) -> bool:
    """Tell whether something as described is refused for what no schema can tell."""
    told = {fault.pointer for fault in refused.errors if fault.code in NO_SCHEMA_TELLS}
    return refused.code in NO_SCHEMA_TELLS or all(
        fault.pointer in told or (fault.pointer or "").startswith("/entries/") for fault in refused.errors
    )
