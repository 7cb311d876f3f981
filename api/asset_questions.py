"""A question about the list of assets, as SQL: one query, so that all it tells is of one moment."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from psycopg import AsyncClientCursor
from pydantic import Field, TypeAdapter

from api import cursor
from api.asset_pages import Question
from api.database import Connection
from api.questions import PAGE, TIMES, AssetList, Dong
from api.times import Told
from auctions.domain.event import Reference
from projections.asset_list import SORTS, Filter, Sorted, facets_query, page_query
from projections.times import NOW

_KEY: TypeAdapter[tuple[str, str, UUID]] = TypeAdapter(tuple[str, str, UUID])
_LEFT = Annotated[Decimal, Field(ge=0, max_digits=20, decimal_places=6)]
_BOUNDED = {date: date, str: Reference, int: Dong, Decimal: _LEFT}
_VALUES: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(_BOUNDED[kind]) for name, kind in SORTS.items()}
_PAGE = """{place} UNION ALL
    SELECT NULL, NULL, NULL, key::text, id, item FROM ({page}) AS page (key, id, item)"""
_PLACE = """SELECT least({positions}), concat_ws('-', {versions}), {counted}, NULL, NULL::uuid, NULL
    FROM {places} WHERE {found}"""
_COUNTED = """(SELECT format('{{"total":%s,"kind":%s,"province":%s,"price_band":%s,"rounds":%s}}',
        coalesce(max(told) FILTER (WHERE facet = 'total'), '{{"n":0,"price":0,"first_price":0}}'),
        coalesce(max(told) FILTER (WHERE facet = 'kind'), '[]'),
        coalesce(max(told) FILTER (WHERE facet = 'province'), '[]'),
        coalesce(max(told) FILTER (WHERE facet = 'price_band'), '[]'),
        coalesce(max(told) FILTER (WHERE facet = 'rounds'), '[]'))
    FROM (SELECT facet, CASE facet WHEN 'total' THEN format('{{%s}}', max(sums)) ELSE
                format('[%s]', string_agg(format('{{"value":%s,%s}}', to_json(value), sums), ',')) END AS told
        FROM (SELECT facet, value, format('"n":%s,"price":%s,"first_price":%s', n, price, first_price) AS sums
            FROM ({facets}) AS counted (facet, value, n, price, first_price)) AS counted
        GROUP BY facet) AS counted)"""


def filter_of(asked: AssetList, told: Told) -> Filter:
    """Return what a question asks of the read models. Raises Problem for a cursor of another list."""
    fields = asked.model_dump(exclude=TIMES | PAGE)
    return Filter(told.day, **fields, after=_after(asked), limit=asked.limit + 1, times=told.times)


def _after(asked: AssetList) -> tuple[Sorted, UUID] | None:
    key = cursor.decoded(asked.cursor, _KEY)
    if key is None:
        return None
    sort, value, asset_id = key
    if sort != asked.sort:
        raise cursor.unknown()
    try:
        return _VALUES[sort].validate_strings(value), asset_id
    except ValueError as error:
        raise cursor.unknown() from error


def read_models(asked: AssetList, told: Told) -> list[str]:
    """Return the read models that tell."""
    listing = ["assets"] if told.times == NOW else ["asset_listings", "asset_periods"]
    return [*listing, "unsold_totals"] if asked.facets else listing


def question(connection: Connection, asked: AssetList, told: Told) -> Question:
    """Return a question as it is asked again and again. Raises Problem for a cursor of another list."""
    wanted, read = filter_of(asked, told), read_models(asked, told)
    write = AsyncClientCursor(connection).mogrify
    counted = _COUNTED.format(facets=write(*facets_query(wanted))) if asked.facets else "NULL::text"
    query = _PAGE.format(place=_place(read, counted), page=write(*page_query(wanted)))
    return Question(query.encode(), read, asked.sort, asked.limit, told.day, told.known_at, told.pinned)


def _place(read: Sequence[str], counted: str) -> str:
    """Return SQL of how far all the read models have read, by which versions they were built, and facets."""
    return _PLACE.format(
        positions=", ".join(f"{name}.position" for name in read),
        versions=", ".join(f"{name}.version" for name in read),
        counted=counted,
        places=", ".join(f"projections.tracking AS {name}" for name in read),
        found=" AND ".join(f"{name}.name = '{name}'" for name in read),
    )
