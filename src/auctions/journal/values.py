"""What a cell's value stands for, by the type of its column; each reader raises Unfit."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import NoReturn

from auctions.domain.days import VIETNAM
from auctions.journal.opened import rounded
from auctions.journal.problems import Unfit, shown
from auctions.journal.rows import Cell

Reader = Callable[[Cell], object]

_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?", re.ASCII
)
_WHOLE = re.compile(r"-?[0-9]{1,30}")
_DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_BOUND = 10**30
_YES_NO: dict[Cell, bool] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def read_text(value: Cell) -> str:
    """Return text; a number that stands where text belongs is its digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise Unfit("wrong-text", f"expected text, found {shown(value)}")


def read_whole(value: Cell) -> int:
    """Return a whole number, such as an amount in dong."""
    if isinstance(value, str):
        return int(value) if _WHOLE.fullmatch(value) else _refuse_number(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < _BOUND else _refuse_number(str(value))
    raise Unfit("wrong-number", f"expected a number in digits, found {shown(value)}")


def _refuse_number(text: str) -> NoReturn:
    if re.fullmatch(r"-?[0-9]+", text):
        raise Unfit("out-of-range", f"{shown(text)} has more than 30 digits")
    if re.fullmatch(r"-?\d+([.,]\d+)?[eE][+-]?\d+", text):
        raise rounded(text)
    if re.fullmatch(r"-?\d+[.,](\d{1,2}|\d{4,})", text):
        raise Unfit("not-a-whole-number", f"expected a whole number such as 1250000000, found {shown(text)}")
    expected = "expected digits only, without separators, such as 1250000000"
    raise Unfit("wrong-number", f"{expected}, found {shown(text)}")


def read_decimal(value: Cell) -> str:
    """Return a decimal as written, with a point, such as 36.6."""
    text = read_text(value)
    if _DECIMAL.fullmatch(text) is None:
        expected = "expected digits with a point and at most six places, such as 36.6"
        raise Unfit("wrong-number", f"{expected}, found {shown(text)}")
    return text


def read_day(value: Cell) -> date:
    """Return a day written as YYYY-MM-DD."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":  # noqa: PLR2004 - YYYY-MM-DD
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Unfit(
        "wrong-day", f"expected a day of the calendar as YYYY-MM-DD, such as 2026-03-31, found {shown(value)}"
    )


def read_time(value: Cell) -> datetime:
    """Return a moment written as YYYY-MM-DDTHH:MM; one without offset is Vietnam's time (+07:00)."""
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    expected = "expected a moment such as 2026-03-31T09:00 or 2026-03-31T09:00:00+07:00"
    raise Unfit("wrong-time", f"{expected}, found {shown(value)}")


def read_yes_no(value: Cell) -> bool:
    """Return true for true, yes and 1, false for false, no and 0, in small or capital letters."""
    if isinstance(value, bool):
        return value
    answer = _YES_NO.get(str(value).lower())
    if answer is None:
        raise Unfit("wrong-yes-no", f"expected true or false, yes or no, 1 or 0, found {shown(value)}")
    return answer


def choice(*choices: str) -> Reader:
    """Return a reader that takes one of `choices`."""

    def read(value: Cell) -> object:
        if value in choices:
            return value
        raise Unfit("unknown-choice", f"{shown(value)} is none of {', '.join(choices)}")

    return read
