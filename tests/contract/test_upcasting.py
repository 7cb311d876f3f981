"""A changed form: what was stored at version 1 loads into version 2, and is written as version 2."""

import json
from datetime import date
from typing import Any, ClassVar

import pytest
from pydantic import ValidationError

from auctions.domain.event import Entry
from auctions.domain.money import Price
from auctions.store.codec import decoder, encode

OLD = '{"on":"2024-03-15","note":"đã ký","price":7200000000}'.encode()


class Reduced(Entry):
    """A form that gained who decided, and whose price got another name."""

    TOPIC: ClassVar[str] = "test.reduced"
    VERSION: ClassVar[int] = 2
    to_price: Price
    decided_by: str

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        state["to_price"] = state.pop("price")
        state["decided_by"] = "officer"


class ReducedAgain(Reduced):
    """The form after that: the price in a list."""

    VERSION: ClassVar[int] = 3
    to_price: tuple[Price, ...]  # type: ignore[assignment]  # a later form of the same field

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        state["to_price"] = [state["to_price"]]


NEW = Reduced(on=date(2024, 3, 15), note="đã ký", to_price=7200000000, decided_by="officer")


def test_bytes_of_version_1_load_into_version_2() -> None:
    assert decoder(Reduced)(OLD) == NEW


def test_version_2_is_stored_with_its_version_and_loads_as_it_was() -> None:
    stored = encode(NEW)
    assert json.loads(stored) == {
        "class_version": 2,
        "on": "2024-03-15",
        "note": "đã ký",
        "to_price": 7200000000,
        "decided_by": "officer",
    }
    assert decoder(Reduced)(stored) == NEW
    assert encode(decoder(Reduced)(stored)) == stored


@pytest.mark.parametrize("stored", [OLD, encode(NEW)], ids=["version-1", "version-2"])
def test_older_versions_load_through_every_step(stored: bytes) -> None:
    expected = ReducedAgain(on=NEW.on, note=NEW.note, to_price=(7200000000,), decided_by="officer")
    assert decoder(ReducedAgain)(stored) == expected


def test_a_field_no_version_had_is_not_dropped_silently() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        decoder(Reduced)(OLD[:-1] + b',"colour":"red"}')


@pytest.mark.parametrize("version", [b"3", b"0", b'"2"'])
def test_a_version_this_program_does_not_know_is_refused(version: bytes) -> None:
    stored = encode(NEW).replace(b'"class_version":2', b'"class_version":' + version)
    with pytest.raises(ValueError, match=r"test\.reduced of version .: this program knows 1 to 2"):
        decoder(Reduced)(stored)
