"""The master key: a file of its own, made once and never written over."""

from base64 import b64encode
from pathlib import Path

import pytest

from auctions.domain.errors import Refused
from auctions.store import master_key


def refusal(file: Path | None) -> str:
    with pytest.raises(Refused) as told:
        master_key.read(file)
    return f"{told.value.code}: {told.value.message}"


def test_a_key_is_read_as_it_was_made_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    master_key.make(one)
    master_key.make(other)
    assert one.stat().st_mode & 0o777 == 0o600
    assert len(master_key.read(one)) == 32
    assert master_key.read(one) != master_key.read(other)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "persons.key"
    master_key.make(file)
    before = file.read_bytes()
    with pytest.raises(Refused, match="never written over"):
        master_key.make(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "text", [b"", b"\n", b64encode(bytes(31)), b64encode(bytes(33)), b"?" * 44, bytes(32)]
)
def test_a_file_that_holds_no_key_is_refused_without_telling_what_it_holds(
    tmp_path: Path, text: bytes
) -> None:
    file = tmp_path / "persons.key"
    file.write_bytes(text)
    assert refusal(file) == f"wrong-key-file: {file} holds no key: expected 32 bytes in base64"


def test_a_file_that_is_not_there_and_none_at_all_are_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone").endswith("cannot be read: No such file or directory")
    assert refusal(None).startswith(
        "persons-not-kept: no persons are kept here: `auctions persons new-key FILE`"
    )
