"""What administrators send and are answered: accounts, keys, limits of offices, read models."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.models import Answer, ReadModel
from auctions.domain.event import Day, Reference, Text
from auctions.domain.roles import Role


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class NewAccount(_Sent):
    """An account to make: who signs in, a reference, in which role and for which office."""

    user: Reference
    role: Role
    office: Reference | None = None


class NewKey(_Sent):
    """A key to make: whose it is, in which role and for which office, and for how many days it holds."""

    actor: Reference
    role: Role
    office: Reference | None = None
    days: Annotated[int, Field(ge=1, le=3660)] = 365


class NewLimit(_Sent):
    """Another number for a rule of an office's rulebook, for steps from a day on, and why."""

    rule: Reference
    limit: Annotated[int, Field(ge=0, le=10**15)]
    effective_on: Day
    reason: Text
    basis: Text | None = None


class Account(Answer):
    """A local account: who signs in, in which role and for which office, when it was made and last used."""

    user: str
    role: Role
    office: str
    made_at: AwareDatetime
    signed_in_at: AwareDatetime | None
    disabled_at: AwareDatetime | None


class AccountWithPassword(Account):
    """The same with a new password, which is told this once."""

    password: str


class Accounts(Answer):
    """All local accounts, by the reference of who signs in."""

    items: list[Account]


class Key(Answer):
    """A key: whose it is, in which role and for which office, and how long it holds."""

    key_id: str
    actor: str
    office: str
    role: Role
    made_at: AwareDatetime
    expires_at: AwareDatetime
    revoked_at: AwareDatetime | None


class KeyWithToken(Key):
    """The same with the token that its holder sends, which is told this once."""

    token: str


class Keys(Answer):
    """All keys, the newest first."""

    items: list[Key]


class LimitSet(Answer):
    """A limit that is set: its place in the log."""

    office: str
    position: int


class ReadModelHealth(ReadModel):
    """The same with the moment it moved last, and why it stands still if it does."""

    moved_at: AwareDatetime
    reason: str | None


class ReadModels(Answer):
    """All read models that are built, and the log's last position."""

    status: Literal["going on", "standing still"]
    position: int
    items: list[ReadModelHealth]
