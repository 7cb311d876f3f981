"""An administrator chooses the rulebook an office judges by, and sets limits of its own."""

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from auctions.application.recording import today
from auctions.journal.importing import Mode
from auctions.rules.rulebook import rulebooks
from auctions.store.postgres import PostgresStore
from tests.journeys.commandline import CommandLine
from tests.journeys.imports import imported
from tests.journeys.registers import Cells, row, written

BASE = 1_000_000
ITALIAN = [25, 20, 25, 50, 50]
"""Per cent of the last base: a quarter at most, from the fourth failed attempt on a half."""
KOREAN = [20, 20, 15]


def sale(ref: str, office: str, cuts: list[int]) -> list[Cells]:
    """A file in which attempt after attempt fails, each followed by a cut of so many per cent."""
    day, price = date(2023, 1, 10), BASE
    rows = [
        row(ref, "seized", "2022-10-05", office=office, kind="house"),
        row(ref, "appraised", "2022-12-01", value=BASE, method="appraiser"),
    ]
    for number, cut in enumerate(cuts, 1):
        days = [(day + timedelta(each)).isoformat() for each in (0, 40, 60)]
        rows += [
            row(ref, "round_announced", days[0], round_no=number, starting_price=price),
            row(ref, "round_failed", days[1], round_no=number, reason="no_bid"),
        ]
        price -= price * cut // 100
        rows.append(row(ref, "price_reduced", days[2], to_price=price, decided_by="court"))
        day += timedelta(90)
    return rows


class Office(NamedTuple):
    """An office with its rulebook, lawful cuts, cuts one of which is too deep, and what is found of that."""

    code: str
    rulebook: str
    lawful: list[int]
    too_deep: list[int]
    found: tuple[int, str, int]


OFFICES = [
    Office("MILANO", "it", ITALIAN, [26, *ITALIAN[1:]], (5, "IT-591", 750_000)),
    Office("ROMA", "it", ITALIAN, [25, 20, 40, 50], (11, "IT-591", 450_000)),
    Office("SEOUL", "kr-20", KOREAN, [20, 21, 15], (8, "KR-MIN", 640_000)),
    Office("SUWON", "kr-30", [30, 20], [30, 31], (8, "KR-MIN", 490_000)),
]
"""Each finding by the number of its entry, its rule, and the price that would have been allowed."""


def test_registers_of_other_countries_are_judged_by_the_rulebooks_their_offices_chose(
    auctions: CommandLine, store: PostgresStore, tmp_path: Path
) -> None:
    for office in OFFICES:
        said = auctions("offices", "set", office.code, "--rulebook", office.rulebook)
        assert said == f"{office.code}: 1 recorded\n"
    lawful = [each for office in OFFICES for each in sale(f"L-{office.code}", office.code, office.lawful)]
    assert imported(store, written(tmp_path / "1.csv", lawful), Mode.ALL_OR_NOTHING).problems == []
    assert auctions.json("findings")["items"] == []
    too_deep = [each for office in OFFICES for each in sale(office.code, office.code, office.too_deep)]
    assert imported(store, written(tmp_path / "2.csv", too_deep), Mode.ALL_OR_NOTHING).problems == []
    items = auctions.json("findings")["items"]
    told = [(item["asset_ref"], (item["entry_no"], item["rule"], item["allowed"])) for item in items]
    assert told == [(office.code, office.found) for office in OFFICES]


def test_the_same_register_breaks_the_law_of_vietnam_until_its_office_chooses(
    auctions: CommandLine, store: PostgresStore, tmp_path: Path
) -> None:
    register = written(tmp_path / "register.csv", sale("TS-1", "MILANO", ITALIAN))
    assert imported(store, register, Mode.ALL_OR_NOTHING).problems == []
    items = auctions.json("findings")["items"]
    assert [(item["entry_no"], item["rule"]) for item in items] == [
        (number, "FAIL-03") for number in (5, 8, 11, 14, 17)
    ]
    auctions("offices", "set", "MILANO", "--rulebook", "IT")
    assert auctions.json("findings")["items"] == []
    assert {item["difference"] for item in auctions.json("projections", "check")["items"]} == {None}


LIMITS = [
    "--limit",
    "N-FAIL-03=8",
    "--limit",
    "FAIL-03=5",
    "--from",
    "2026-08-01",
    "--reason",
    "công văn 340",
]


def test_who_changed_which_limit_when_and_why_stays_on_the_offices_file(auctions: CommandLine) -> None:
    auctions("offices", "set", "KV-3", *LIMITS, "--basis", "CV 340", "--actor", "GD-1")
    auctions("offices", "set", "MILANO", "--rulebook", "it")
    first, second = auctions.json("offices", "list")["items"]
    assert first == {
        "office": "KV-3",
        "rulebook": "vn",
        "version": f"vn:{rulebooks()['vn'].version}+2",
        "limits": [
            {"rule": "N-FAIL-03", "from": "2026-08-01", "limit": 8},
            {"rule": "FAIL-03", "from": "2026-08-01", "limit": 5},
        ],
    }
    assert (second["office"], second["rulebook"], second["limits"]) == ("MILANO", "it", [])
    shown = auctions.json("offices", "show", "KV-3")
    assert [(each["entry_no"], each["entry"], each["actor"]) for each in shown["entries"]] == [
        (1, "limit_overridden", "GD-1"),
        (2, "limit_overridden", "GD-1"),
    ]
    assert shown["entries"][0]["on"] == today().isoformat()
    assert shown["entries"][0]["data"] == {
        "basis": "CV 340",
        "office": "KV-3",
        "rule": "N-FAIL-03",
        "limit": 8,
        "effective_on": "2026-08-01",
        "reason": "công văn 340",
    }
    assert "công văn 340" in auctions("offices", "show", "KV-3")


def test_what_an_office_cannot_set_is_refused_or_wrong_use(auctions: CommandLine) -> None:
    looser = ["--limit", "FAIL-03=11", "--from", "2026-08-01", "--reason", "none"]
    line = auctions.complaint("offices", "set", "KV-3", *looser, code=1)
    assert (
        line == "limit-not-stricter: FAIL-03 is sure (L26/2008 art 104(5), 10): it can only be made stricter"
    )
    assert auctions.complaint("offices", "set", "KV-3", "--rulebook", "fr", code=1).startswith(
        "unknown-rulebook: fr is no rulebook: expected it, kr-20, kr-30, vn"
    )
    auctions("offices", "set", "KV-3", "--limit", "FAIL-03=5", code=2)
    assert auctions.json("offices", "list") == {"items": []}


def test_a_rulebook_is_listed_with_its_articles_and_what_no_file_can_decide(recorded: CommandLine) -> None:
    found = recorded.json("rules")
    assert (found["book"], found["version"]) == ("vn", rulebooks()["vn"].version)
    assert len(found["items"]) == len(rulebooks()["vn"].rule)
    assert found["undecidable"] == rulebooks()["vn"].undecidable
    (cap,) = (item for item in found["items"] if item["key"] == "FAIL-03")
    assert (cap["article"], cap["at_most"], cap["from"], cap["to"], cap["effect"]) == (
        "L26/2008 art 104(5)",
        10,
        "2015-07-01",
        "2026-06-30",
        "refuses",
    )
    keys = {item["key"] for item in recorded.json("rules", "vn", "--on", "2026-07-01")["items"]}
    assert keys & {"FAIL-03", "N-FAIL-03"} == {"N-FAIL-03"}
    assert "IT-591.half" in recorded("rules", "it")
    recorded("rules", "fr", code=2)
