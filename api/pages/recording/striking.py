"""An entry as a form holds it, so that it is entered again corrected, and two of them side by side."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from api.languages import Language
from api.pages.figures import Figures
from api.pages.recording.fields import ATTRIBUTE, Input, input_of, inputs
from auctions.domain.asset.events import ENTRIES, EntryStruck
from auctions.domain.days import VIETNAM

Told = Mapping[str, Any]
STRUCK = EntryStruck.entry_name()


class Line(NamedTuple):
    """A field of two entries: what it is called, what stands, what is proposed, whether they differ."""

    label: str
    stands: str
    proposed: str
    differs: bool


class Change(NamedTuple):
    """An entry that is struck, what is entered in its place, or either alone, and their fields in lines."""

    struck: Told | None
    anew: Told | None
    lines: list[Line]


def typed_of(entry: str, data: Told, language: Language, kind: str) -> dict[str, str]:
    """Return the fields of an entry, its legal day among them, as they would be typed into its form."""
    fields = {input_of(name): name for name in ENTRIES[entry].model_fields}
    found: dict[str, str] = {}
    for each in inputs(entry, language, kind):
        if each.name.startswith(ATTRIBUTE):
            value = (data.get("attributes") or {}).get(each.name.removeprefix(ATTRIBUTE))
        elif each.name in fields:
            value = data.get(fields[each.name])
        else:
            value = (data.get("alias") or {}).get(each.name)
        if value not in (None, "", [], {}):
            found[each.name] = _typed(each, value)
    return found


def changes(entries: Sequence[Told], file: Sequence[Told], language: Language, kind: str) -> list[Change]:
    """Return what a proposal changes in a file: each struck entry beside what is entered in its place."""
    numbers = [each["entry_no"] for each in entries if each["entry"] == STRUCK]
    anew = [each for each in entries if each["entry"] != STRUCK]
    found = []
    for struck in (each for each in file if each["entry_no"] in numbers):
        instead = next((each for each in anew if each["entry"] == struck["entry"]), None)
        if instead:
            anew.remove(instead)
        found.append(_change(struck, instead, language, kind))
    return [*found, *(_change(None, each, language, kind) for each in anew)]


def _change(struck: Told | None, anew: Told | None, language: Language, kind: str) -> Change:
    entry = (struck or anew or {})["entry"]
    stands = typed_of(entry, struck["data"] | {"on": struck["on"]}, language, kind) if struck else {}
    proposed = typed_of(entry, anew, language, kind) if anew else {}
    asked = [each for each in inputs(entry, language, kind) if each.name in {*stands, *proposed}]
    both = struck is not None and anew is not None
    return Change(struck, anew, [_line(each, stands, proposed, language, both=both) for each in asked])


def _line(
    asked: Input, stands: Mapping[str, str], proposed: Mapping[str, str], language: Language, *, both: bool
) -> Line:
    before, after = stands.get(asked.name, ""), proposed.get(asked.name, "")
    figures = Figures(language)
    shown = (_shown(asked, before, figures), _shown(asked, after, figures))
    return Line(asked.label, *shown, both and before != after)


def _typed(asked: Input, value: Any) -> str:  # noqa: ANN401 - any JSON
    match value:
        case bool():
            return str(value).lower()
        case list():
            return "\n".join(map(str, value))
        case dict():
            return "\n".join(f"{party} = {amount}" for party, amount in value.items())
    if asked.kind == "moment":
        return datetime.fromisoformat(value).astimezone(VIETNAM).isoformat()[:16]
    return str(value)


def _shown(asked: Input, typed: str, figures: Figures) -> str:
    """Return what is typed as it is read."""
    if not typed:
        return ""
    match asked.kind:
        case "dong":
            return figures.dong(int(typed))
        case "day":
            return figures.day(typed)
        case "moment":
            return figures.moment(f"{typed}:00+07:00")
        case "choice":
            return dict(asked.options).get(typed, typed)
    return typed
