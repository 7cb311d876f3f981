"""How value declined as CSV for spreadsheets: one row a figure, or one row a price level."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from api.models_of_vessels import Vessel

MEDIA_TYPE = "text/csv; charset=utf-8"

_FIGURES = ("measure", "group", "key", "n", "q1", "median", "q3", "at_risk", "sold", "survival", "value")
_LEVEL = ("step", "cause", "on", "price", "of_previous", "of_first", "of_loan", "days")
_VESSEL = tuple(Vessel.model_fields)
_RUN_BY_SHEETS = ("=", "+", "-", "@", "\t", "\r")

_SERIES = (("by_reductions", "reductions"), ("rounds_to_sale", "round"), ("days_to_sale", "day"))

Fields = dict[str, Any]


def decline_csv(answer: Mapping[str, Any]) -> str:
    """Return the figures of an answer of `projections.decline`, comma separated with LF, its groups after it.

    `key` is what a row of the measure is about, as the number of reductions; `group` the value of the group,
    nothing for all assets. Shares are of 1, a text that a sheet would run stands after an apostrophe.
    """
    rows: list[Fields] = [{"measure": name, "value": answer[name]} for name in ("as_of", "known_at")]
    rows += _figures(answer)
    for group in answer.get("groups", ()):
        rows += [row | {"group": group["value"]} for row in _figures(group)]
    return written(_FIGURES, rows)


def ladder_csv(view: Mapping[str, Any]) -> str:
    """Return one asset's price levels (see `projections.rungs`) in the same form, each with its asset_ref."""
    rows = [{"asset_ref": view["asset_ref"], **step} for step in view["steps"]]
    return written(("asset_ref", *_LEVEL), rows)


def vessels_csv(answer: Mapping[str, Any]) -> str:
    """Return the vessels of an answer of `projections.vessels` in the same form, a row a vessel."""
    return written(_VESSEL, answer["items"])


def _figures(told: Mapping[str, Any]) -> Iterator[Fields]:
    yield {"measure": "assets", "n": told["assets"]}
    for measure, time in _SERIES:
        for row in told.get(measure, ()):
            yield {"measure": measure, "key": row[time], **row}
    for name, value in told["half_sold"].items():
        yield {"measure": "half_sold", "key": name, "value": value}
    never = told["never_sold"]
    yield {"measure": "never_sold", "n": never["n"], "sold": never["sold"], "value": never["share"]}
    for name, count in {"unsold": never["unsold"], **never["left"]}.items():
        yield {"measure": "never_sold", "key": name, "n": count}
    for measure in ("loan", "falls_to"):
        for name, spread in told[measure].items():
            yield {"measure": measure, "key": name, **spread}
    for measure in ("days_a_round", "costs_to_price"):
        yield {"measure": measure, **told[measure]}
    for cause in told["causes"]:
        yield {"measure": "causes", "key": cause["cause"], "n": cause["n"], "value": cause["of_first"]}
    yield {"measure": "stalling", "n": told["stalling"]["n"], "value": told["stalling"]["assets"]}


def written(columns: Sequence[str], rows: Sequence[Fields]) -> str:
    """Return rows under their columns; what a row has besides is left out."""
    out = StringIO(newline="")
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def harmless(value: object) -> object:
    """Return a cell that no spreadsheet runs as a formula: such a text after an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUN_BY_SHEETS) else value
