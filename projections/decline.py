"""How value declined: the answer over many assets' lives, whole and by what they have in common."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from projections.life import Life, Regime
from projections.tally import Tally, View

By = Literal["kind", "province", "office", "year", "regime"]
_OF_A_LIFE = ("kind", "province", "office", "year")


class Asked(NamedTuple):
    """Which assets a question is about, None being all, and by what its answer is broken down.

    `year` is that of the seizure. `regime` is the law of each reduction's own day where reductions are
    counted, and of the day of the seizure in everything else.
    """

    kind: str | None = None
    province: str | None = None
    office: str | None = None
    year: int | None = None
    regime: Regime | None = None
    by: By | None = None


EVERYTHING = Asked()


def decline(lives: Iterable[Life], as_of: date, known_at: int | None, asked: Asked = EVERYTHING) -> View:
    """Return how value declined over the lives asked for, as of a day and as known at a position of the log.

    Ready for JSON: shares of 1 to six places, amounts in dong, times in rounds held and in days from the
    first announcement, every figure with its n. An asset never announced has no time to sale. The fields are
    those of `Tally.answer`; with `asked.by` there are `groups`, the same for each value but `days_to_sale`.
    """
    total = Tally(asked.regime)
    groups: dict[Any, Tally] = {}
    for life in chosen(lives, asked):
        total.add(life, as_of)
        for value in _values(life, asked):
            if value not in groups:
                groups[value] = Tally(value if asked.by == "regime" else asked.regime)
            groups[value].add(life, as_of)
    head = {"as_of": as_of.isoformat(), "known_at": known_at}
    answer = {**head, **total.answer(), "asked": asked._asdict()}
    if asked.by:
        answer["groups"] = [_group(value, groups[value]) for value in sorted(groups, key=_none_last)]
    return answer


def chosen(lives: Iterable[Life], asked: Asked) -> Iterator[Life]:
    """Yield the lives of the kind, province, office and year asked for; a regime is of each step."""
    wanted = [(name, getattr(asked, name)) for name in _OF_A_LIFE if getattr(asked, name) is not None]
    return (life for life in lives if all(getattr(life, name) == value for name, value in wanted))


def _values(life: Life, asked: Asked) -> tuple[Any, ...]:
    if asked.by == "regime":
        return (asked.regime,) if asked.regime else ("old", "new")
    return (getattr(life, asked.by),) if asked.by else ()


def _group(value: object, tally: Tally) -> View:
    told = tally.answer()
    del told["days_to_sale"]  # a row a day is too much for each of hundreds of offices
    return {"value": value, **told}


def _none_last(value: Any) -> tuple[bool, Any]:  # noqa: ANN401 - a word, a year or None
    return value is None, value
