"""Rows in, entries out: shape alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from auctions.domain.asset.events import (
    Alias,
    Appraised,
    DocumentFiled,
    Identified,
    Merged,
    ProceedsDistributed,
    ReappraisalRequested,
    RoundAnnounced,
    Seized,
    Split,
    Surveyed,
)
from auctions.domain.days import VIETNAM
from auctions.journal.columns import ATTRIBUTES, COLUMNS, columns
from auctions.journal.form import Parsed, parse
from auctions.journal.problems import CODES, Problem
from auctions.journal.rows import Cell, Row
from auctions.journal.write import cells
from auctions.rules.kinds import asset_kinds

SEIZED: dict[str, Cell] = {
    "asset_ref": "A-1",
    "office": "HCM",
    "entry": "seized",
    "on": "2024-03-01",
    "kind": "house",
}
ANNOUNCED: dict[str, Cell] = {
    "asset_ref": "A-1",
    "entry": "round_announced",
    "on": "2024-05-01",
    "round_no": "1",
    "starting_price": "1250000000",
}
SOLD: dict[str, Cell] = {"asset_ref": "A-1", "entry": "sale_paid", "on": "2024-06-01", "amount": "5"}
SPLIT: dict[str, Cell] = {"asset_ref": "A-1", "entry": "split", "on": "2024-06-01", "into": "A-2;A-3"}
FILED: dict[str, Cell] = {
    "asset_ref": "A-1",
    "entry": "document_filed",
    "on": "2024-06-01",
    "sha256": "0123456789abcdef" * 4,
    "name": "bien-ban.pdf",
}
REQUESTED: dict[str, Cell] = {"asset_ref": "A-1", "entry": "reappraisal_requested", "on": "2024-06-01"}


def read(row: dict[str, Cell], **more: Cell) -> Parsed:
    parsed = parse(Row(2, {**row, **more}))
    assert isinstance(parsed, Parsed), parsed
    return parsed


def refused(row: dict[str, Cell], **more: Cell) -> list[Problem]:
    problems = parse(Row(2, {**row, **more}))
    assert isinstance(problems, list), problems
    assert {problem.code for problem in problems} <= CODES.keys()
    assert all(problem.row == 2 and problem.message for problem in problems)
    return problems


def test_a_seizure_takes_the_attributes_of_its_kind_with_their_types() -> None:
    parsed = read(SEIZED, floors="3", area_m2="36.60", parcel_no=12, co_owned="yes")
    attributes: dict[str, str | int] = {"floors": 3, "area_m2": "36.60", "parcel_no": "12"}
    assert parsed.entry == Seized(
        on=date(2024, 3, 1), asset_ref="A-1", office="HCM", kind="house", co_owned=True, attributes=attributes
    )
    assert (parsed.asset_ref, parsed.office, parsed.together) == ("A-1", "HCM", None)


def test_a_certificate_is_an_attribute_of_land_and_a_field_of_an_appraisal() -> None:
    seized = read(SEIZED, kind="land", certificate_no="BK 1").entry
    row: dict[str, Cell] = {"asset_ref": "A-1", "entry": "appraised", "on": "2024-04-01"}
    appraised = read(row, value="9", method="council", certificate_no="CT 2").entry
    assert isinstance(seized, Seized)
    assert seized.attributes == {"certificate_no": "BK 1"}
    assert isinstance(appraised, Appraised)
    assert appraised.certificate_no == "CT 2"


def test_a_survey_may_correct_the_attributes_of_any_kind_and_list_what_is_missing() -> None:
    row: dict[str, Cell] = {"asset_ref": "A-1", "entry": "surveyed", "on": "2024-04-01"}
    entry = read(row, area_m2="35", gear="lưới kéo", missing="anchor; winch").entry
    assert isinstance(entry, Surveyed)
    assert entry.attributes == {"area_m2": "35", "gear": "lưới kéo"}
    assert entry.missing == ("anchor", "winch")


def test_office_and_together_stand_beside_an_entry_that_has_no_such_fields() -> None:
    parsed = read(ANNOUNCED, office="HCM", together="7")
    assert (parsed.office, parsed.together) == ("HCM", "7")


def test_a_time_without_offset_is_vietnams_and_one_with_offset_is_kept() -> None:
    entry = read(
        ANNOUNCED,
        auction_at="2024-05-20T09:00",
        registration_from="2024-05-02 00:30:15",
        registration_to="2024-05-18T10:00:00Z",
    ).entry
    assert isinstance(entry, RoundAnnounced)
    assert entry.auction_at == datetime(2024, 5, 20, 9, tzinfo=VIETNAM)
    assert entry.registration_from == datetime(2024, 5, 2, 0, 30, 15, tzinfo=VIETNAM)
    assert entry.registration_to == datetime(2024, 5, 18, 10, tzinfo=UTC)
    assert entry.registration_to.utcoffset() == timedelta(0)


def test_native_json_values_read_like_their_texts() -> None:
    as_text = read(ANNOUNCED, notice_refs="133771;134304", deposit="5")
    assert as_text.entry == read(ANNOUNCED, round_no=1, notice_refs=[133771, "134304"], deposit=5).entry
    shares: dict[str, Cell] = {"asset_ref": "A-1", "entry": "proceeds_distributed", "on": "2024-06-01"}
    text, native = read(shares, shares="BANK=70; STATE = 3"), read(shares, shares={"BANK": 70, "STATE": "3"})
    assert text.entry == native.entry
    assert isinstance(text.entry, ProceedsDistributed)
    assert text.entry.shares == {"BANK": 70, "STATE": 3}
    alias: dict[str, Cell] = {"asset_ref": "A-1", "entry": "identified", "on": "2024-06-01"}
    found = read(alias, alias="vessel_no: QN-90123-TS").entry
    assert found == read(alias, alias={"scheme": "vessel_no", "value": "QN-90123-TS"}).entry
    assert isinstance(found, Identified)
    assert found.alias == Alias(scheme="vessel_no", value="QN-90123-TS")


def test_an_asset_is_split_into_a_list_and_merged_into_one_reference() -> None:
    parts = Split(on=date(2024, 6, 1), into=("A-2", "A-3"))
    assert read(SPLIT).entry == parts
    assert read(SPLIT, into=["A-2", "A-3"]).entry == parts
    assert read(SPLIT, entry="merged", into="A-9").entry == Merged(on=date(2024, 6, 1), into="A-9")
    assert read(SPLIT, entry="merged", into=9).entry == Merged(on=date(2024, 6, 1), into="9")


def test_a_document_has_its_digest_its_type_and_its_size_in_bytes() -> None:
    entry = read(FILED, media_type="application/pdf", size="48211").entry
    assert isinstance(entry, DocumentFiled)
    assert (entry.media_type, entry.size, entry.sha256) == ("application/pdf", 48211, FILED["sha256"])
    assert read(FILED, media_type="application/pdf", size=48211).entry == entry


def test_what_a_party_advanced_for_a_reappraisal_is_a_whole_number_of_dong() -> None:
    entry = read(REQUESTED, by="BANK-7", prepaid="5000000").entry
    assert entry == ReappraisalRequested(on=date(2024, 6, 1), by="BANK-7", prepaid=5_000_000)


def test_a_cell_is_trimmed_and_a_blank_one_is_absent() -> None:
    parsed = read(ANNOUNCED, asset_ref=" A-1\u00a0", organisation="  ", form="\tonline ")
    assert parsed.asset_ref == "A-1"
    assert isinstance(parsed.entry, RoundAnnounced)
    assert parsed.entry.organisation is None
    assert parsed.entry.form == "online"


@pytest.mark.parametrize(
    "text", [" =x ", "=1+1", "+84", "-", "@you", "#N/A", "json:1", "1.2E+11", "a\rb", "_x0041_", "\uffff"]
)
def test_a_text_that_a_sheet_would_change_or_run_is_written_as_json_and_comes_back(text: str) -> None:
    entry = Surveyed(on=date(2024, 1, 1), condition=text, missing=(text, "a;b"))
    row = cells("A-1", "HCM", entry)
    assert str(row["condition"]).startswith("json:")
    assert read(row).entry == entry


def test_an_ordinary_text_is_written_as_it_is() -> None:
    entry = Surveyed(on=date(2024, 1, 1), condition='36,6 m², the "old" part; roof = tin\n#2')
    assert cells("A-1", None, entry)["condition"] == entry.condition


BAD_CELLS: list[tuple[dict[str, Cell], str, Cell, str, str]] = [
    (SEIZED, "kind", "ship", "unknown-choice", "land, house, vessel, other"),
    (SEIZED, "gear", "nets", "value-not-expected", "kind house"),
    (SEIZED, "floors", "two", "wrong-number", "digits"),
    (SEIZED, "area_m2", "36,6", "wrong-number", "36.6"),
    (SEIZED, "co_owned", "maybe", "wrong-yes-no", "true or false"),
    (SEIZED, "description", "x" * 2001, "text-too-long", "2000"),
    (SEIZED, "land_use", "x" * 2001, "text-too-long", "2000"),
    (SEIZED, "debtor_ref", "D\x07", "control-character", "control"),
    (SEIZED, "debtor_ref", "\ud800", "control-character", "control"),
    (SEIZED, "description", True, "wrong-text", "text"),
    (SEIZED, "loan_valued_on", "31/12/2020", "wrong-day", "YYYY-MM-DD"),
    (SEIZED, "on", "20240301", "wrong-day", "YYYY-MM-DD"),
    (SEIZED, "on", "2024-02-30", "wrong-day", "calendar"),
    (SEIZED, "on", "1066-10-14", "out-of-range", "1900-01-01"),
    (SEIZED, "colour", "red", "unknown-column", "colour"),
    (ANNOUNCED, "entry", "round_anounced", "unknown-entry", "did you mean round_announced?"),
    (ANNOUNCED, "starting_price", "1.250.000.000", "wrong-number", "1250000000"),
    (ANNOUNCED, "starting_price", "1,250", "wrong-number", "separators"),
    (ANNOUNCED, "starting_price", "1250000000 VND", "wrong-number", "digits"),
    (ANNOUNCED, "starting_price", "1.25E+09", "rounded-number", "format the column as text"),
    (ANNOUNCED, "starting_price", "1.25e9", "rounded-number", "format the column as text"),
    (ANNOUNCED, "starting_price", "12.5", "not-a-whole-number", "whole"),
    (ANNOUNCED, "starting_price", "0", "out-of-range", "1 or more"),
    (ANNOUNCED, "starting_price", "-5", "out-of-range", "1 or more"),
    (ANNOUNCED, "starting_price", "9" * 17, "out-of-range", "10000000000000000 or less"),
    (ANNOUNCED, "starting_price", "9" * 31, "out-of-range", "30 digits"),
    (ANNOUNCED, "starting_price", 10**31, "out-of-range", "30 digits"),
    (ANNOUNCED, "starting_price", 10**20, "out-of-range", "10000000000000000 or less"),
    (ANNOUNCED, "starting_price", [1], "wrong-number", "digits"),
    (ANNOUNCED, "starting_price", True, "wrong-number", "digits"),
    (ANNOUNCED, "form", "telepathic", "unknown-choice", "oral, direct_ballot"),
    (ANNOUNCED, "auction_at", "2024-05-20", "wrong-time", "2026-03-31T09:00"),
    (ANNOUNCED, "auction_at", "2024-05-20T25:00", "wrong-time", "moment"),
    (ANNOUNCED, "auction_at", "1899-12-31T09:00", "out-of-range", "1900-01-01"),
    (ANNOUNCED, "auction_at", "3000-01-01T09:00", "out-of-range", "2999-12-31"),
    (ANNOUNCED, "registration_to", "0001-01-01T09:00", "out-of-range", "1900-01-01"),
    (ANNOUNCED, "registration_from", "9999-12-31T09:00", "out-of-range", "2999-12-31"),
    (ANNOUNCED, "notice_refs", "1;;2", "wrong-list", "semicolon"),
    (ANNOUNCED, "notice_refs", True, "wrong-list", "semicolon"),
    (ANNOUNCED, "notice_refs", "x" * 201, "text-too-long", "200"),
    (ANNOUNCED, "contract_no", "1.23E+11", "rounded-number", "all digits"),
    (ANNOUNCED, "together", "x" * 201, "text-too-long", "200"),
    (ANNOUNCED, "to_price", "5", "value-not-expected", "starting_price"),
    (ANNOUNCED, "basis", "=HYPERLINK(1)", "formula-cell", "value"),
    (ANNOUNCED, "basis", "#REF!", "cell-error", "#REF!"),
    (ANNOUNCED, "basis", 'json:"', "wrong-json", "JSON"),
    (ANNOUNCED, "basis", "json:NaN", "wrong-json", "NaN"),
    (ANNOUNCED, "basis", "json:" + "[" * 30_000, "wrong-json", "JSON"),
    ({**SOLD, "entry": "proceeds_distributed"}, "shares", "BANK=1;BANK=2", "duplicate-key", "BANK"),
    ({**SOLD, "entry": "proceeds_distributed"}, "shares", "BANK 1", "wrong-shares", "REF=AMOUNT"),
    ({**SOLD, "entry": "proceeds_distributed"}, "shares", ["BANK"], "wrong-shares", "REF=AMOUNT"),
    ({**SOLD, "entry": "proceeds_distributed"}, "shares", {"BANK": "1.5"}, "not-a-whole-number", "whole"),
    ({**SOLD, "entry": "proceeds_distributed"}, "shares", "BANK=-1", "out-of-range", "0 or more"),
    ({**SOLD, "entry": "identified"}, "alias", "BK 123", "wrong-alias", "scheme:value"),
    ({**SOLD, "entry": "identified"}, "alias", "Số: 12", "wrong-alias", "small letters"),
    ({**SOLD, "entry": "identified"}, "alias", {"scheme": "portal"}, "wrong-alias", "scheme:value"),
    ({**SOLD, "entry": "identified"}, "alias", "portal:A\x07", "control-character", "control"),
    (SPLIT, "into", "A-2", "too-few-values", "2 values or more, separated by semicolons"),
    (SPLIT, "into", [], "too-few-values", "2 values or more"),
    (SPLIT, "into", "A-2;", "wrong-list", "semicolon"),
    (SPLIT, "into", "A-2;A\x07", "control-character", "control"),
    (SPLIT, "into", "", "missing-value", "expected"),
    ({**SPLIT, "entry": "merged"}, "into", ["A-2"], "wrong-text", "text"),
    ({**SPLIT, "entry": "merged"}, "into", "x" * 201, "text-too-long", "200"),
    (FILED, "sha256", "0123456789ABCDEF" * 4, "wrong-digest", "64 hexadecimal digits in small letters"),
    (FILED, "sha256", "0123", "wrong-digest", "64 hexadecimal digits in small letters"),
    (FILED, "sha256", "a" * 65, "wrong-digest", "64 hexadecimal digits in small letters"),
    (FILED, "sha256", "", "missing-value", "expected"),
    (FILED, "media_type", "pdf", "wrong-media-type", "application/pdf"),
    (FILED, "media_type", "Application/PDF", "wrong-media-type", "application/pdf"),
    (FILED, "name", "a\x07.pdf", "control-character", "control"),
    (FILED, "size", "47.1", "not-a-whole-number", "whole"),
    (FILED, "size", "47 kB", "wrong-number", "digits"),
    (FILED, "size", "-1", "out-of-range", "0 or more"),
    (FILED, "size", 10**12 + 1, "out-of-range", "1000000000000 or less"),
    (REQUESTED, "prepaid", "5.000.000", "wrong-number", "separators"),
    (REQUESTED, "prepaid", "-1", "out-of-range", "0 or more"),
    ({**SOLD, "entry": "parties_notified"}, "of", "sale", "unknown-choice", "appraisal, failure, in_lieu"),
    ({**SOLD, "entry": "preemption_answered"}, "accepted", "maybe", "wrong-yes-no", "true or false"),
    ({**SOLD, "entry": "preemption_offered"}, "price", "0", "out-of-range", "1 or more"),
]


@pytest.mark.parametrize(("row", "column", "value", "code", "words"), BAD_CELLS)
def test_a_value_that_does_not_fit_is_refused_with_its_column_and_what_was_expected(
    row: dict[str, Cell], column: str, value: Cell, code: str, words: str
) -> None:
    problem = next(problem for problem in refused(row, **{column: value}) if problem.column == column)
    assert problem.code == code
    assert words in problem.message
    assert problem.asset_ref == "A-1"


@pytest.mark.parametrize("column", ["asset_ref", "office", "entry", "on", "kind"])
def test_a_seizure_without_a_value_it_needs_is_refused(column: str) -> None:
    row = {name: value for name, value in SEIZED.items() if name != column}
    assert (column, "missing-value") in [(problem.column, problem.code) for problem in refused(row)]


def test_everything_wrong_with_a_row_is_said_at_once_and_each_column_once() -> None:
    problems = refused(SEIZED, asset_ref="x" * 201, on="soon", gear="nets", floors="1.5", loan_value="0")
    assert sorted((problem.column, problem.code) for problem in problems) == [
        ("asset_ref", "text-too-long"),
        ("floors", "not-a-whole-number"),
        ("gear", "value-not-expected"),
        ("loan_value", "out-of-range"),
        ("on", "wrong-day"),
    ]


def test_a_row_without_a_known_entry_still_says_what_else_is_wrong() -> None:
    problems = refused({"entry": "sold", "on": "1800-01-01", "price": "much", "colour": "red"})
    assert {(problem.column, problem.code) for problem in problems} == {
        ("entry", "unknown-entry"),
        ("asset_ref", "missing-value"),
        ("on", "out-of-range"),
        ("colour", "unknown-column"),
    }
    assert {problem.entry for problem in problems} == {"sold"}


def test_the_columns_of_a_file_come_in_the_order_of_the_entries() -> None:
    assert columns(["price_reduced", "sale_paid"]) == [
        *("asset_ref", "office", "entry", "on", "to_price", "decided_by", "amount"),
        *("basis", "note", "together"),
    ]
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert set(ATTRIBUTES) < set(COLUMNS)


def test_an_attribute_has_one_type_in_every_kind_that_has_it() -> None:
    for kind in asset_kinds().values():
        for name, attribute in kind.attributes.items():
            assert ATTRIBUTES[name].type == attribute.type, (kind.name, name)
