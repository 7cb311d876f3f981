"""The migrations make exactly the schema that is written down, on every PostgreSQL from 15 on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

WRITTEN = Path(__file__).parent / "schema.txt"
OURS = """CREATE TEMP VIEW ours AS SELECT oid FROM pg_namespace
    WHERE nspname IN ('auctions', 'projections')"""

# Each gives one column of text lines. PostgreSQL 18 keeps NOT NULL as constraints and 17 knows MAINTAIN:
# both are left out where they stand beside what 15 tells as well.
QUERIES = {
    "extensions": "SELECT extname || ' in ' || extnamespace::regnamespace FROM pg_extension",
    "schemas": "SELECT nspname || ' of ' || nspowner::regrole FROM pg_namespace WHERE oid IN (TABLE ours)",
    "relations": """SELECT oid::regclass || ' ' || relkind::text || ' of ' || relowner::regrole
        FROM pg_class WHERE relnamespace IN (TABLE ours) AND relkind <> 'i'""",
    "columns": """SELECT attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod)
            || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
            || CASE attidentity WHEN 'a' THEN ' GENERATED ALWAYS' ELSE '' END
            || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relnamespace IN (TABLE ours) AND relkind IN ('r', 'v') AND attnum > 0 AND NOT attisdropped""",
    "constraints": """SELECT conrelid::regclass || ': ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace IN (TABLE ours) AND contype <> 'n'""",
    "indexes": """SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indexrelid
        WHERE relnamespace IN (TABLE ours)""",
    "triggers": """SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
        WHERE relnamespace IN (TABLE ours) AND NOT tgisinternal""",
    "functions": """SELECT oid::regprocedure || ' RETURNS ' || pg_get_function_result(oid) || ' of '
            || proowner::regrole || ', volatility ' || provolatile::text || ', parallel ' || proparallel::text
            || CASE WHEN prosecdef THEN ', SECURITY DEFINER' ELSE '' END
            || coalesce(' SET ' || array_to_string(proconfig, '; '), '')
        FROM pg_proc WHERE pronamespace IN (TABLE ours)""",
    "grants": """SELECT what || ': ' || privilege_type || ' to '
            || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
        FROM (SELECT 'schema ' || nspname, nspowner, nspacl FROM pg_namespace WHERE oid IN (TABLE ours)
            UNION ALL SELECT oid::regclass::text, relowner, relacl FROM pg_class
                WHERE relnamespace IN (TABLE ours)
            UNION ALL SELECT c.oid::regclass || '.' || attname, relowner, attacl
                FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace IN (TABLE ours)
            UNION ALL SELECT oid::regprocedure::text, proowner, coalesce(proacl, acldefault('f', proowner))
                FROM pg_proc WHERE pronamespace IN (TABLE ours)) o (what, owner, acl), aclexplode(acl)
        WHERE grantee <> owner""",
}


@pytest.fixture
def catalog(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, options="-c search_path=pg_catalog") as opened:
        opened.execute(OURS)
        yield opened


def described(catalog: psycopg.Connection[Any]) -> str:
    """Return the schema as text: a heading for each matter and its lines, sorted."""
    parts = []
    for heading, query in QUERIES.items():
        lines = sorted(row[0] for row in catalog.execute(query.encode()))
        parts.append("\n".join([f"# {heading}", *lines]))
    return "\n\n".join(parts) + "\n"


def test_the_migrations_make_the_schema_that_is_written_down(
    catalog: psycopg.Connection[Any], tmp_path: Path
) -> None:
    found = tmp_path / "schema.txt"
    found.write_text(described(catalog), "utf-8")
    assert found.read_text("utf-8").splitlines() == WRITTEN.read_text("utf-8").splitlines(), (
        f"the schema is another than tests/contract/schema.txt says; if it should be: cp {found} {WRITTEN}"
    )
