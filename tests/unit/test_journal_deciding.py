"""What of a register's rows goes into a file: units are taken or refused whole."""

from uuid import UUID

from auctions.application.recording import Actor
from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.domain.asset.state import fold
from auctions.journal.deciding import Decided, decide
from auctions.journal.spool import Asset, Spooled
from auctions.store.codec import encode
from tests.unit.given import PRICE, entry, given, struck

BY = Actor("importer", "KV-3")


def spooled(row: int, recorded: AssetEntry, together: str | None = None) -> Spooled:
    return Spooled(row, together, recorded, recorded.TOPIC.encode() + b"\n" + encode(recorded), {})


def decided(file: File, *rows: Spooled, broken: tuple[str, ...] = ()) -> Decided:
    seized = file.state.seized
    stream_id = asset_id(seized.office, seized.asset_ref) if seized else UUID(int=0)
    return decide(Asset(stream_id, "TS-17", list(rows)), file, BY, broken)


def announced() -> list[AssetEntry]:
    return [
        entry("seized", 1),
        entry("appraised", 2, value=PRICE + 1),
        entry("round_announced", 2, round_no=1, starting_price=PRICE + 1),
    ]


def test_a_row_struck_and_entered_anew_in_one_unit_is_entered_though_the_file_holds_its_like() -> None:
    lines = announced()
    anew = [entry("appraised", 2, value=PRICE + 1, note="certificate of another date"), lines[2]]
    rows = [spooled(place, each, "K1") for place, each in enumerate([struck(3), struck(2), *anew], 2)]
    file = given(*lines)
    found = decided(file, *rows)
    assert [len(command.entries) for command in found.commands] == [4]
    assert (found.already, found.refused) == ([], [])
    assert fold(file.lines).stage == "announced"
    again = decided(given(*lines, struck(3), struck(2), *anew), *rows)
    assert (again.commands, again.already) == ([], rows)


def test_a_unit_is_refused_whole_when_one_of_its_rows_could_not_be_read() -> None:
    found = decided(given(*announced()), spooled(2, struck(3), "K1"), broken=("K1",))
    assert found.commands == []
    assert [(problem.code, problem.column) for _, problem in found.refused] == [
        ("together-refused", "together")
    ]


def test_rows_of_a_unit_need_not_stand_next_to_each_other() -> None:
    cost = entry("cost_accrued", 3, amount=5, what="guard")
    rows = [
        spooled(2, struck(3), "K1"),
        spooled(3, cost),
        spooled(4, entry("round_announced", 3, round_no=1, starting_price=PRICE + 1), "K1"),
    ]
    found = decided(given(*announced()), *rows)
    assert [len(command.entries) for command in found.commands] == [2, 1]
    assert found.refused == []


def test_an_entry_too_large_for_the_log_is_refused_in_its_row() -> None:
    refs = tuple(f"{number:03}" + "Ư" * 190 for number in range(100))
    large = entry("round_announced", 3, round_no=1, starting_price=PRICE, notice_refs=refs)
    found = decided(given(entry("seized", 1), entry("appraised", 2, value=PRICE)), spooled(9, large))
    assert [(problem.row, problem.code) for _, problem in found.refused] == [(9, "entry-too-large")]


def test_rows_of_another_offices_file_are_refused_and_an_actor_without_office_enters_for_all() -> None:
    rows = [spooled(2, entry("seized", 1, office="KV-5")), spooled(3, entry("cost_accrued", 3, amount=5))]
    asset = Asset(asset_id("KV-5", "TS-17"), "TS-17", rows)
    found = decide(asset, File(), BY)
    codes = [(problem.code, problem.column) for _, problem in found.refused]
    assert codes == [("another-office", "office"), ("not-seized", "entry")]
    assert found.commands == []
    assert len(decide(asset, File(), Actor("importer", "")).commands) == 2


def test_a_file_that_was_transferred_is_entered_by_the_office_that_has_it() -> None:
    lines = [entry("seized", 1, office="KV-5"), entry("transferred", 2, to_office="KV-3")]
    cost = spooled(2, entry("cost_accrued", 3, amount=5))
    asset = Asset(asset_id("KV-5", "TS-17"), "TS-17", [cost])
    assert len(decide(asset, given(*lines), BY).commands) == 1
    refused = decide(asset, given(*lines), Actor("importer", "KV-5")).refused
    assert [problem.code for _, problem in refused] == ["another-office"]
