"""The dossier of one asset: all that is recorded of it, as of a legal day and as known at a position."""

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic_core import to_jsonable_python

from auctions.domain.asset.law import LawOf, judged
from auctions.domain.event import Recorded
from projections.chain import Link
from projections.findings import told
from projections.log import numbered
from projections.views import View, asset_view, ladder_view
from projections.views_of_replays import replay_view

FORM = "auctions-dossier-1"
"""What every dossier begins with: its form and the form's version."""


def dossier_view(
    file: Sequence[Recorded], law_of: LawOf, chain: Mapping[int, Link], *, as_of: date, known_at: int
) -> View | None:
    """Return the dossier of a file that has begun, None where no seizure stands on the day.

    `asset` and `ladder` are as they stand on the day, `findings` those that hold then; `entries` those that
    bear on it, as `replay_view` tells them, with the hashes of what is stored. `evidence`, and in each
    entry `content` and `proof`, are for the signed log, which is not asked here. The file and `law_of` are
    those known at the position.
    """
    asset_id, last = file[0].stream_id, file[-1]
    state, findings = judged(numbered(file), law_of, until=as_of)
    if state.seized is None:
        return None
    entries = [
        entry | chain[entry["entry_no"]]._asdict() | {"content": None, "proof": None}
        for entry in replay_view(file, law_of, as_of)["entries"]
    ]
    view: View = to_jsonable_python(
        {
            "form": FORM,
            "asset_id": asset_id,
            "asset_ref": state.seized.asset_ref,
            "as_of": as_of,
            "known_at": known_at,
            "last_recorded_at": last.recorded_at,
            "asset": asset_view(asset_id, last.entry_no, state),
            "ladder": ladder_view(asset_id, state),
            "entries": entries,
            "findings": [told(finding) for finding in findings],
            "evidence": None,
        }
    )
    return view
