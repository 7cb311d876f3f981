"""What is sent by a form: plain fields, kept as they were typed when something is refused."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.requests import Request

from api.bodies import bounded_body
from api.problems import Problem

OWN = ("csrf_token", "key", "version")
"""Fields of every form that are nobody's typing: from whose page, the command's key, the file's version."""


async def posted(request: Request) -> dict[str, str]:
    """Return the fields of a form, the last one of each name, without blanks around. Raises Problem."""
    sent_as = request.headers.get("content-type", "").partition(";")[0].strip()
    if sent_as != "application/x-www-form-urlencoded":
        raise Problem("media-type-refused", "the form of a page is expected")
    body = await bounded_body(request.receive, int(request.headers.get("content-length", 0)))
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: value.strip() for name, value in fields}


def question(request: Request, names: Iterable[str]) -> dict[str, str]:
    """Return what a form asks by its address, without blanks around; "" for what is not asked."""
    return {name: request.query_params.get(name, "").strip() for name in names}


def fresh(version: int | None = None, **values: str) -> dict[str, str]:
    """Return the fields of a form not sent yet: a key of its own, so that what is sent twice is done once."""
    return {"key": str(uuid4()), "version": "" if version is None else str(version), **values}


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """Return what somebody typed: all fields but a form's own and empty ones."""
    return {name: value for name, value in form.items() if name not in OWN and value}


def whole(text: str) -> int | str:
    """Return a number of up to 18 digits, and what is typed otherwise as it is: the route refuses it."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else text
