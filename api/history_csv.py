"""One asset's file as CSV for spreadsheets: a row an entry, in the order of recording."""

from collections.abc import Mapping
from typing import Any

from api.decline_csv import written
from api.list_files import flat

_COLUMNS = ("asset_ref", "entry_no", "entry", "on", "recorded_at", "position", "actor", "struck_by", "data")


def history_csv(view: Mapping[str, Any]) -> str:
    """Return the entries of a view of `projections.views.history_view`; `data` is their fields as JSON."""
    entries = [{name: flat(value) for name, value in entry.items()} for entry in view["entries"]]
    return written(_COLUMNS, [{"asset_ref": view["asset_ref"], **entry} for entry in entries])
