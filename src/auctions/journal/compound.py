"""What a cell stands for that holds several values: a list, shares, an alias; each reader raises Unfit."""

from auctions.journal.opened import named_once
from auctions.journal.problems import Unfit, shown
from auctions.journal.rows import Cell
from auctions.journal.values import read_text, read_whole


def read_list(value: Cell) -> tuple[str, ...]:
    """Return a list of texts, written with semicolons between them or as a JSON list."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (str(value),)
    items = value.split(";") if isinstance(value, str) else value
    if not isinstance(items, list):
        raise Unfit("wrong-list", f"expected values separated by semicolons, found {shown(value)}")
    texts = tuple(read_text(item) for item in items)
    if isinstance(value, str):
        texts = tuple(text.strip() for text in texts)
    if not all(texts):
        raise Unfit("wrong-list", f"expected a value before and after each semicolon, found {shown(value)}")
    return texts


def read_shares(value: Cell) -> dict[str, int]:
    """Return each party's share in dong, written REF=AMOUNT;REF=AMOUNT or as a JSON object."""
    if isinstance(value, str):
        value = named_once([_share(part) for part in value.split(";")])
    if not isinstance(value, dict):
        raise Unfit("wrong-shares", f"expected REF=AMOUNT;REF=AMOUNT, found {shown(value)}")
    return {party: read_whole(amount) for party, amount in value.items()}


def _share(part: str) -> tuple[str, str]:
    party, equals, amount = part.rpartition("=")
    if not (party.strip() and equals and amount.strip()):
        raise Unfit("wrong-shares", f"expected REF=AMOUNT;REF=AMOUNT, found {shown(part)}")
    return party.strip(), amount.strip()


def read_alias(value: Cell) -> dict[str, str]:
    """Return an alias, written scheme:value or as a JSON object with scheme and value."""
    if isinstance(value, str):
        scheme, colon, number = value.partition(":")
        value = {"scheme": scheme.strip(), "value": number.strip()} if colon else {}
    if not isinstance(value, dict) or value.keys() != {"scheme", "value"}:
        raise Unfit("wrong-alias", "expected scheme:value, such as certificate_no:BK 123456")
    return {name: read_text(part) for name, part in value.items()}
