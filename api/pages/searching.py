"""A search of assets as a form that is an address: what is asked, cleaned of how it was typed."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from starlette.requests import Request

from api.languages import Language
from api.pages.money import dong
from api.pages.rendering import with_query
from api.pages.words import marked
from api.questions import AssetFilter
from api.svg_words import Reader

NAMES: Mapping[str, str] = {
    "unsold": marked("sold or not"),
    "q": marked("words"),
    "number": marked("whole number"),
    "kind": marked("kind"),
    "of_loan_max": marked("of the loan value at most"),
    "province": marked("province"),
    "commune": marked("commune"),
    "office": marked("office"),
    "stage": marked("stage"),
    "year": marked("seized in the year"),
    "price_min": marked("price from"),
    "price_max": marked("price up to"),
    "left_min": marked("of the first price at least"),
    "left_max": marked("of the first price at most"),
    "rounds_min": marked("rounds at least"),
    "failed_rounds_min": marked("failed rounds at least"),
    "reductions_min": marked("reductions at least"),
    "days_since_seizure_min": marked("days since the seizure at least"),
    "days_since_round_min": marked("days since the last round at least"),
    "in_lieu_open": marked("open to the creditor in lieu"),
    "suspended": marked("suspended"),
    "as_of": marked("as of the end of"),
    "known_at": marked("as known on"),
}
"""What may be asked, as people read it, in the order in which a page tells of it."""
_ORDER = {"sort"}
_DEFAULT = AssetFilter.model_fields["sort"].default
_AMOUNTS = ("price_min", "price_max")
ASKABLE = frozenset(NAMES) | _ORDER
TIMES = frozenset({"as_of", "known_at"})


class Search(NamedTuple):
    """What is asked for at a page."""

    path: str
    fixed: Mapping[str, str]
    """What the page itself asks for, beside what its address says."""
    asked: Mapping[str, str]
    cursor: str
    counted: bool
    """Whether all that is found is to be counted, however long it takes."""

    @property
    def whole(self) -> Mapping[str, str]:
        """All that is asked of the list."""
        return {**self.asked, **self.fixed}

    @property
    def filters(self) -> Mapping[str, str]:
        """What the address asks for, but the order, as a page names it."""
        return {name: self.asked[name] for name in NAMES if name in self.asked}

    def address(self, **changed: object) -> str:
        """Return the address of the same search with something else; the first page of it."""
        return with_query(self.path, self.asked, **changed)


def search(request: Request, **fixed: str) -> Search:
    """Return what the address of a page asks for; blanks and what cannot be asked are left out."""
    given = {name: value.strip() for name, value in request.query_params.items()}
    asked = {name: _plain(name, given[name]) for name in (*NAMES, *_ORDER) if given.get(name)}
    kept = {name: value for name, value in asked.items() if name in ASKABLE - set(fixed)}
    if kept.get("sort") == _DEFAULT:
        del kept["sort"]
    return Search(request.url.path, fixed, kept, given.get("cursor", ""), given.get("count") == "true")


def clean_address(request: Request, found: Search) -> str:
    """Return where a search is to be found that was typed otherwise, "" where it is just there."""
    own = ({"cursor": found.cursor} if found.cursor else {}) | ({"count": "true"} if found.counted else {})
    return "" if dict(request.query_params) == {**found.asked, **own} else found.address(**own)


def shown(found: Search, language: Language) -> dict[str, str]:
    """Return the fields of the form: amounts of money with separators, as their readers write them."""
    reader, written = Reader(language), dict(found.asked)
    for name in _AMOUNTS:
        if re.fullmatch("[0-9]{1,18}", written.get(name, "")):
            written[name] = reader.number(int(written[name]))
    return written


def _plain(name: str, value: str) -> str:
    """Return a value as /v1 takes it: an amount that can be read in plain dong."""
    amount = dong(value) if name in _AMOUNTS else None
    return value if amount is None else str(amount)
