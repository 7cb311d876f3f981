"""How one asset's file grew as it is answered: the same shapes in the CLI and in the API, ready for JSON."""

from collections.abc import Sequence
from datetime import date

from pydantic_core import to_jsonable_python

from auctions.domain.asset.events import AssetEntry, EntryStruck, Seized
from auctions.domain.asset.law import LawOf, judged
from auctions.domain.asset.words import words
from auctions.domain.event import Recorded
from projections.findings import told
from projections.lines import line_view
from projections.log import LawsOverTime, numbered
from projections.replay import Step, replay
from projections.restatement import before_and_after
from projections.views import View


def replay_view(
    file: Sequence[Recorded],
    law_of: LawOf,
    until: date | None = None,
    *,
    after: int = 0,
    most: int | None = None,
) -> View:
    """Return a file entry by entry, as `replay` tells it, each with its words in English and in Vietnamese.

    `changes` holds the parts of the state that an entry changed, `findings` what the law makes of it, or of
    an earlier entry by it, `lifted` the findings that no longer hold; `late` tells that its legal day is
    before the last one that the file had then, `days_late` how long after that day it was recorded.
    """
    ref = next(line.entry.asset_ref for line in file if isinstance(line.entry, Seized))
    steps = [_step(step) for step in replay(file, law_of, until=until, after=after, most=most)]
    return _json({"asset_ref": ref, "entries": steps})


def difference_view(
    file: Sequence[Recorded], laws: LawsOverTime, as_of: date, knowledges: tuple[int, int]
) -> View:
    """Return what became known of one asset and a legal day between two positions, the earlier one first.

    `before` and `after` are the asset as it was known (None: not seized), `entries` those recorded in
    between that bear on the day, as `replay_view` tells them; findings `came` and `went`, each knowledge by
    the law that offices had set by then. The file is the one known at the later position.
    """
    earlier, later = knowledges
    known = [line for line in file if line.position <= earlier]
    _, before = judged(numbered(known), laws.at(earlier), until=as_of)
    _, after = judged(numbered(file), laws.at(later), until=as_of)
    steps = replay(file, laws.at(later), until=as_of, after=len(known))
    return _json(
        {
            "as_of": as_of,
            "known_at": knowledges,
            **before_and_after(file, as_of, earlier),
            "entries": [_step(step) for step in steps],
            "came": [told(finding) for finding in after if finding not in before],
            "went": [told(finding) for finding in before if finding not in after],
        }
    )


def _step(step: Step) -> View:
    line, entry = step.line, step.line.entry
    return line_view(line) | {
        "office": line.envelope.office,
        "words": _words(line, "en"),
        "words_vi": _words(line, "vi"),
        "approved_by": entry.approved_by if isinstance(entry, EntryStruck) else None,
        "late": step.late,
        "together": step.together,
        "struck_by": _strike(step.strike) if step.strike else None,
        "changes": [change._asdict() for change in step.changes],
        "findings": [told(finding) for finding in step.found],
        "lifted": [told(finding) for finding in step.lifted],
    }


def _words(line: Recorded, language: str) -> str:
    entry: AssetEntry = line.entry  # type: ignore[assignment]  # files of assets hold asset entries
    return words(entry, language)


def _strike(line: Recorded) -> View:
    entry: EntryStruck = line.entry  # type: ignore[assignment]  # a strike is one
    told_of = {name: getattr(entry, name) for name in ("on", "basis", "reason", "approved_by")}
    return {"entry_no": line.entry_no, "actor": line.envelope.actor, **told_of}


def _json(view: View) -> View:
    ready: View = to_jsonable_python(view)
    return ready
