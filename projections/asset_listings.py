"""How an asset is listed and found: whose it is, of what kind, where, in which words, unsold or not."""

import orjson

from auctions.domain.asset import events as e
from projections.asset_words import flags, point, search
from projections.history import History
from projections.projection import Folded
from projections.timeline import Row

COLUMNS = {
    "asset_id": "uuid NOT NULL",
    "asset_ref": "text NOT NULL",
    "office": "text NOT NULL",
    "officer": "text",
    "kind": "text NOT NULL",
    "province": "text",
    "commune": "text",
    "seized_on": "date NOT NULL",
    "unsold": "bool NOT NULL",
    "loan_value": "int8",
    "loan_valued_on": "date",
    "secured_debt": "int8",
    "description": "text",
    "longitude": "float8",
    "latitude": "float8",
    "flags": "text NOT NULL",
    "search": "text NOT NULL",
}


def rows(file: Folded) -> list[Row]:
    """Return the asset's row, none while its seizure is struck; `flags` is a JSON list."""
    state, seized = file.state, file.state.seized
    if seized is None:
        return []
    row = (
        file.asset_id,
        seized.asset_ref,
        state.office,
        seized.officer,
        seized.kind,
        seized.province,
        seized.commune,
        seized.on,
        state.unsold,
        seized.loan_value,
        seized.loan_valued_on,
        seized.secured_debt,
        seized.description,
        *point(state),
        orjson.dumps(flags(state, seized)).decode(),
        search(state, seized),
    )
    return [row]


_TOLD = "INCLUDE (unsold, on_from, on_to, known_from, known_to)"

PROJECTION = History(
    name="asset_listings",
    columns=COLUMNS,
    primary_key="asset_id",
    indexes=(
        f"CREATE INDEX ON {{table}} (seized_on, asset_id) {_TOLD}",
        f"CREATE INDEX ON {{table}} (kind, seized_on, asset_id) {_TOLD}",
        f"CREATE INDEX ON {{table}} (province, seized_on, asset_id) {_TOLD}",
        f"CREATE INDEX ON {{table}} (office, seized_on, asset_id) {_TOLD}",
        "CREATE INDEX ON {table} USING gin (search public.gin_trgm_ops)",
    ),
    rows=rows,
    hears=frozenset(
        {
            e.Seized,
            e.Surveyed,
            e.Identified,
            e.Transferred,
            e.RoundWon,
            e.WinnerDefaulted,
            e.ResultAnnulled,
            e.PreemptionOffered,
            e.PreemptionAnswered,
            e.Appraised,
            e.PriceReduced,
            e.RoundFailed,
            e.RoundAnnounced,
            e.RoundCancelled,
            e.Delivered,
            e.TakenInLieu,
            e.Redeemed,
            e.ReturnedToDebtor,
            e.Released,
            e.Split,
            e.Merged,
        }
    ),
)
