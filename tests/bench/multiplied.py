"""The read models behind the list of assets with many more assets: copies of those recorded.

A copy has an id and a reference of its own and all else from its original, its days too. What is made by
adding up (the unsold totals) is multiplied. The exclusion constraints and the index for words, which the
questions measured here do not read, are dropped first, because filling them takes long at a million assets.
"""

from typing import Any

import psycopg

from auctions.store.connect import RUNNER_SETTINGS
from tests.bench import databases

_COPIED = ("assets", "asset_listings", "asset_periods")
_TOTALS, _SUMS = "unsold_totals", ("n", "price", "first_price")
_NEW_ID = "md5(base.asset_id::text || copy)::uuid"
_NEW = {
    "asset_id": _NEW_ID,
    "asset_ref": "base.asset_ref || '-' || copy",
    "item": f"""replace(replace(base.item, base.asset_id::text, ({_NEW_ID})::text),
        base.asset_ref, base.asset_ref || '-' || copy)""",
}
_UNREAD = """SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname)
        FROM pg_constraint WHERE contype = 'x' AND conrelid::regclass::text = ANY(%(tables)s)
    UNION ALL SELECT format('DROP INDEX %%s', indexrelid::regclass) FROM pg_index
        JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
        WHERE amname = 'gin' AND indrelid::regclass::text = ANY(%(tables)s)"""


class Multiplied:
    """One database whose list of assets grows."""

    def __init__(self, server: str, original: str) -> None:
        """Take the server and the database that is copied."""
        self.url = databases.copy(server, original, "pages")
        self._times = 1
        with self._connected() as own:
            for (statement,) in own.execute(_UNREAD, {"tables": list(_COPIED)}).fetchall():
                own.execute(statement)
            for table in (*_COPIED, _TOTALS):
                own.execute(f"CREATE TABLE base_{table} AS TABLE {table}".encode())
            found = own.execute("SELECT count(*) FROM assets").fetchone()
        self._base = int(found[0]) if found else 0

    def grow(self, assets: int) -> int:
        """Let the list hold at least so many assets; return how many it holds."""
        times = max(self._times, -(-assets // self._base))
        with self._connected() as own:
            for table in _COPIED if times > self._times else ():
                own.execute(_copying(own, table), [self._times + 1, times])
            sums = ", ".join(f"{name} = {name} / {self._times} * {times}" for name in _SUMS)
            own.execute(f"UPDATE {_TOTALS} SET {sums}".encode())  # noqa: S608 - numbers and names of ours
        self._times = times
        databases.settled(self.url)
        return self._base * times

    def _connected(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, autocommit=True, options=RUNNER_SETTINGS)


def _copying(own: psycopg.Connection[Any], table: str) -> bytes:
    none = own.execute(f"SELECT * FROM {table} LIMIT 0".encode())  # noqa: S608 - a name of ours
    names = [column.name for column in none.description or ()]
    values = [_NEW.get(name, f"base.{name}") for name in names]
    return f"""INSERT INTO {table} ({", ".join(names)}) SELECT {", ".join(values)}
        FROM base_{table} AS base, generate_series(%s::int, %s::int) AS copy""".encode()  # noqa: S608 - as above
