"""The list of assets: what is asked, on any day as known at any position, as SQL.

The present is read from `assets`, another day or knowledge from the listings and periods that held then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from projections.bands import PRICE_BAND, ROUNDS_BAND
from projections.search import compact, folded
from projections.timeline import Row
from projections.times import NOW, Times
from projections.unsold_totals import totals_query

READ = ("assets", "asset_listings", "asset_periods", "unsold_totals")
"""The read models that the list is read from."""
Sorted = date | str | int | Decimal
Query = tuple[str, dict[str, Any]]
"""SQL and its parameters."""


class _Sort(NamedTuple):
    expression: str
    type: type[Sorted]


_SORTS = {
    "seized_on": _Sort("seized_on", date),
    "asset_ref": _Sort("asset_ref", str),
    "price": _Sort("coalesce(price, 0)", int),
    "left_of_first": _Sort("coalesce(left_of_first, 1)", Decimal),
    "reductions": _Sort("reductions", int),
    "last_round_on": _Sort("coalesce(last_round_on, seized_on)", date),
}
SORTS: Mapping[str, type[Sorted]] = {
    sign + name: sort.type for name, sort in _SORTS.items() for sign in ("", "-")
}
"""What a list can be sorted by, `-` for the highest first, and the type of the value in a row's key.

No price counts as 0, no reduction as all that is left, no round as the day of the seizure.
"""

_COMPARED = {
    "kind": "kind =",
    "province": "province =",
    "commune": "commune =",
    "office": "office =",
    "officer": "officer =",
    "stage": "stage =",
    "in_lieu_open": "in_lieu_open =",
    "suspended": "suspended =",
    "price_min": "price >=",
    "price_max": "price <=",
    "rounds_min": "rounds >=",
    "failed_rounds_min": "failed_rounds >=",
    "reductions_min": "reductions >=",
    "left_min": "left_of_first >=",
    "left_max": "left_of_first <=",
    "of_loan_max": "of_loan <=",
}
_SUMS = ("n", "price", "first_price")
_SINCE = {"days_since_seizure_min": "seized_on <=", "days_since_round_min": "last_round_on <="}


@dataclass(frozen=True)
class Filter:
    """What a list is asked for; None is any. Prices in dong, `left_…` as shares of the first price.

    `year` is that of the seizure, `of_loan_max` a share of the loan value: none where there is no loan.
    `number` is a whole number of a parcel, certificate or vessel; `day` is from when days are counted back;
    `after` is the key of the last row seen: the value it is sorted by, and the asset's id.
    """

    day: date
    unsold: bool | None = None
    kind: str | None = None
    province: str | None = None
    commune: str | None = None
    office: str | None = None
    officer: str | None = None
    stage: str | None = None
    year: int | None = None
    price_min: int | None = None
    price_max: int | None = None
    rounds_min: int | None = None
    failed_rounds_min: int | None = None
    reductions_min: int | None = None
    left_min: Decimal | None = None
    left_max: Decimal | None = None
    of_loan_max: Decimal | None = None
    days_since_seizure_min: int | None = None
    days_since_round_min: int | None = None
    in_lieu_open: bool | None = None
    suspended: bool | None = None
    q: str | None = None
    number: str | None = None
    sort: str = "-seized_on"
    after: tuple[Sorted, UUID] | None = None
    limit: int = 50
    times: Times = NOW


def page_query(asked: Filter) -> Query:
    """Return SQL and parameters of one page: the value sorted by, asset_id and the item's JSON."""
    key = _SORTS[asked.sort.removeprefix("-")].expression
    query, params = _listed(asked, f"{key}, asset_id, item")
    return query, params | {"limit": asked.limit}


def whole_query(asked: Filter, most: int | None = None) -> Query:
    """Return SQL and parameters of all pages, or the first so many: longitude, latitude, the item's JSON."""
    query, params = _listed(asked, "longitude, latitude, item")
    return query, params | {"limit": most}


def _listed(asked: Filter, columns: str) -> Query:
    listed, other, params = _conditions(asked)
    key = _SORTS[asked.sort.removeprefix("-")].expression
    down = asked.sort.startswith("-")
    after = f"({key}, asset_id) {'<' if down else '>'} (%(after_key)s, %(after_id)s)"
    of_listing = key in _OF_LISTING
    if asked.after:
        (listed if of_listing else other).append(after)
        params |= {"after_key": asked.after[0], "after_id": asked.after[1]}
    direction = "DESC" if down else "ASC"
    order = f"ORDER BY {key} {direction}, asset_id {direction} LIMIT %(limit)s"
    # where listings alone decide, the page is cut before the periods are looked up
    source = _source(asked.times, listed, order if of_listing and not other else "")
    return f"SELECT {columns} FROM {source} WHERE {_all(other)} {order}", params


def facets_query(asked: Filter) -> Query:
    """Return SQL and parameters of the counts of all that a list would show, page after page.

    Rows are facet, value, n, sum of prices and of first prices in dong. The facets are total, kind, province,
    price_band and rounds; the facet of a field that is asked for tells of the field's other values too.
    """
    if _in_totals(asked):
        return totals_query(asked.kind, asked.province, asked.times.as_of)
    listed, other, params = _conditions(replace(asked, kind=None, province=None))
    kind = "kind = %(kind)s" if asked.kind is not None else "true"
    province = "province = %(province)s" if asked.province is not None else "true"
    query = f"""WITH found AS MATERIALIZED (
            SELECT kind, province, price, first_price, {kind} AS of_kind, {province} AS of_province,
                {PRICE_BAND} AS price_band, {ROUNDS_BAND} AS round_band
            FROM {_source(asked.times, listed)} WHERE {_all(other)})
        {_counted("total", "''", "of_kind AND of_province")}
        UNION ALL {_counted("kind", "kind", "of_province")}
        UNION ALL {_counted("province", "coalesce(province, '')", "of_kind")}
        UNION ALL {_counted("price_band", "price_band", "of_kind AND of_province")}
        UNION ALL {_counted("rounds", "round_band", "of_kind AND of_province")}"""
    return query, params | {"kind": asked.kind, "province": asked.province}


def facets(rows: Iterable[Row]) -> dict[str, Any]:
    """Return the rows of a facets query by facet; each value with n and its sums of prices in dong."""
    told: dict[str, Any] = {
        "total": dict.fromkeys(_SUMS, 0),
        "kind": [],
        "province": [],
        "price_band": [],
        "rounds": [],
    }
    for facet, value, *sums in rows:
        counted = dict(zip(_SUMS, sums, strict=True))
        if facet == "total":
            told["total"] = counted
        else:
            told[facet].append({"value": value, **counted})
    return told


def _counted(facet: str, value: str, where: str) -> str:
    return f"""SELECT '{facet}', {value}, count(*)::int8, coalesce(sum(price), 0)::int8,
        coalesce(sum(first_price), 0)::int8 FROM found WHERE {where} GROUP BY 2"""


def communes_query(asked: Filter) -> Query:
    """Return SQL and parameters: a row a commune, the fullest first, its JSON with counts and sums in dong.

    Assets whose commune is not stated stand under "".
    """
    listed, other, params = _conditions(asked)
    sums = ", ".join(f"'{name}', {name}" for name in _SUMS)
    query = f"""SELECT json_build_object('value', value, {sums})::text
        FROM (SELECT coalesce(commune, '') AS value, count(*) AS n, coalesce(sum(price), 0)::int8 AS price,
                coalesce(sum(first_price), 0)::int8 AS first_price
            FROM {_source(asked.times, listed)} WHERE {_all(other)} GROUP BY 1) AS counted
        ORDER BY n DESC, value"""
    return query, params


_OF_TOTALS = {"day", "unsold", "kind", "province", "sort", "after", "limit", "times"}


def _in_totals(asked: Filter) -> bool:
    """Tell whether the unsold totals hold all that is asked: what is known still, by kind and province."""
    others = [each.name for each in fields(asked) if each.name not in _OF_TOTALS]
    return (
        asked.unsold is True
        and asked.province != ""
        and asked.times.known_at is None
        and all(getattr(asked, name) is None for name in others)
    )


def _conditions(asked: Filter) -> tuple[list[str], list[str], dict[str, Any]]:
    """Return the conditions on columns of the listing, those on others, and the parameters of all."""
    listed, params = _searched(asked)
    if asked.times.as_of:
        listed.append("seized_on <= %(as_of)s")  # follows from the rest, and is where the index begins
        params["as_of"] = asked.times.as_of
    if asked.year is not None:
        listed.append("seized_on BETWEEN %(year_begins)s AND %(year_ends)s")
        params |= {"year_begins": date(asked.year, 1, 1), "year_ends": date(asked.year, 12, 31)}
    if asked.unsold is not None:
        listed.append("unsold" if asked.unsold else "NOT unsold")
    other: list[str] = []
    for name, compared in (_COMPARED | _SINCE).items():
        if (value := getattr(asked, name)) is not None:
            params[name] = _before(asked.day, value) if name in _SINCE else value
            (listed if compared.split()[0] in _OF_LISTING else other).append(f"{compared} %({name})s")
    return listed, other, params | asked.times.parameters


def _before(day: date, days: int) -> date:
    return day - timedelta(min(days, (day - date.min).days))


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(conditions) or "true"


def _searched(asked: Filter) -> tuple[list[str], dict[str, Any]]:
    where, params = list[str](), dict[str, Any]()
    for number, word in enumerate((asked.q or "").split()):
        where.append(f"search LIKE ANY (%(word{number})s)")
        params[f"word{number}"] = [f"%{_literal(form)}%" for form in (folded(word), compact(word)) if form]
    if asked.number is not None:
        where.append("search LIKE %(number)s")
        params["number"] = f"%#{_literal(compact(asked.number))} %"
    return where, params


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_ITEM = """json_build_object('asset_id', listed.asset_id, 'asset_ref', listed.asset_ref,
    'office', listed.office, 'kind', listed.kind, 'province', listed.province, 'commune', listed.commune,
    'description', listed.description, 'stage', period.stage, 'rounds', period.rounds,
    'failed_rounds', period.failed_rounds, 'reductions', period.reductions, 'price', period.price,
    'first_price', period.first_price, 'left_of_first', period.left_of_first::float8,
    'of_loan', period.of_loan::float8, 'seized_on', listed.seized_on, 'last_round_on', period.last_round_on,
    'flags', listed.flags::json)::text AS item"""


_OF_LISTING = {"seized_on", "asset_ref", "kind", "province", "commune", "office", "officer"}


def _source(times: Times, listed: Sequence[str], order: str = "") -> str:
    """Return what to read from: of a past day or knowledge the listings of then, each with its period."""
    if times == NOW:
        return f"(SELECT * FROM assets WHERE {_all(listed)}) AS assets"
    return f"""(SELECT listed.*, period.stage, period.suspended, period.in_lieu_open, period.rounds,
            period.failed_rounds, period.reductions, period.price, period.first_price, period.left_of_first,
            period.of_loan, period.last_round_on, {_ITEM}
        FROM (SELECT * FROM asset_listings
            WHERE {times.holding("asset_listings")} AND {_all(listed)} {order}) AS listed
        CROSS JOIN LATERAL (SELECT * FROM asset_periods AS period WHERE period.asset_id = listed.asset_id
            AND {times.holding("period")} ORDER BY on_from DESC LIMIT 1) AS period) AS assets"""
