"""What can happen to the register as a whole, in a file of its own: it is sealed."""

from typing import ClassVar
from uuid import NAMESPACE_URL, uuid5

from auctions.domain.event import Entry, Reference
from auctions.domain.office.events import Sha256, Whole

REGISTER_ID = uuid5(NAMESPACE_URL, "urn:auctions:register")
"""The id of the register's file."""


class RegisterSealed(Entry):
    """The register was sealed on a day, as it was known at a position of the log.

    `sha256` is that of a line `ASSET_ID VERSION LEAF` for every asset, sorted, ended by a newline: its last
    entry's number and leaf hash, in hexadecimal. What remained unsold on that day is counted, with the sums
    in dong of prices and of first prices; `reports` are the SHA-256 of those issued with the seal, by name.
    """

    TOPIC: ClassVar[str] = "register.sealed"
    known_at: Whole
    assets: Whole
    entries: Whole
    sha256: Sha256
    unsold: Whole
    unsold_price: Whole
    unsold_first_price: Whole
    reports: dict[Reference, Sha256] = {}


ENTRIES: dict[str, type[RegisterSealed]] = {RegisterSealed.entry_name(): RegisterSealed}
"""The class of every entry, by its name."""
