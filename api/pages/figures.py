"""Days, money and names of things, as readers of a page write them."""

from datetime import datetime
from typing import Any

from api.dossiers.words import word
from api.languages import Language
from api.svg_words import Reader
from auctions.domain.asset.events import ENTRIES
from auctions.domain.asset.words import words
from auctions.domain.days import VIETNAM
from auctions.rules.articles import in_words
from auctions.rules.kinds import asset_kinds

NBSP = "\N{NO-BREAK SPACE}"
HIDDEN = "…"
"""Stands for what the public is not shown."""


class Figures:
    """The filters of the templates in one language."""

    def __init__(self, language: Language) -> None:
        """Take the language."""
        self._language, self._reader = language, Reader(language)

    def number(self, value: float | None, places: int = 0) -> str:
        """Return a number with separators, nothing for none."""
        return "" if value is None else self._reader.number(value, places)

    def dong(self, value: int | None) -> str:
        """Return an amount of money in dong with its unit, nothing for none."""
        return "" if value is None else f"{self._reader.number(value)}{NBSP}{word('dong', self._language)}"

    def percent(self, part: float | None, places: int = 1) -> str:
        """Return a part of 1 as per cent, nothing for none."""
        return "" if part is None else self._reader.percent(part, places)

    def day(self, iso: str | None) -> str:
        """Return an ISO day as it is read, nothing for none."""
        return self._reader.day(str(iso)) if iso else ""

    def moment(self, iso: str | None) -> str:
        """Return an instant as it is read in Vietnam, to the minute, nothing for none."""
        if not iso:
            return ""
        at = datetime.fromisoformat(iso).astimezone(VIETNAM)
        return f"{self.day(at.date().isoformat())} {at:%H:%M}"

    def kind(self, name: str) -> str:
        """Return what a kind of asset is called."""
        found = asset_kinds().get(name)
        return name if found is None else found.en if self._language == "en" else found.vi

    def stage(self, name: str) -> str:
        """Return what a stage is called."""
        return word(name, self._language)

    def article(self, article: str) -> str:
        """Return an article of a law as a reader of the law knows it."""
        return in_words(article, self._language)

    def entry(self, told: dict[str, Any]) -> str:
        """Return what an entry of a history is, in a sentence of the field."""
        cls = ENTRIES[told["entry"]]
        needed = {name: HIDDEN for name, field in cls.model_fields.items() if field.is_required()}
        seen = {name: value for name, value in told["data"].items() if value is not None}
        return words(cls.model_validate(needed | {"on": told["on"]} | seen, strict=False), self._language)

    def filters(self) -> dict[str, Any]:
        """Return each by its name in templates."""
        names = ("number", "dong", "percent", "day", "moment", "kind", "stage", "article", "entry")
        return {name: getattr(self, name) for name in names}
