"""Which pages there are for whom, as the menu lists them."""

from collections.abc import Sequence
from typing import NamedTuple

from api.pages.words import marked
from api.who import Who
from auctions.domain.roles import RECORDING, Role


class Item(NamedTuple):
    """A page of the menu; its name is said in the reader's language."""

    path: str
    name: str


_PUBLIC = (
    Item("/", marked("Unsold")),
    Item("/decline", marked("How value declined")),
    Item("/calendar", marked("Calendar")),
    Item("/places", marked("Places")),
    Item("/findings", marked("Findings")),
)
_RECORDING = (
    Item("/board", marked("Board")),
    Item("/seizure", marked("Record a seizure")),
    Item("/imports", marked("Imports")),
    Item("/strike-proposals", marked("Strikes")),
)
_AUDITING = (
    Item("/restatement", marked("Restatement")),
    Item("/late-entries", marked("Late entries")),
    Item("/evidence", marked("Evidence")),
    Item("/strike-proposals", marked("Strikes")),
)
_ADMINISTERING = (
    Item("/administration/offices", marked("Offices")),
    Item("/administration/accounts", marked("Accounts")),
    Item("/administration/keys", marked("Keys")),
    Item("/administration/read-models", marked("Read models")),
)


def menu(who: Who) -> Sequence[Item]:
    """Return the pages for somebody, those of their role first."""
    if who.role in RECORDING:
        return (*_RECORDING, *_PUBLIC)
    if who.role == Role.AUDITOR:
        return (*_AUDITING, *_PUBLIC)
    return (*_ADMINISTERING, *_PUBLIC) if who.role == Role.ADMINISTRATOR else _PUBLIC
