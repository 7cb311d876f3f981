"""Who recorded late: entries counted by the office and the person that recorded them, out of the log."""

from typing import Any

import psycopg
from psycopg.rows import dict_row

from auctions.domain.days import VIETNAM

MOST = 500_000
"""Entries of the log that one question counts: some two seconds."""
_COUNTED = """WITH lines AS (SELECT convert_from(envelope, 'UTF8')::json AS envelope,
        (recorded_at AT TIME ZONE %(vietnam)s)::date
            - (convert_from(payload, 'UTF8')::json ->> 'on')::date AS days
        FROM auctions.events WHERE position > %(after)s AND position <= %(known_at)s AND topic ^@ 'asset.'),
    told AS (SELECT envelope ->> 'office' AS office, envelope ->> 'actor' AS actor, days FROM lines)
    SELECT office,
        CASE WHEN %(named)s::text IS NULL OR office = nullif(%(named)s, '') THEN actor END AS actor,
        count(*) AS n, count(*) FILTER (WHERE days > %(days)s) AS recorded_late, max(days) AS longest
    FROM told WHERE %(office)s::text IS NULL OR office = %(office)s
    GROUP BY 1, 2 ORDER BY recorded_late DESC, longest DESC, office, actor"""

View = dict[str, Any]


def late_entries(
    connection: psycopg.Connection[Any], known_at: int, days: int, office: str | None, named: str | None
) -> View:
    """Return who recorded more than so many days after the legal day, the most entries first.

    Of all offices or one, up to a position; what is more than MOST entries before it is not counted, which
    `after` tells. Persons are told of the office `named` alone, of none where it is "", of all where it is
    None; others are counted together, as null. `longest` is in days.
    """
    after = max(0, known_at - MOST)
    asked: dict[str, object] = {"after": after, "known_at": known_at, "days": days}
    asked |= {"office": office, "named": named, "vietnam": VIETNAM.utcoffset(None)}
    with connection.cursor(row_factory=dict_row) as cursor:
        items = cursor.execute(_COUNTED, asked).fetchall()
    return {"known_at": known_at, "after": after, "days": days, "items": items}
