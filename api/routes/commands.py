"""Commands: every entry is recorded by a POST to its noun, once for an Idempotency-Key."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from api import command_forms
from api.bodies import json_body
from api.examples import EXAMPLES, TOGETHER
from api.idempotency import KEY, IdempotencyKey
from api.models import Answer
from api.models_of_recording import Recorded
from api.nouns import NOUNS
from api.preferences import PREFER
from api.problems import REQUEST_ID, Fault, Problem
from api.questions import AsFound
from api.recorded import preferred_answer
from api.recording import Given, Recording
from api.strike_proposals import refuse_unapproved
from api.who import Recorder
from auctions.domain.asset.events import ENTRIES, AssetEntry, Seized
from auctions.domain.asset.events import asset_id as asset_id_of

router = APIRouter(prefix="/v1/assets", tags=["commands"])

_KEYS = uuid5(NAMESPACE_URL, "urn:auctions:idempotency-key")
_VERSION = re.compile(r'"v(\d{1,9})(?:-public)?"')
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the file that was decided on",
    "schema": {"type": "string", "pattern": '^"v[0-9]{1,9}(-public)?"$'},
}
"""How the header is described; what is missing or wrong of it is told by a problem of our own."""
HEADERS = {
    "ETag": {"description": "The file's version, for If-Match", "schema": {"type": "string"}},
    "Location": {"description": "The asset", "schema": {"type": "string"}},
    "Position": {"description": "The last entry's place in the log", "schema": {"type": "integer"}},
    "Preference-Applied": {"description": "What was preferred", "schema": {"type": "string"}},
}

Command = Callable[..., Awaitable[Response]]


async def given(by: Recorder, asked: Annotated[AsFound, Query()], key: IdempotencyKey) -> Given:
    """Return what comes with a command; its id is the key where that is a UUID, else made of it."""
    try:
        command_id = UUID(key)
    except ValueError:
        command_id = uuid5(_KEYS, f"{by.actor}\n{key}")
    return Given(by, command_id, asked.as_found)


async def version(
    if_match: Annotated[str | None, Header(alias="If-Match", include_in_schema=False)] = None,
) -> int:
    """Return the version of the file that a command was decided on."""
    if if_match is None:
        raise Problem("precondition-needed", 'send the version that was decided on: If-Match: "v7"')
    found = _VERSION.fullmatch(if_match.strip())
    if not found:
        fault = Fault("if-match", "string-pattern-mismatch", 'the ETag of the file is expected: "v7"')
        raise Problem("parameter-refused", f"not as expected: {fault.parameter}", [fault])
    return int(found[1])


Commanded = Annotated[Given, Depends(given)]
Version = Annotated[int, Depends(version)]


async def _recorded(
    request: Request,
    commanded: Given,
    asset_id: UUID,
    entries: Sequence[AssetEntry],
    expected: int | None = None,
) -> Response:
    refuse_unapproved(commanded, entries)
    recording: Recording = request.app.state.recording
    outcome = await recording.recorded(commanded, asset_id, entries, expected, request.scope[REQUEST_ID])
    return await preferred_answer(request, asset_id, outcome)


def described(
    schema: command_forms.Schema,
    example: Mapping[str, Any],
    answer: type[Answer] = Recorded,
    parameters: Sequence[Mapping[str, Any]] = (KEY, IF_MATCH, PREFER),
) -> dict[str, Any]:
    """Return how a command's route is described: what it takes, an example of it, what it answers."""
    content = {"application/json": {"schema": schema, "example": example}}
    return {
        "status_code": 201,
        "response_model": answer,
        "responses": {201: {"headers": HEADERS}},
        "openapi_extra": {
            "parameters": list(parameters),
            "requestBody": {"required": True, "content": content},
        },
    }


@router.post(
    "",
    name="seize",
    **described(command_forms.schema(Seized), EXAMPLES["seized"], parameters=[KEY, PREFER]),
)
async def seize(request: Request, commanded: Commanded) -> Response:
    """Record a seizure, which begins the asset's file."""
    entry = command_forms.parsed(Seized, await json_body(request))
    return await _recorded(request, commanded, asset_id_of(entry.office, entry.asset_ref), [entry])


@router.post(
    "/{asset_id}/entries", name="record_together", **described(command_forms.listed_schema(), TOGETHER)
)
async def record_together(
    request: Request, asset_id: UUID, commanded: Commanded, expected: Version
) -> Response:
    """Record entries together, all or none; a strike among them only as found, others are proposed."""
    return await _recorded(
        request, commanded, asset_id, command_forms.together(await json_body(request)), expected
    )


def _command(cls: type[AssetEntry]) -> Command:
    async def command(request: Request, asset_id: UUID, commanded: Commanded, expected: Version) -> Response:
        entry = command_forms.parsed(cls, await json_body(request))
        return await _recorded(request, commanded, asset_id, [entry], expected)

    command.__doc__ = cls.__doc__
    return command


for _name, _noun in NOUNS.items():
    _cls = ENTRIES[_name]
    _described_as = described(command_forms.schema(_cls), EXAMPLES[_name])
    router.post(f"/{{asset_id}}/{_noun}", name=f"record_{_name}", **_described_as)(_command(_cls))
