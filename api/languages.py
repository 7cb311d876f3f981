"""The language of an answer: Vietnamese or English."""

from typing import Literal

Language = Literal["vi", "en"]


def language(accepted: str) -> Language:
    """Return which of the two an Accept-Language header prefers; English when it says nothing of either."""
    weights = {"en": 0.0, "vi": 0.0}
    for part in accepted.split(","):
        tag, _, parameter = part.strip().lower().partition(";")
        name = tag.partition("-")[0].strip()
        if name in weights:
            weights[name] = max(weights[name], _weight(parameter))
    return "vi" if weights["vi"] > weights["en"] else "en"


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
