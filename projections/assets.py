"""What remains unsold, and everything else a list of assets filters on: one row an asset."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from auctions.domain.asset.events import Seized
from auctions.domain.asset.state import State
from auctions.domain.money import share
from auctions.rules.kinds import asset_kinds, is_regular_vessel_no
from projections.projection import Folded, Projection, Row
from projections.search import compact, folded

COLUMNS = {
    "asset_id": "uuid",
    "asset_ref": "text NOT NULL",
    "office": "text NOT NULL",
    "officer": "text",
    "kind": "text NOT NULL",
    "province": "text",
    "commune": "text",
    "stage": "text NOT NULL",
    "unsold": "bool NOT NULL",
    "suspended": "bool NOT NULL",
    "in_lieu_open": "bool NOT NULL",
    "rounds": "int4 NOT NULL",
    "failed_rounds": "int4 NOT NULL",
    "reductions": "int4 NOT NULL",
    "price": "int8",
    "first_price": "int8",
    "left_of_first": "numeric",
    "loan_value": "int8",
    "secured_debt": "int8",
    "costs": "int8 NOT NULL",
    "sold_for": "int8",
    "seized_on": "date NOT NULL",
    "last_round_on": "date",
    "search": "text NOT NULL",
    "item": "text NOT NULL",
}


def rows(file: Folded) -> list[Row]:
    """Return the asset's row, none while its seizure is struck."""
    state, seized = file.state, file.state.seized
    return [_row(file, state, seized)] if seized else []


def _row(file: Folded, state: State, seized: Seized) -> Row:
    price, first = state.price, state.steps[0].price if state.steps else None
    left = share(price, first) if price and first else None
    item = _item(file, state, seized)
    return (
        file.asset_id,
        seized.asset_ref,
        state.office,
        seized.officer,
        seized.kind,
        seized.province,
        seized.commune,
        item["stage"],
        state.unsold,
        state.suspended,
        state.in_lieu_open,
        len(state.rounds),
        state.failed_rounds,
        state.reductions,
        price,
        first,
        left,
        seized.loan_value,
        seized.secured_debt,
        state.costs,
        state.sold_for,
        seized.on,
        state.last_round_on,
        _search(state, seized),
        orjson.dumps(item).decode(),
    )


def _item(file: Folded, state: State, seized: Seized) -> dict[str, Any]:
    price, first = state.price, state.steps[0].price if state.steps else None
    return {
        "asset_id": str(file.asset_id),
        "asset_ref": seized.asset_ref,
        "office": state.office,
        "kind": seized.kind,
        "province": seized.province,
        "commune": seized.commune,
        "description": seized.description,
        "stage": state.stage.value,
        "rounds": len(state.rounds),
        "failed_rounds": state.failed_rounds,
        "reductions": state.reductions,
        "price": price,
        "first_price": first,
        "left_of_first": float(share(price, first)) if price and first else None,
        "seized_on": seized.on,
        "last_round_on": state.last_round_on,
        "flags": flags(state, seized),
    }


def flags(state: State, seized: Seized) -> list[str]:
    """Return what a reader should look at twice: `vessel-no-form` for a number not of the regular form."""
    kind = asset_kinds().get(seized.kind)
    numbers = [
        str(state.attributes[name])
        for name, attribute in (kind.attributes.items() if kind else ())
        if attribute.type == "vessel_no" and name in state.attributes
    ]
    return [] if all(map(is_regular_vessel_no, numbers)) else ["vessel-no-form"]


def _search(state: State, seized: Seized) -> str:
    words = [seized.asset_ref, seized.case_ref, seized.description, seized.province, seized.commune]
    numbers = [str(value) for value in state.attributes.values()] + [alias.value for alias in state.aliases]
    texts = [text for text in words if text] + numbers
    return folded(" ".join(texts)) + " " + " ".join(compact(number) for number in numbers)


PROJECTION = Projection(
    name="assets",
    columns=COLUMNS,
    primary_key="asset_id",
    indexes=(
        "CREATE INDEX ON {table} (asset_ref, asset_id)",
        "CREATE INDEX ON {table} (asset_ref, asset_id) WHERE unsold",
        "CREATE INDEX ON {table} (kind, province, asset_ref, asset_id) WHERE unsold",
        "CREATE INDEX ON {table} (office, asset_ref, asset_id) WHERE unsold",
        "CREATE INDEX ON {table} USING gin (search public.gin_trgm_ops)",
    ),
    rows=rows,
)


@dataclass(frozen=True)
class Filter:
    """What a list is asked for; None is any. `after` is the key of the last row seen."""

    unsold: bool | None = None
    kind: str | None = None
    province: str | None = None
    office: str | None = None
    stage: str | None = None
    q: str | None = None
    after: tuple[str, UUID] | None = None
    limit: int = 50


def page_query(asked: Filter) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters of one page: asset_ref, asset_id and the item's JSON, by asset_ref."""
    params: dict[str, Any] = {
        name: value
        for name in ("kind", "province", "office", "stage")
        if (value := getattr(asked, name)) is not None
    }
    where = [f"{name} = %({name})s" for name in params]
    if asked.unsold is not None:
        where.append("unsold" if asked.unsold else "NOT unsold")
    for number, word in enumerate((asked.q or "").split()):
        where.append(f"search LIKE ANY (%(word{number})s)")
        params[f"word{number}"] = [f"%{_literal(form)}%" for form in (folded(word), compact(word)) if form]
    if asked.after:
        where.append("(asset_ref, asset_id) > (%(after_ref)s, %(after_id)s)")
        params |= {"after_ref": asked.after[0], "after_id": asked.after[1]}
    condition = " AND ".join(where) or "true"
    query = f"""SELECT asset_ref, asset_id, item FROM assets WHERE {condition}
        ORDER BY asset_ref, asset_id LIMIT %(limit)s"""
    return query, params | {"limit": asked.limit}


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
