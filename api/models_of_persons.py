"""What the API answers about persons, to those who may."""

from pydantic import AwareDatetime

from api.models import Answer
from auctions.domain.roles import Role


class PersonAnswer(Answer):
    """Who stands behind a reference of an office. Never to be kept: what is erased must be gone."""

    office: str
    reference: str
    name: str
    identity_no: str | None
    contact: str | None
    made_at: AwareDatetime


class PersonRead(Answer):
    """Who was shown a person, when and why; `actor_office` is empty for who works for none."""

    read_at: AwareDatetime
    actor: str
    actor_office: str
    role: Role
    reason: str | None
    request_id: str


class PersonReadPage(Answer):
    """One page of who was shown a person, the first first, and the next page's cursor."""

    items: list[PersonRead]
    next: str | None
