"""Values of an asset and its entries, as a reader of the dossier's language writes them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from api.dossiers.fields import MONEY, field
from api.dossiers.words import word
from api.languages import Language
from api.svg_words import Reader
from auctions.domain.days import VIETNAM
from auctions.rules.kinds import asset_kinds

_MOMENTS = frozenset({"auction_at", "registration_from", "registration_to"})
_WORDS = frozenset({"stage", "in_lieu", "form"})
Told = tuple[str, str]
"""What a value is called, and the value."""


class Teller:
    """Tells values in one language, those of one kind of asset."""

    def __init__(self, language: Language, kind: str) -> None:
        """Take the language, and the kind, by which attributes have their names."""
        self.language = language
        of_kind = asset_kinds().get(kind)
        self._attributes = of_kind.attributes if of_kind else {}
        self._reader = Reader(language)
        self.day, self.percent, self.number = self._reader.day, self._reader.percent, self._reader.number

    def __call__(self, name: str, **values: object) -> str:
        """Return a word or a sentence of the dossier with these values in it."""
        return word(name, self.language).format_map(values)

    def moment(self, iso: str) -> str:
        """Return an instant as it is read in Vietnam, to the minute."""
        at = datetime.fromisoformat(iso).astimezone(VIETNAM)
        return f"{self.day(at.date().isoformat())} {at:%H:%M}"

    def money(self, dong: int) -> str:
        """Return an amount of money."""
        return f"{self.number(dong)} {self('dong')}"

    def fields(self, values: Mapping[str, Any]) -> Iterator[Told]:
        """Yield what is told of each field that has a value."""
        for name, value in values.items():
            if name == "attributes":
                yield from (self._attribute(each, str(told)) for each, told in value.items())
            elif value not in (None, "", [], {}):
                yield field(name, self.language), self._value(name, value)

    def _attribute(self, name: str, value: str) -> Told:
        found = self._attributes.get(name)
        if found is None:
            return name, value
        called = self._called(name)
        comma = found.type == "decimal" and self.language == "vi"
        return called[:1].upper() + called[1:], value.replace(".", ",") if comma else value

    def _called(self, name: str) -> str:
        """Return what an attribute, or a number of its scheme, is called."""
        found = self._attributes.get(name)
        return name if found is None else found.vi if self.language == "vi" else found.en

    def _value(self, name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
        match value:
            case bool():
                return self("yes" if value else "no_")
            case float():
                return self.percent(value)
            case int():
                return self.money(value) if name in MONEY else self.number(value)
            case list():
                return "; ".join(self._one(each) for each in value)
            case dict():
                return "; ".join(f"{party}: {self.money(dong)}" for party, dong in value.items())
        return self._text(name, value)

    def _one(self, value: Any) -> str:  # noqa: ANN401 - any JSON
        """Return one of several: another number with its scheme, or a text."""
        return (
            f"{value['value']} ({self._called(value['scheme'])})" if isinstance(value, dict) else str(value)
        )

    def _text(self, name: str, value: str) -> str:
        if name == "kind":
            kind = asset_kinds().get(value)
            return (kind.vi if self.language == "vi" else kind.en) if kind else value
        if name in _MOMENTS:
            return self.moment(value)
        if name.endswith("_on") or name == "until":
            return self.day(value)
        return word(value, self.language) if name in _WORDS else value
