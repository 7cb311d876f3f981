"""Why something is refused, in words of the field: by what was found wrong, or by the input it is about."""

from collections.abc import Mapping
from typing import Any

from api.languages import Language
from api.pages.figures import Figures
from api.pages.words import marked, said
from api.problems import Fault

_AMOUNT = marked("An amount in dong is expected, as 500.000.000.")
_SHARE = marked("A part between 0 and 1 is expected, as 0.1 for a tenth.")
_EXPECTED = {
    **dict.fromkeys(("price_min", "price_max"), _AMOUNT),
    **dict.fromkeys(("of_loan_max", "left_min", "left_max"), _SHARE),
    "cut": marked("A part in per cent is expected, as 5."),
    "year": marked("A year is expected, as 2025."),
}
"""What is expected at inputs of questions, whatever is wrong there."""
_UP_TO_TODAY = marked("A day up to today is expected, written as 2026-03-31.")
_A_NUMBER = marked("A whole number within its bounds is expected.")
_ONE_OF = marked("Choose one from the list.")
_SAYS = {
    **dict.fromkeys(("day-in-future", "known-at-in-future"), _UP_TO_TODAY),
    "not-a-day": _UP_TO_TODAY,
    "not-a-knowledge": marked(
        "A day up to today is expected, written as 2026-03-31, or a position of the log."
    ),
    **dict.fromkeys(("int-parsing", "greater-than-equal", "less-than-equal"), _A_NUMBER),
    **dict.fromkeys(("literal-error", "enum", "bool-parsing", "unknown-action"), _ONE_OF),
    "knowledges-too-far-apart": marked(
        "Too much was recorded between these two days, or the later one stands first. "
        "Choose two days that are closer to each other."
    ),
    "cursor-unknown": marked("This part of the list is not there any more: begin with the first."),
    "missing": marked("This is needed."),
    "already-seized": marked(
        "An asset with this reference is seized already: each file has a reference of its own."
    ),
    "after-exit": marked(
        "The asset has left the file: nothing more can be recorded but its payment, delivery and title."
    ),
    "no-failed-round": marked(
        "No round has failed since the last price was set, so there is nothing to reduce."
    ),
    "round-not-announced": marked("No round is announced."),
    "round-not-won": marked("The last round was not won."),
    "not-in-this-stage": marked("This is not possible while the file is where it is now."),
    "reappraisal-without-reason": marked("A second valuation needs its reason."),
    "round-number-used": marked("The next round is round %(expected)s."),
    "price-not-in-force": marked("The price in force is %(expected_dong)s."),
    "another-round": marked("Round %(expected)s is under way."),
    "price-not-reduced": marked("A reduction is below the price in force of %(below_dong)s."),
    "in-lieu-not-offered": marked("The asset has not been offered to the creditor."),
    "in-lieu-not-accepted": marked("The creditor has not accepted the asset."),
    "preemption-not-offered": marked("The co-owners have not been asked."),
    "nothing-to-notify": marked("There is nothing of that kind to tell the parties of."),
    "into-itself": marked("Other references than the asset's own are expected, each once."),
    "round-won": marked("Not possible while a round is won."),
    "round-announced": marked("Not possible while a round is announced."),
    "preempted": marked("Not possible: a co-owner has bought the asset."),
    "done-already": marked("This was recorded before."),
    "not-delivered": marked("The asset has not been delivered."),
    "contradicted": marked("Entry %(entry_no)s, which was recorded earlier, would lose its ground."),
    "dated-in-the-future": marked("This day has not come yet."),
    "whole-lot": marked("The round is of lot %(lot_ref)s: its result is recorded for the whole lot."),
    "unknown-attribute": marked("Assets of this kind have no such attribute."),
    "wrong-attribute": marked("A number is expected here."),
    "already-struck": marked("This entry is struck already."),
    "strike-of-a-strike": marked("A strike is not struck: enter again what was struck by mistake."),
    "no-such-entry": marked("The file has no such entry."),
    "second-person-needed": marked("Who recorded or proposed it does not approve it: another person does."),
    "office-needed": marked("Who records for an office names it by its code."),
    "file-expected": marked(
        "A file is expected whose name ends in .csv, .txt, .tsv, .xlsx, .jsonl or .ndjson."
    ),
    "unknown-rule": marked("The rulebook of this office has no such rule with a number."),
    "limit-out-of-range": marked("At most %(allowed)s is possible."),
    "limit-not-stricter": marked("What is sure in the law can only be made stricter than %(allowed)s."),
}
_UNREADABLE = marked("This cannot be read as it is typed.")


def fault_in_words(fault: Fault, field: str, language: Language) -> str:
    """Return what is wrong at an input, or with the file where it is about none."""
    details = fault.details or {}
    if fault.code == "unlawful":
        return _against_the_law(fault, details, language)
    text = _EXPECTED.get(field) or _SAYS.get(fault.code, _UNREADABLE)
    told = said(text, language)
    return told % _values(details, language) if "%(" in text else told


def _against_the_law(fault: Fault, details: Mapping[str, Any], language: Language) -> str:
    if not details:
        return fault.detail
    return f"{details['rule']}: {details['message_vi'] if language == 'vi' else fault.detail}"


def _values(details: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return the values in a text, whole numbers also as amounts in dong."""
    figures = Figures(language)
    money = {f"{name}_dong": figures.dong(value) for name, value in details.items() if isinstance(value, int)}
    return {**details, **money}
