"""What is wrong with a search, told at its fields in the words of the form."""

from collections.abc import Mapping
from typing import Any

from api.languages import Language
from api.pages.words import marked, said

_AMOUNT = marked("An amount in dong is expected, as 500.000.000.")
_NUMBER = marked("A whole number is expected, as 3.")
_SHARE = marked("A part between 0 and 1 is expected, as 0.1 for a tenth.")
_CHOICE = marked("Choose one from the list.")
_EXPECTED: Mapping[str, str] = {
    **dict.fromkeys(("price_min", "price_max"), _AMOUNT),
    **dict.fromkeys(("rounds_min", "failed_rounds_min", "reductions_min"), _NUMBER),
    **dict.fromkeys(("days_since_seizure_min", "days_since_round_min"), _NUMBER),
    **dict.fromkeys(("of_loan_max", "left_min", "left_max"), _SHARE),
    **dict.fromkeys(("stage", "unsold", "in_lieu_open", "suspended", "sort"), _CHOICE),
    "as_of": marked("A day up to today is expected, written as 2026-03-31."),
    "known_at": marked("A day up to today is expected, written as 2026-03-31, or a position of the log."),
    "year": marked("A year is expected, as 2025."),
}


def in_words(refused: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return a refusal whose faults of fields are told in the reader's language."""
    errors = [
        {**error, "detail": said(_EXPECTED.get(error["field"], error["detail"]), language)}
        for error in refused["errors"]
    ]
    told = {**refused, "errors": errors}
    if any(error["field"] in _EXPECTED for error in errors):
        told["detail"] = said(marked("What was typed is kept; what to mend is told at each field."), language)
    return told
