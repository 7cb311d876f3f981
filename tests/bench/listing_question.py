"""The page asked over HTTP: fifty unsold assets of a kind in a province, and the facets of all of them.

What the benchmark knows of the list of assets stands here: how our API is asked, and the same as SQL for
the peers.
"""

from typing import Any
from urllib.parse import urlencode

import psycopg

from auctions.application.recording import today
from auctions.store.connect import RUNNER_SETTINGS
from projections.asset_list import Filter, facets, facets_query, page_query

_ASKED = {"unsold": True, "kind": "land", "province": "Bình Định"}
PATH = f"/v1/assets?{urlencode(_ASKED | {'unsold': 'true', 'facets': 'true', 'limit': 50})}"
_FIELDS = (
    *("asset_id", "asset_ref", "office", "kind", "province", "commune", "description", "stage", "rounds"),
    *(
        "failed_rounds",
        "reductions",
        "price",
        "first_price",
        "left_of_first",
        "of_loan",
        "seized_on",
        "last_round_on",
        "flags",
    ),
)
_ITEMS = f"""SELECT {", ".join(_FIELDS)} FROM bench_assets
    WHERE unsold AND kind = 'land' AND province = 'Bình Định'
    ORDER BY seized_on DESC, asset_id DESC LIMIT 50"""  # noqa: S608 - names of our own
_BODY = """SELECT '{{"items":[' || coalesce(string_agg(item, ','), '') || '],"facets":'
    || (SELECT json_agg(counted) FROM ({facets}) AS counted (facet, value, n, price, first_price))
    || '}}' AS body FROM ({page}) AS page (key, id, item)"""
_TABLE = """DROP TABLE IF EXISTS bench_assets;
    CREATE TABLE bench_assets AS
        SELECT *, item::json ->> 'description' AS description, item::json -> 'flags' AS flags FROM assets;
    CREATE INDEX ON bench_assets (kind, seized_on, asset_id) WHERE unsold;
    CREATE INDEX ON bench_assets (province, seized_on, asset_id) WHERE unsold;
    ANALYZE bench_assets"""
"""The read model's rows, with what only the kept JSON has as columns, as a peer would keep them."""


def queries(url: str) -> dict[str, str]:
    """Return what the peers ask of the database at `url`, where their table is made."""
    asked = Filter(today(), unsold=True, kind="land", province="Bình Định")
    with psycopg.connect(url, autocommit=True, options=RUNNER_SETTINGS) as connection:
        connection.execute(_TABLE)
        written = psycopg.ClientCursor(connection).mogrify
        page, counted = written(*page_query(asked)), written(*facets_query(asked))
    named = f"SELECT * FROM ({counted}) AS counted (facet, value, n, price, first_price)"  # noqa: S608 - as above
    return {"items": _ITEMS, "facets": named, "body": _BODY.format(facets=counted, page=page)}


def same(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Tell whether a peer's page holds the same items and the same counts as ours."""
    told = [
        tuple(row[name] for name in ("facet", "value", "n", "price", "first_price"))
        for row in theirs["facets"]
    ]
    return bool(ours["items"]) and (ours["items"], _sorted(ours["facets"])) == (
        theirs["items"],
        _sorted(facets(told)),
    )


def _sorted(told: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(each, key=str) if isinstance(each, list) else each for name, each in told.items()}
