"""What changed between two knowledges about one day."""

from auctions.application.recording import today
from auctions.cli.common import Json, database, print_json, print_table
from auctions.cli.reading import shown
from auctions.cli.two_times import AsOf, Knowledges, both_known, day
from auctions.store.connect import connection
from projections import tracking
from projections.asset_list import READ
from projections.restatement import View, restatement
from projections.runner import Runner

_CHANGE = ("asset_ref", "told", "stage", "price", "failed_rounds", "reductions", "costs", "sold_for")
_ENTRY = ("asset_ref", "entry_no", "entry", "on", "recorded_at", "days_late", "actor", "basis", "reason")


def restate(known_at: Knowledges, as_of: AsOf = None, json: Json = False) -> None:
    """Show what became known of one day between two knowledges: entry by entry, by whom and why.

    Late entries and strikes change what is told of a day that is over. Each asset is shown as it was known
    before and after, and below what was entered in between: days late is from the fact to its recording.
    """
    until = day(as_of) or today()
    url = database()
    with connection(url) as reader:
        earlier, later = both_known(reader, known_at)
        Runner(url).catch_up()  # after the positions are named, so that it reaches them
        with reader.transaction():
            reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            tracking.hold(reader, READ)
            told = restatement(reader, until, earlier, later)
    if json:
        print_json(told)
    else:
        _print(told)


def _print(told: View) -> None:
    earlier, later = told["known_at"]
    title = f"{told['as_of']} as known at {earlier:,} and at {later:,}"
    totals = [(when, *told["unsold"][when].values()) for when in ("before", "after")]
    print_table(f"Unsold on {title}", ("told", "n", "price", "first_price"), totals)
    changes = [
        (asset["asset_ref"], when, *(state.get(name) for name in _CHANGE[2:]))
        for asset in told["assets"]
        for when in ("before", "after")
        for state in [asset[when] or {}]
    ]
    print_table(f"Assets restated: {len(told['assets']):,}", _CHANGE, changes)
    entries = [
        (asset["asset_ref"], *(shown(name, entry[name]) for name in _ENTRY[1:]))
        for asset in told["assets"]
        for entry in asset["entries"]
    ]
    print_table(f"Entries in between: {len(entries):,}", _ENTRY, entries)
