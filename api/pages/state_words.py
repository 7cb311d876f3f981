"""Parts of an asset's state in words, as pages of auditors name and write them."""

import re
from functools import partial
from typing import Any

from api.dossiers.fields import field
from api.dossiers.telling import Teller
from api.dossiers.words import word
from api.languages import Language
from api.pages.words import marked, said

_NAMES = {
    "suspended": marked("Processing is suspended"),
    "in_lieu_open": marked("Taking in lieu is open"),
    "preemption": marked("Pre-emption of co-owners"),
    "round": marked("Auction round under way"),
}
_OUTCOMES = {
    "failed": marked("the auction failed"),
    "won": marked("won at the auction"),
    "cancelled": marked("the auction was called off"),
    "defaulted": marked("the winner did not pay"),
    "annulled": marked("the result was annulled"),
}
_RESULT = re.compile(r"round_(\d+)", re.ASCII)


def name_of(name: str, language: Language) -> str:
    """Return what a part of the state is called; `round_3` is the result of the third round."""
    if found := _RESULT.fullmatch(name):
        return said(marked("Result of round %(no)s"), language) % {"no": found[1]}
    return said(_NAMES[name], language) if name in _NAMES else field(name, language)


def value_of(value: Any, name: str, language: Language) -> str:  # noqa: ANN401 - any JSON
    """Return a value of that part as it is read, nothing for none."""
    if _RESULT.fullmatch(name) and isinstance(value, dict):
        return said(_OUTCOMES[value["outcome"]], language)
    if name == "preemption" and value:
        return word(value, language)
    return "; ".join(text for _, text in Teller(language, "").fields({name: value}))


def in_words(language: Language) -> dict[str, Any]:
    """Return what the templates of auditors name and write parts of the state with."""
    return {"name_of": partial(name_of, language=language), "value_of": partial(value_of, language=language)}
