"""What an office may change, its rulebook and limits that the law leaves open; when its book is closed."""

from datetime import date

from auctions.domain.errors import Refused
from auctions.domain.office import events as e
from auctions.domain.office.state import State
from auctions.domain.quarters import Quarter
from auctions.rules.rulebook import Rule, rulebooks

_MOST = {"percent": 100, "day": 3650, "working_day": 2500, "month": 120, "times": 1000}
"""The highest limit by unit; amounts in dong have none but their own."""


def check(state: State, entry: e.OfficeEntry, *, today: date, open_since: date | None = None) -> None:
    """Raise Refused if the office may not do this.

    A limit that is sure in the law can only be made stricter; one that is not can be set either way. Quarters
    are closed in their order: `open_since` is the legal day of the book's first entry after those closed.
    """
    if entry.on > today:
        raise Refused("dated-in-the-future", f"{entry.entry_name()} on {entry.on}, after today, {today}")
    match entry:
        case e.RulebookChosen():
            if entry.rulebook not in rulebooks():
                known = ", ".join(rulebooks())
                raise Refused("unknown-rulebook", f"{entry.rulebook} is no rulebook: expected {known}")
        case e.LimitOverridden():
            _check_limit(state, entry)
        case e.BookClosed():
            check_quarter(state, entry.quarter, today=entry.on)
            if open_since and open_since < entry.first_day:
                earlier = Quarter.of(open_since)
                message = f"{earlier} has entries, the first on {open_since}, and is open: close it first"
                raise Refused("earlier-quarter-open", message, quarter=str(earlier))


def check_quarter(state: State, quarter: Quarter, *, today: date) -> None:
    """Raise Refused if a quarter cannot be closed, whatever the book holds: it is not over, or is closed."""
    if quarter.last_day >= today:
        raise Refused("quarter-not-over", f"{quarter} ends on {quarter.last_day}: today is {today}")
    if state.closed and quarter.last_day <= state.closed[-1]:
        raise Refused("already-closed", f"the book is closed up to {state.closed[-1]}, {quarter} with it")


def _check_limit(state: State, entry: e.LimitOverridden) -> None:
    numbers = [rule for rule in rulebooks()[state.rulebook].rule if isinstance(rule.limit, int)]
    named = [rule for rule in numbers if rule.key == entry.rule]
    if not named:
        known = ", ".join(dict.fromkeys(rule.key for rule in numbers))
        message = f"{entry.rule} is no rule with a number in rulebook {state.rulebook}: expected {known}"
        raise Refused("unknown-rule", message)
    for rule in named:
        most = _MOST.get(rule.unit, entry.limit)
        if entry.limit > most:
            message = f"{entry.limit} is no limit in {rule.unit}: expected at most {most}"
            raise Refused("limit-out-of-range", message, asked=entry.limit, allowed=most)
        _check_stricter(rule, entry)


def _check_stricter(rule: Rule, entry: e.LimitOverridden) -> None:
    looser = _is_looser(rule, entry.limit)
    if rule.confidence == "sure" and looser:
        message = f"{rule.key} is sure ({rule.article}, {rule.limit}): it can only be made stricter"
        raise Refused("limit-not-stricter", message, asked=entry.limit, allowed=rule.limit)


def _is_looser(rule: Rule, limit: int) -> bool:
    law_says = int(rule.limit)  # type: ignore[arg-type]  # only rules with a number come here
    return limit > law_says if rule.at_most is not None else limit < law_says
