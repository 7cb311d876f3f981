"""How one asset's file grew: entry by entry, and between two knowledges."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import typer

from auctions.application.recording import today
from auctions.cli.common import Json, database, language, print_json, print_table, words
from auctions.cli.reading import Office, Ref, known_file, shown
from auctions.cli.two_times import AsOf, Knowledges, KnownAt, both_known, day
from auctions.store.connect import connection
from projections import log
from projections.views import View
from projections.views_of_replays import difference_view, replay_view

First = Annotated[int, typer.Option("--from", min=1, help="Begin with the entry of this number.")]
Last = Annotated[int | None, typer.Option("--to", min=1, help="End with the entry of this number.")]
Row = tuple[str, object]


def replay(
    ref: Ref,
    office: Office = None,
    first: First = 1,
    last: Last = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """Step through an asset's file as it grew: each entry by whom, what it changed, what the law finds in it.

    Entries come in the order of their recording. An entry is late where its legal day is before the last one
    that the file had then; what it changed is the state after all that was known. What one command recorded
    became known at once and changes the state with its last entry. All are judged by the law of now, or of
    --known-at. --json prints what `GET /v1/assets/ID/replay` answers, all pages as one.
    """
    until = day(as_of)
    file = known_file(ref, office, known_at)
    version = file.lines[-1].entry_no
    if first > version:
        raise typer.BadParameter(f"--from {first}: the file of {ref} ends with entry {version}")
    if first > (end := last or version):
        raise typer.BadParameter(f"--from {first} is after --to {end}: expected the earlier one first")
    view = replay_view(file.lines, file.law_of, until)
    view["entries"] = [entry for entry in view["entries"] if first <= entry["entry_no"] <= end]
    if json:
        print_json(
            {"as_of": until, "known_at": file.position, "position": file.position} | view | {"next": None}
        )
        return
    for entry in view["entries"]:
        _print(entry)
    if not view["entries"]:
        typer.echo(f"none of these entries bears on {words(until)}")


def diff(
    ref: Ref, known_at: Knowledges, office: Office = None, as_of: AsOf = None, json: Json = False
) -> None:
    """Show what became known of one asset and a day between two knowledges: entries, state, findings.

    As `restate` does of all assets, with more: what each entry in between changed, which of them are late,
    who approved a strike, and which findings came or went. --json prints what
    `GET /v1/assets/ID/diff?known_at=EARLIER&known_at=LATER` answers.
    """
    until = day(as_of) or today()
    with connection(database()) as reader:
        knowledges = both_known(reader, known_at)
        laws = log.laws_over_time(reader, knowledges[1])
    file = known_file(ref, office, str(knowledges[1]))
    view = difference_view(file.lines, laws, until, knowledges)
    if json:
        print_json(view)
        return
    _print_states(view)
    typer.echo(f"Entries in between: {len(view['entries']):,}")
    for entry in view["entries"]:
        _print(entry)
    findings = [(how, *_finding(each)) for how in ("came", "went") for each in view[how]]
    print_table(
        f"Findings that came or went: {len(findings):,}", ("", "entry_no", "rule", "message"), findings
    )


def _print_states(view: View) -> None:
    earlier, later = (words(position) for position in view["known_at"])
    title = f"{view['asset_ref']} on {_day(view['as_of'])} as known at {earlier} and at {later}"
    before, after = view["before"] or {}, view["after"] or {}
    rows = [(name, before.get(name), after.get(name)) for name in after or before]
    print_table(title, ("", "before", "after"), rows)


def _print(entry: View) -> None:
    title = f"Entry {entry['entry_no']}: {entry['entry']}, {_day(entry['on'])}"
    rows = [row for row in _rows(entry) if row[1] not in (None, "", [], False)]
    print_table(title, ("field", "value"), rows)


def _rows(entry: View) -> Iterator[Row]:
    yield "what", entry["words_vi" if language() == "vi" else "words"]
    yield "recorded_at", entry["recorded_at"]
    yield "by", f"{entry['actor']} ({', '.join(filter(None, (entry['role'], entry['office'])))})"
    yield from ((name, entry[name]) for name in ("days_late", "late", "basis", "reason", "approved_by"))
    yield "together", entry["together"]
    if strike := entry["struck_by"]:
        yield "struck_by", f"entry {strike['entry_no']}, {_day(strike['on'])}"
        yield from ((f"struck: {name}", strike[name]) for name in ("basis", "reason", "approved_by"))
    for change in entry["changes"]:
        before, after = (words(shown(change["field"], change[when])) for when in ("before", "after"))
        yield change["field"], f"{before or '-'} → {after or '-'}"
    for how, findings in (("finding", entry["findings"]), ("lifted", entry["lifted"])):
        for number, rule, message in map(_finding, findings):
            yield f"{how}: {rule}", message if number == entry["entry_no"] else f"entry {number}: {message}"


def _finding(finding: View) -> tuple[Any, ...]:
    return finding["entry_no"], finding["rule"], finding["message_vi" if language() == "vi" else "message"]


def _day(iso: str) -> str:
    return words(date.fromisoformat(iso))
