"""A person: who stands behind a reference. Part of no entry, and of no message."""

from pydantic import BaseModel, ConfigDict, Field

from auctions.domain.event import Text


class Person(BaseModel):
    """A person's name, the number of the identity paper or of the enterprise, and how to reach the person."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)
    name: Text = Field(repr=False)
    identity_no: Text | None = Field(None, repr=False)
    contact: Text | None = Field(None, repr=False)
