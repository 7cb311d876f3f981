"""What changed between two knowledges about one legal day: entry by entry, by whom and why."""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import psycopg
from pydantic_core import to_jsonable_python

from auctions.domain.asset.events import Seized
from auctions.domain.asset.state import fold
from auctions.domain.event import Recorded
from projections import log
from projections.asset_list import Filter, facets, facets_query
from projections.lines import bearing_on, line_view
from projections.times import Times

View = dict[str, Any]
_TOLD = ("office", "stage", "unsold", "price", "failed_rounds", "reductions", "costs", "sold_for")


def restatement(connection: psycopg.Connection[Any], as_of: date, earlier: int, later: int) -> View:
    """Return what became known of a legal day between two positions of the log, the earlier one first.

    `assets` are those that entries recorded in between bear on, each as it was known `before` and `after`
    (None: not seized), with those entries; `unsold` holds the number and the sums of prices in dong of what
    remained unsold. It needs a transaction around it. Ready for JSON.
    """
    found = [_restated(file, as_of, earlier) for file in log.grown_files(connection, earlier, later)]
    assets = sorted((view for view in found if view), key=itemgetter("asset_ref", "asset_id"))
    before, after = (unsold(connection, Times(as_of, position)) for position in (earlier, later))
    told: View = to_jsonable_python(
        {
            "as_of": as_of,
            "known_at": [earlier, later],
            "unsold": {"before": before, "after": after},
            "assets": assets,
        }
    )
    return told


def _restated(file: Sequence[Recorded], as_of: date, earlier: int) -> View | None:
    new = [line for line in bearing_on(file, as_of) if line.position > earlier]
    if not new:
        return None
    return {**before_and_after(file, as_of, earlier), "entries": [line_view(line) for line in new]}


def before_and_after(file: Sequence[Recorded], as_of: date, earlier: int) -> View:
    """Return an asset as it was known of a day `before`, at a position, and `after`, with the whole file."""
    seized = next(line.entry for line in file if isinstance(line.entry, Seized))
    known = [line for line in file if line.position <= earlier]
    return {
        "asset_id": file[0].stream_id,
        "asset_ref": seized.asset_ref,
        "before": _state(known, as_of),
        "after": _state(file, as_of),
    }


def _state(lines: Sequence[Recorded], as_of: date) -> View | None:
    state = fold(log.numbered(lines), until=as_of)
    return {name: getattr(state, name) for name in _TOLD} if state.seized else None


def unsold(connection: psycopg.Connection[Any], times: Times, office: str | None = None) -> View:
    """Return how many assets were unsold, at an office or at all, and the sums in dong of their prices."""
    asked = Filter(day=times.as_of or date.max, unsold=True, office=office, times=times)
    query, params = facets_query(asked)
    total: View = facets(connection.execute(query.encode(), params))["total"]
    return total
