"""What must or may happen next, by whom, by which day: one row an action of a file that is not closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from auctions.domain.asset.next_actions import next_actions
from auctions.rules.rulebook import rules_version
from projections.projection import Folded, Projection
from projections.timeline import Row
from projections.times import NOW, Times

COLUMNS = {
    "asset_id": "uuid",
    "number": "int4",
    "asset_ref": "text NOT NULL",
    "office": "text NOT NULL",
    "officer": "text",
    "action": "text NOT NULL",
    "who": "text NOT NULL",
    "must": "bool NOT NULL",
    "due": "date",
    "not_before": "date",
    "at": "timestamptz",
    "rule": "text",
    "article": "text",
    "place": "date NOT NULL",
}
NO_DAY = date(9999, 12, 31)
"""The place in the order of an action that has no day."""


def rows(file: Folded) -> list[Row]:
    """Return a row for each action; what may happen follows, at one place, what must."""
    seized = file.state.seized
    if seized is None:
        return []
    return [
        (
            file.asset_id,
            number,
            seized.asset_ref,
            file.state.office,
            seized.officer,
            action.action,
            action.who,
            action.must,
            action.due,
            action.not_before,
            action.at,
            action.rule.id if action.rule else None,
            action.rule.article if action.rule else None,
            action.due or NO_DAY,
        )
        for number, action in enumerate(next_actions(file.state, file.law), 1)
    ]


PROJECTION = Projection(
    name="next_actions",
    columns=COLUMNS,
    primary_key="asset_id, number",
    indexes=(
        "CREATE INDEX ON {table} (place, asset_ref, asset_id, number)",
        "CREATE INDEX ON {table} (office, place, asset_ref, asset_id, number)",
    ),
    rows=rows,
    rulebooks=rules_version(),
)

ITEM = (
    "asset_id",
    "asset_ref",
    "office",
    "officer",
    "action",
    "who",
    "must",
    "due",
    "not_before",
    "at",
    "overdue",
    "rule",
    "article",
)
"""What an item tells; `overdue` is reckoned on the day that is asked for."""


@dataclass(frozen=True)
class Filter:
    """Which actions a list is asked for on `day`; None is any. `after` is the key of the last row seen."""

    day: date
    office: str | None = None
    officer: str | None = None
    asset_id: UUID | None = None
    action: str | None = None
    due_from: date | None = None
    due_before: date | None = None
    overdue: bool = False
    after: tuple[date, str, UUID, int] | None = None
    limit: int = 50
    times: Times = NOW
    """Of another time than now it is answered by `past_actions`."""


KEY = ("place", "asset_ref", "asset_id", "number")
"""The columns of a row's key, in the order of a list."""
_OVERDUE = "(must AND due IS NOT NULL AND due < %(day)s)"


def page_query(asked: Filter) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters of one page by due day: the columns of ITEM, then the row's key."""
    params = {
        name: value
        for name in ("office", "officer", "asset_id", "action")
        if (value := getattr(asked, name)) is not None
    }
    where = [f"{name} = %({name})s" for name in params]
    if asked.due_from:
        where.append("place >= %(due_from)s AND due IS NOT NULL")
        params["due_from"] = asked.due_from
    if asked.due_before:
        where.append("place < %(due_before)s")
    if asked.overdue:
        where.append(f"place < %(day)s AND {_OVERDUE}")
    if asked.after:
        where.append(f"({', '.join(KEY)}) > (%(after_place)s, %(after_ref)s, %(after_id)s, %(after_number)s)")
        names = ("after_place", "after_ref", "after_id", "after_number")
        params |= dict(zip(names, asked.after, strict=True))
    columns = ", ".join(f"{_OVERDUE} AS overdue" if name == "overdue" else name for name in ITEM)
    query = f"""SELECT {columns}, {", ".join(KEY)} FROM next_actions WHERE {" AND ".join(where) or "true"}
        ORDER BY {", ".join(KEY)} LIMIT %(limit)s"""
    days = {"day": asked.day, "due_from": asked.due_from, "due_before": asked.due_before}
    return query, params | days | {"limit": asked.limit}


WEEK = 7
"""Days after the one that is asked for, up to which what is due soon is counted."""
COUNTED = ("officer", "overdue", "due_soon", "waiting", "coming")
_COUNTS = f"""SELECT officer,
        count(*) FILTER (WHERE {_OVERDUE} AND action <> 'hold') AS overdue,
        count(*) FILTER (WHERE due BETWEEN %(day)s AND %(soon)s) AS due_soon,
        count(*) FILTER (WHERE {_OVERDUE} AND action = 'hold') AS waiting,
        count(*) FILTER (WHERE due >= %(day)s AND action = 'hold') AS coming
    FROM next_actions WHERE office = %(office)s AND place < '{NO_DAY}' GROUP BY officer
    ORDER BY officer"""


def counts_query(office: str, day: date) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters of how many actions of an office have a day, by officer: COUNTED.

    Those overdue (rounds apart), due within a week, rounds whose day has gone without a result, rounds ahead.
    """
    return _COUNTS, {"office": office, "day": day, "soon": day + timedelta(WEEK)}
