"""One asset's file as it is answered: the same shapes in the CLI and in the API, ready for JSON."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python

from auctions.domain.asset.events import Seized
from auctions.domain.asset.plan import Plan, Reached
from auctions.domain.asset.state import State, struck_by
from auctions.domain.event import Recorded
from auctions.domain.money import share
from projections.asset_words import flags
from projections.life import life_of
from projections.log import numbered
from projections.projection import Folded
from projections.rungs import rungs

View = dict[str, Any]

_FOLDED = (
    "stage",
    "unsold",
    "suspended",
    "price",
    "failed_rounds",
    "reductions",
    "costs",
    "condition",
    "missing",
    "attributes",
    "aliases",
    "in_lieu",
    "in_lieu_open",
    "paid",
    "delivered_on",
    "title_registered",
    "distributed",
    "exit",
    "exited_on",
    "last_round_on",
    "rounds",
)


def asset_view(asset_id: UUID, version: int, state: State) -> View:
    """Return the whole state: fields of the seizure, stage, price in dong, counters and the list of rounds.

    `version` is the number of the file's last entry. The fields of the seizure are missing where none stands.
    """
    first = state.steps[0].price if state.steps else None
    view = {
        "asset_id": asset_id,
        "version": version,
        **_seizure(state),
        "office": state.office,
        **{name: getattr(state, name) for name in _FOLDED},
        "first_price": first,
        "costs_of_price": float(share(state.costs, state.price)) if state.price else None,
        "left_of_first": float(share(state.price, first)) if state.price and first else None,
        "sold_for": state.sold_for,
    }
    return _json(view)


def history_view(recorded: Sequence[Recorded]) -> View:
    """Return every entry of a file that has begun, by number; `struck_by` is the number of the strike."""
    lines = sorted(recorded, key=lambda line: line.entry_no)
    strikes = struck_by(numbered(lines))
    ref = next(line.entry.asset_ref for line in lines if isinstance(line.entry, Seized))
    entries = [entry_view(line) | {"struck_by": strikes.get(line.entry_no)} for line in lines]
    return _json({"asset_ref": ref, "entries": entries})


def ladder_view(asset_id: UUID, state: State) -> View:
    """Return the price levels in dong and, where it is sold, the hammer; see `rungs` for a step."""
    life = life_of(Folded(asset_id, 0, state))
    return {
        "asset_ref": life.asset_ref if life else None,
        "loan_value": life.loan_value if life else None,
        "steps": rungs(life) if life else [],
        "sold_for": state.sold_for,
    }


def plan_view(ahead: Plan) -> View:
    """Return a plan: its steps, and the days on which something comes about, None where nothing does."""
    return _json(
        {
            "steps": [step._asdict() for step in ahead.steps],
            "in_lieu_opens": _reached(ahead.in_lieu_opens),
            "falls_to_costs": _reached(ahead.falls_to_costs),
            "falls_to_debt": _reached(ahead.falls_to_debt),
            "redemption": ahead.redemption,
            "redeem_by": ahead.redeem_by,
        }
    )


def _reached(reached: Reached | None) -> View | None:
    return reached._asdict() if reached else None


def _json(view: View) -> View:
    ready: View = to_jsonable_python(view)
    return ready


def _seizure(state: State) -> View:
    seized = state.seized
    if seized is None:
        return {}
    fields = seized.model_dump(exclude={"on", "office", "attributes"})
    return fields | {"seizing_office": seized.office, "seized_on": seized.on, "flags": flags(state, seized)}


def entry_view(line: Recorded) -> View:
    """Return one entry of a file as it was recorded."""
    return {
        "entry_no": line.entry_no,
        "entry": line.entry.entry_name(),
        "on": line.entry.on,
        "recorded_at": line.recorded_at,
        "position": line.position,
        "actor": line.envelope.actor,
        "data": line.entry.data(),
    }
