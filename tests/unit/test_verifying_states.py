"""What an asset's entries tell of it, and a statement of it that is or is not what they tell."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from auctions.verifier.proofs import Proof
from tests.unit import spec_logs
from tests.unit.rfc6962 import Slow
from tests.unit.spec_logs import checkpoint, vkey
from tests.unit.telling_entries import Log, vessel
from tests.unit.verdicts import Verifier

KEY = ("--key", vkey())
VESSEL, HOUSE = UUID(int=7), UUID(int=8)
STATED = {"stage": "awaiting_round", "price": 900, "rounds": 1, "failed_rounds": 1, "reductions": 1}
Proofs = dict[str, Any]


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verifier:
    return Verifier(capsys)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of two files, as an auditor has copied it."""
    log = Log()
    vessel(log, VESSEL)
    log.add(HOUSE, "seized", "2025-01-06", asset_ref="TS-2", office="KV-3", kind="house")
    spec_logs.write(tmp_path / "log", log.entries)
    return tmp_path / "log"


@pytest.fixture
def proofs(log: Path) -> Proofs:
    """The vessel's proofs, as the service gives them."""
    kept = Log()
    vessel(kept, VESSEL)
    kept.add(HOUSE, "seized", "2025-01-06", asset_ref="TS-2", office="KV-3", kind="house")
    slow = Slow(kept.entries)
    note = checkpoint(slow, 6)
    assert note == (log / "checkpoint").read_bytes()
    items = [
        {
            "entry_no": index + 1,
            "index": index,
            "entry": b64encode(kept.entries[index]).decode(),
            "proof": Proof(index, tuple(slow.path(index, 0, 6)), note).content.decode(),
        }
        for index in range(5)
    ]
    stated = {"as_of": "2025-02-01", "version": 5, **STATED}
    return {
        "asset_id": str(VESSEL), "key": vkey(), "size": 6, "checkpoint": note.decode(), "items": items,
        "stated": stated,
    }  # fmt: skip


@pytest.fixture
def given(proofs: Proofs, tmp_path: Path) -> Callable[[], Path]:
    """The proofs as a file, as they are changed so far."""

    def written() -> Path:
        (tmp_path / "proofs.json").write_text(json.dumps(proofs), "utf-8")
        return tmp_path / "proofs.json"

    return written


def test_stage_and_price_are_told_as_of_any_day_from_the_entries_alone(verify: Verifier, log: Path) -> None:
    code, told = verify("asset", log, VESSEL, *KEY)
    assert (code, {name: told[name] for name in STATED}) == (0, STATED)
    assert (told["as_of"], told["stated"]) == (None, "nothing")
    code, told = verify("asset", log, VESSEL, *KEY, "--as-of", "2025-01-04")
    assert (code, told["stage"], told["price"]) == (0, "awaiting_reduction", 1_000)
    assert (told["rounds"], told["failed_rounds"], told["reductions"]) == (1, 1, 0)


def test_a_statement_that_is_what_the_entries_tell_holds_with_the_log_and_without_it(
    verify: Verifier, log: Path, given: Callable[[], Path]
) -> None:
    for words in (["asset", log, VESSEL, "--stated", given()], ["asset", given(), VESSEL]):
        code, told = verify(*words, *KEY)
        assert (code, told["stated"]) == (0, "after entry 5, as of 2025-02-01")
        assert (told["entries_of_asset"], told["stage"], told["price"]) == (5, "awaiting_round", 900)


@pytest.mark.parametrize(
    "changed",
    [
        {"stage": "won"},
        {"price": 901},
        {"price": None},
        {"price": 900.0},
        {"rounds": 2},
        {"failed_rounds": True},
        {"reductions": 0},
        {"version": 4},
        {"as_of": "2025-01-04"},
    ],
)
def test_a_statement_that_the_entries_do_not_tell_is_named(
    verify: Verifier, log: Path, proofs: Proofs, given: Callable[[], Path], changed: dict[str, Any]
) -> None:
    proofs["stated"] |= changed
    (field,) = changed
    for words in (["asset", log, VESSEL, "--stated", given()], ["asset", given(), VESSEL]):
        code, told = verify(*words, *KEY)
        assert (code, told["code"]) == (1, "other-state")
        assert (field if field in STATED else "price 900, the entries 1000") in told["message"]


def test_proofs_of_before_hold_and_say_that_nothing_was_stated(
    verify: Verifier, proofs: Proofs, given: Callable[[], Path]
) -> None:
    del proofs["stated"]
    code, told = verify("asset", given(), VESSEL, *KEY)
    assert (code, told["stated"], told["entries_of_asset"]) == (0, "nothing", 5)


def test_a_statement_after_an_entry_that_is_not_at_hand_is_undecided(
    verify: Verifier, proofs: Proofs, given: Callable[[], Path]
) -> None:
    proofs["items"].pop()
    code, told = verify("asset", given(), VESSEL, *KEY)
    assert (code, told["code"]) == (2, "other-version")


def test_proofs_of_which_an_entry_is_left_out_or_changed_are_refused(
    verify: Verifier, proofs: Proofs, given: Callable[[], Path]
) -> None:
    third = proofs["items"].pop(2)
    code, told = verify("asset", given(), VESSEL, *KEY)
    assert (code, told["code"], told["first_bad_index"]) == (1, "not-contiguous", 3)
    proofs["items"].insert(2, third | {"entry": b64encode(b"another").decode()})
    code, told = verify("asset", given(), VESSEL, *KEY)
    assert (code, told["code"], told["first_bad_index"]) == (1, "not-included", 2)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"asset_id": 7}', "[" * 100_000])
def test_what_is_no_file_of_proofs_is_undecided(verify: Verifier, tmp_path: Path, content: str) -> None:
    (tmp_path / "proofs.json").write_text(content, "utf-8")
    code, told = verify("asset", tmp_path / "proofs.json", VESSEL, *KEY)
    assert (code, told["code"]) == (2, "malformed-proofs")


@pytest.mark.parametrize("part", ["checkpoint", "items", "stated"])
def test_proofs_of_another_form_are_undecided(
    verify: Verifier, proofs: Proofs, given: Callable[[], Path], part: str
) -> None:
    proofs[part] = [7]
    code, told = verify("asset", given(), VESSEL, *KEY)
    assert (code, told["code"]) == (2, "malformed-proofs")


def test_proofs_of_another_asset_are_undecided(verify: Verifier, given: Callable[[], Path]) -> None:
    code, told = verify("asset", given(), HOUSE, *KEY)
    assert (code, told["code"]) == (2, "other-asset")


def test_entries_of_no_known_name_or_form_are_undecided(verify: Verifier, tmp_path: Path) -> None:
    for name, fields, code in (
        ("haunted", {}, "unknown-entry"),
        ("appraised", {"class_version": 2, "value": 7}, "unknown-form"),
        ("appraised", {}, "malformed-entry"),
        ("appraised", {"value": "7"}, "malformed-entry"),
    ):
        log = Log()
        log.add(VESSEL, name, "2025-01-01", **fields)
        spec_logs.write(tmp_path, log.entries)
        assert (verify("asset", tmp_path, VESSEL, *KEY)[1]["code"]) == code
