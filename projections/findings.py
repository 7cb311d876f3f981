"""Which steps broke which rule: one row a finding, derived anew from the file and the rulebooks."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from auctions.domain.asset.breaches import message
from auctions.domain.asset.law import Finding
from auctions.rules.rulebook import rules_version
from projections.history import History
from projections.projection import Folded
from projections.timeline import Row
from projections.times import NOW, Times

COLUMNS = {
    "asset_id": "uuid NOT NULL",
    "number": "int4 NOT NULL",
    "asset_ref": "text NOT NULL",
    "office": "text NOT NULL",
    "rule": "text NOT NULL",
    "on_day": "date NOT NULL",
    "item": "text NOT NULL",
}


def rows(file: Folded) -> list[Row]:
    """Return a row for each finding, in the order of the file's legal days."""
    seized = file.state.seized
    if seized is None:
        return []
    return [
        (
            file.asset_id,
            number,
            seized.asset_ref,
            file.state.office,
            finding.breach.rule.id,
            finding.on,
            orjson.dumps(_item(file, seized.asset_ref, finding)).decode(),
        )
        for number, finding in enumerate(file.findings, 1)
    ]


def _item(file: Folded, asset_ref: str, finding: Finding) -> dict[str, Any]:
    return {"asset_id": file.asset_id, "asset_ref": asset_ref, "office": file.state.office} | told(finding)


def told(finding: Finding) -> dict[str, Any]:
    """Return which entry broke which rule, and how."""
    breach = finding.breach
    return {
        "entry_no": finding.entry_no,
        "on": finding.on,
        "rule": breach.rule.id,
        "part": breach.rule.part,
        "article": breach.rule.article,
        "confidence": breach.rule.confidence,
        "message": message(breach),
        "message_vi": message(breach, "vi"),
        "asked": breach.asked,
        "allowed": breach.allowed,
    }


PROJECTION = History(
    name="findings",
    columns=COLUMNS,
    primary_key="asset_id, number",
    indexes=(
        "CREATE INDEX ON {table} (asset_ref, asset_id, number)",
        "CREATE INDEX ON {table} (office, asset_ref, asset_id, number)",
        "CREATE INDEX ON {table} (rule, asset_ref, asset_id, number)",
    ),
    rows=rows,
    version=3,
    rulebooks=rules_version(),
    judged=True,
)


@dataclass(frozen=True)
class Filter:
    """Which findings a list is asked for; None is any.

    `year` is that of the steps, `after` the key of the last row seen.
    """

    office: str | None = None
    rule: str | None = None
    asset_id: UUID | None = None
    year: int | None = None
    after: tuple[str, UUID, int] | None = None
    limit: int = 50
    times: Times = NOW


def page_query(asked: Filter) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters of one page: asset_ref, asset_id, number and the item's JSON."""
    return whole_query(asked, asked.limit)


def whole_query(asked: Filter, most: int | None = None) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters of all pages, or the first so many rows, with the same columns."""
    where, params = _conditions(asked)
    if asked.after:
        where.append("(asset_ref, asset_id, number) > (%(after_ref)s, %(after_id)s, %(after_number)s)")
        params |= dict(zip(("after_ref", "after_id", "after_number"), asked.after, strict=True))
    query = f"""SELECT asset_ref, asset_id, number, item FROM findings WHERE {" AND ".join(where)}
        ORDER BY asset_ref, asset_id, number LIMIT %(limit)s"""
    return query, params | {"limit": most}


def counts_query(asked: Filter) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters: a row a rule and office, its JSON with how many findings in how many files.

    It tells the same for each year of the steps; a file with steps of two years is counted in both.
    """
    where, params = _conditions(asked)
    query = f"""WITH counted AS (SELECT rule, office, year, count(*) AS n, count(DISTINCT asset_id) AS assets
            FROM (SELECT *, extract(year FROM on_day)::int4 AS year FROM findings) AS findings
            WHERE {" AND ".join(where)} GROUP BY GROUPING SETS ((rule, office), (rule, office, year)))
        SELECT json_build_object('rule', rule, 'office', office, 'n', max(n), 'assets', max(assets),
            'years', json_agg(json_build_object('year', year, 'n', n, 'assets', assets) ORDER BY year)
                FILTER (WHERE year IS NOT NULL))::text
        FROM counted GROUP BY rule, office ORDER BY rule, office"""
    return query, params


def _conditions(asked: Filter) -> tuple[list[str], dict[str, Any]]:
    params = {
        name: value for name in ("office", "rule", "asset_id") if (value := getattr(asked, name)) is not None
    }
    where = [asked.times.holding("findings"), *(f"{name} = %({name})s" for name in params)]
    if asked.year is not None:
        where.append("on_day BETWEEN %(year_begins)s AND %(year_ends)s")
        params |= {"year_begins": date(asked.year, 1, 1), "year_ends": date(asked.year, 12, 31)}
    return where, params | asked.times.parameters
