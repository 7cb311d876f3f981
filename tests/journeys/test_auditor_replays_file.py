"""An auditor steps through one file as it grew, and asks what became known of it between two knowledges."""

from collections.abc import Iterator
from typing import Any

import pytest

from auctions.application.recording import today
from tests.journeys.databases import created
from tests.journeys.in_process import InProcess
from tests.journeys.registers import house, land, row, written

TOGETHER = {"office": "KV-3", "together": "correction"}
STRUCK = TOGETHER | {"basis": "QĐ 17", "reason": "typing error", "approved_by": "head"}
LATER = [
    row("TS-1", "cost_accrued", "2024-03-10", amount=2_500_000, what="guard", office="KV-3"),
    row("TS-1", "entry_struck", "2024-06-01", entry_no=6, **STRUCK),
    row("TS-1", "entry_struck", "2024-06-01", entry_no=5, **STRUCK),
    row("TS-1", "price_reduced", "2024-04-15", to_price=850_000_000, decided_by="officer", **TOGETHER),
    row("TS-1", "round_announced", "2024-06-03", round_no=2, starting_price=850_000_000, office="KV-3"),
]
"""A late cost; two entries struck and one entered anew, a cut that the law does not allow; the next round."""
ANEW, KNOWN, HEAD = 10, 12, 17
"""The entry entered anew; the last positions of the two imports."""
ENTRY = [
    *("entry_no", "entry", "on", "recorded_at", "days_late", "position", "actor", "role", "basis", "reason"),
    *("struck", "data", "office", "words", "words_vi", "approved_by", "late", "together", "struck_by"),
    *("changes", "findings", "lifted"),
]


@pytest.fixture(scope="module")
def auditor(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """The command line on a register of two imports; nobody changes it."""
    folder = tmp_path_factory.mktemp("replayed")
    with created(server, template) as url:
        auctions = InProcess(AUCTIONS_DATABASE_URL=url)
        for name, rows in (("first", [*land("TS-1"), *house("TS-2")]), ("later", LATER)):
            auctions("import", written(folder / f"{name}.csv", rows))
        yield auctions


def entries(auditor: InProcess, *words: object) -> dict[int, dict[str, Any]]:
    return {entry["entry_no"]: entry for entry in auditor.json("replay", *words)["entries"]}


def changed(entry: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {change["field"]: (change["before"], change["after"]) for change in entry["changes"]}


def test_each_entry_tells_who_recorded_it_what_it_is_and_what_it_changed(auditor: InProcess) -> None:
    told = auditor.json("replay", "TS-1")
    assert list(told) == ["as_of", "known_at", "position", "asset_ref", "entries", "next"]
    assert (told["as_of"], told["known_at"], told["asset_ref"]) == (None, HEAD, "TS-1")
    assert all(list(entry) == ENTRY for entry in told["entries"])
    failure = told["entries"][3]
    assert (failure["actor"], failure["role"], failure["office"]) == ("importer", "coordinator", "")
    assert failure["words"] == "round 1 failed: nobody registered"
    assert failure["words_vi"] == "đấu giá lần 1 không thành: không có người đăng ký"
    assert changed(failure) == {
        "stage": ("announced", "awaiting_reduction"),
        "failed_rounds": (0, 1),
        "round": (1, None),
        "round_1": (None, {"outcome": "failed", "ended_on": "2024-04-01", "reason": "no_registrant"}),
    }
    assert (failure["late"], failure["together"], failure["struck_by"]) == (False, [], None)


def test_a_late_entry_a_strike_and_what_is_entered_anew_tell_how_the_file_changed(auditor: InProcess) -> None:
    told = entries(auditor, "TS-1")
    assert [number for number, entry in told.items() if entry["late"]] == [7, ANEW]
    assert changed(told[7]) == {"costs": (0, 2_500_000)}
    assert told[5]["struck_by"] == {
        "entry_no": 9,
        "actor": "importer",
        "on": "2024-06-01",
        "basis": "QĐ 17",
        "reason": "typing error",
        "approved_by": "head",
    }
    assert [told[number]["together"] for number in (7, 8, 9, ANEW)] == [[], *[[8, 9, 10]] * 3]
    assert (told[8]["changes"], told[9]["changes"]) == ([], [])
    assert changed(told[ANEW]) == {
        "stage": ("announced", "awaiting_round"),
        "price": (900_000_000, 850_000_000),
        "rounds": (2, 1),
        "round": (2, None),
    }


def test_an_unlawful_cut_recorded_as_found_has_its_finding(auditor: InProcess) -> None:
    told = entries(auditor, "TS-1")
    assert [number for number, entry in told.items() if entry["findings"]] == [ANEW]
    (finding,) = told[ANEW]["findings"]
    assert (finding["rule"], finding["article"]) == ("FAIL-03", "L26/2008 art 104(5)")
    assert (finding["asked"], finding["allowed"]) == (850_000_000, 900_000_000)
    assert [finding["rule"]] == [item["rule"] for item in auditor.json("findings")["items"]]


def test_a_part_of_the_file_a_day_and_an_earlier_knowledge_are_asked_for(auditor: InProcess) -> None:
    assert list(entries(auditor, "TS-1", "--from", 9)) == [9, 10, 11]
    assert list(entries(auditor, "TS-1", "--from", 4, "--to", 5)) == [4, 5]
    assert list(entries(auditor, "TS-1", "--to", 99)) == list(range(1, 12))
    assert list(entries(auditor, "TS-1", "--as-of", "2024-03-31")) == [1, 2, 3, 7]
    assert auditor("replay", "TS-1", "--as-of", "2024-01-04") == "none of these entries bears on 2024-01-04\n"
    then = entries(auditor, "TS-1", "--known-at", KNOWN + 3, "--office", "KV-3")
    assert list(then) == [1, 2, 3, 4, 5, 6, 7], "the correction is recorded in part"
    assert then[5]["struck_by"] is None


def test_a_replay_is_shown_one_block_an_entry(auditor: InProcess) -> None:
    shown = auditor("replay", "TS-1", "--from", 5)
    blocks = [" ".join(block.replace("│", " ").split()) for block in shown.split("Entry ")[1:]]
    assert [block.split(":")[0] for block in blocks] == ["5", "6", "7", "8", "9", "10", "11"]
    cut, _, cost, strike, _, anew, _ = blocks
    assert "struck_by entry 9, 2024-06-01 struck: basis QĐ 17 struck: reason typing error" in cut
    assert "price 1,000,000,000 → 900,000,000" in cut
    assert "late yes" in cost
    assert "what entry 6 was struck through" in strike
    assert "approved_by head together 8; 9; 10" in strike
    assert "by importer (coordinator)" in strike
    assert "round 2 → -" in anew
    assert "finding: FAIL-03 a price is reduced by at most 10 %" in anew
    vietnamese = InProcess(**{**auditor.environment, "LANG": "vi_VN.UTF-8"})("replay", "TS-1", "--from", 10)
    for told in ("giảm giá còn 850.000.000 đồng, do chấp hành viên", "15/04/2024", "đã ghi 850.000.000"):
        assert told in vietnamese


def test_what_became_known_of_one_file_is_told_side_by_side_with_the_entries(auditor: InProcess) -> None:
    asked = ("--known-at", KNOWN, HEAD)
    told = auditor.json("diff", "TS-1", *asked, "--as-of", "2024-04-20")
    (restated,) = auditor.json("restate", *asked, "--as-of", "2024-04-20")["assets"]
    assert list(told) == ["as_of", "known_at", *restated, "came", "went"]
    same = ("asset_id", "asset_ref", "before", "after")
    assert [told[name] for name in same] == [restated[name] for name in same]
    assert (told["before"]["price"], told["after"]["price"]) == (900_000_000, 850_000_000)
    assert [{name: each[name] for name in restated["entries"][0]} for each in told["entries"]] == (
        restated["entries"]
    )
    assert [(each["entry_no"], each["late"]) for each in told["entries"]] == [
        (7, True),
        (9, False),
        (10, True),
    ]
    assert (told["entries"][1]["reason"], told["entries"][1]["approved_by"]) == ("typing error", "head")
    assert [(each["entry_no"], each["rule"]) for each in told["came"]] == [(ANEW, "FAIL-03")]
    assert told["went"] == []


def test_between_one_knowledge_and_itself_and_before_the_seizure_there_is_no_difference(
    auditor: InProcess,
) -> None:
    told = auditor.json("diff", "TS-1", "--known-at", HEAD, HEAD)
    assert (told["entries"], told["came"], told["before"]) == ([], [], told["after"])
    early = auditor.json("diff", "TS-1", "--known-at", 0, HEAD, "--as-of", "2024-01-04")
    assert (early["before"], early["after"], early["entries"]) == (None, None, [])


def test_a_difference_is_shown_as_tables(auditor: InProcess) -> None:
    shown = " ".join(auditor("diff", "TS-1", "--known-at", KNOWN, HEAD).replace("│", " ").split())
    for told in (
        f"TS-1 on {today()} as known at {KNOWN} and at {HEAD}",
        "price 900,000,000 850,000,000",
        "Entries in between: 5",
        "Entry 7: cost_accrued, 2024-03-10",
        "Findings that came or went: 1",
        "came 10 FAIL-03",
    ):
        assert told in shown, told


def test_what_cannot_be_asked_is_wrong_use_and_a_file_that_is_not_there_is_refused(
    auditor: InProcess,
) -> None:
    for words, said in {
        ("replay", "TS-1", "--from", "12"): "--from 12: the file of TS-1 ends with entry 11",
        ("replay", "TS-1", "--from", "5", "--to", "4"): "--from 5 is after --to 4",
        ("replay", "TS-1", "--from", "0"): "--from",
        ("diff", "TS-1", "--known-at", str(HEAD), str(KNOWN)): f"position {HEAD} is after {KNOWN}",
        ("diff", "TS-1", "--known-at", str(KNOWN)): "requires 2 arguments",
        ("diff", "TS-1"): "--known-at",
    }.items():
        assert said in auditor.wrong_use(*words)
    for command in ("replay", "diff"):
        times = ("--known-at", 0, 0) if command == "diff" else ("--known-at", 0)
        assert auditor.complaint(command, "TS-1", *times, code=1).startswith("unknown-asset: ")


def test_changes_of_the_sample_lead_to_what_is_shown_and_found(sample: str) -> None:
    auditor = InProcess(AUCTIONS_DATABASE_URL=sample)
    found = auditor.json("findings")["items"]
    refs = sorted({item["asset_ref"] for item in found})[:8]
    assert len(refs) == 8
    for ref in ["KHH-0027", *refs]:
        told, shown = entries(auditor, ref), auditor.json("show", ref)
        state = {field: after for each in told.values() for field, (_, after) in changed(each).items()}
        assert state | {name: shown[name] for name in state.keys() & shown.keys() - {"rounds"}} == state
        assert state["rounds"] == len(shown["rounds"])
        broken = [(each["entry_no"], each["rule"]) for entry in told.values() for each in entry["findings"]]
        of_it = [(each["entry_no"], each["rule"]) for each in found if each["asset_ref"] == ref]
        assert sorted(broken) == sorted(of_it)
