"""Golden files: what was once stored loads for ever, into the same entry, with the same leaf hash."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from auctions.domain.event import Entry
from auctions.store.codec import CLASSES, decode, encode
from auctions.store.mapper import StoredLine
from auctions.store.memory import ZEROS, leaf_hash

FILES = sorted((Path(__file__).parent / "golden").glob("*.json"))
FILE_ID = UUID("5ab9a4a6-3c39-5c4b-9a1e-6d0f6b1c2a77")
MOMENT = datetime(2024, 7, 1, 1, 2, 3, 456789, UTC)
ENVELOPE = b'{"actor":"chv.017","office":"ccthads.1","role":"officer"}'


def stored_bytes(file: Path) -> list[bytes]:
    """Return the two samples of a file, the full one and the least, exactly as they are stored."""
    opened, full, least, closed = file.read_bytes().splitlines()
    assert (opened, full[-1:], closed) == (b"[", b",", b"]"), f"{file.name}: one sample a line, in brackets"
    return [full[:-1], least]


def topic_and_version(file: Path) -> tuple[str, int]:
    topic, _, version = file.stem.rpartition(".v")
    return topic, int(version)


def digest_lines(file: Path) -> list[str]:
    """Return a line for each sample: the leaf hash it has as the first entry of a file."""
    topic, _ = topic_and_version(file)
    lines = [StoredLine(FILE_ID, 1, topic, data, ENVELOPE) for data in stored_bytes(file)]
    leaves = [leaf_hash(line, MOMENT, ZEROS).hex() for line in lines]
    return [f"{leaves[0]} {file.stem} full", f"{leaves[1]} {file.stem} least"]


def complaints(folder: Path) -> list[str]:
    """Return what is wrong with a folder of golden files: one missing, one edited, one without digests."""
    names = [f"{cls.TOPIC}.v{version}" for cls in CLASSES.values() for version in range(1, cls.VERSION + 1)]
    missing = [
        f"write {name}.json: '[', a stored sample with every field and ',', one with only what it needs, ']'"
        for name in names
        if not (folder / f"{name}.json").exists()
    ]
    known = (folder / "digests.txt").read_text("utf-8").splitlines()
    found = [line for file in sorted(folder.glob("*.json")) for line in digest_lines(file)]
    return missing + [_about(line, known) for line in found if line not in known] + _gone(known, found)


def _about(line: str, known: list[str]) -> str:
    name = line.partition(" ")[2]
    if any(other.partition(" ")[2] == name for other in known):
        return f"{name} was edited: restore the file; a changed form is a new version with a file of its own"
    return f"add to digests.txt: {line}"


def _gone(known: list[str], found: list[str]) -> list[str]:
    names = {line.partition(" ")[2] for line in found}
    lost = [line.partition(" ")[2] for line in known if line.partition(" ")[2] not in names]
    return [f"{name} is gone: restore the file, what was stored must load for ever" for name in lost]


@pytest.fixture
def copy(golden: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(golden, tmp_path / "golden"))


def test_every_topic_and_version_has_its_golden_file_and_none_was_edited(golden: Path) -> None:
    assert complaints(golden) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_golden_file_loads_for_ever_and_is_written_the_same_at_its_version(file: Path) -> None:
    topic, version = topic_and_version(file)
    for data in stored_bytes(file):
        entry = decode(topic, data)
        assert type(entry) is CLASSES[topic]
        if version == entry.VERSION:
            assert encode(entry) == data


@pytest.mark.parametrize("cls", CLASSES.values(), ids=CLASSES)
def test_the_full_sample_has_every_field_and_the_least_only_what_it_needs(
    golden: Path, cls: type[Entry]
) -> None:
    full, least = stored_bytes(golden / f"{cls.TOPIC}.v{cls.VERSION}.json")
    needed = {name for name, field in cls.model_fields.items() if field.is_required()}
    assert set(json.loads(full)) - {"class_version"} == set(cls.model_fields)
    assert set(json.loads(least)) - {"class_version"} == needed


def test_a_new_entry_without_a_golden_file_is_told_what_to_write(copy: Path) -> None:
    (copy / "asset.released.v1.json").unlink()
    told = complaints(copy)
    assert [line.split(":")[0] for line in told] == [
        "write asset.released.v1.json",
        "asset.released.v1 full is gone",
        "asset.released.v1 least is gone",
    ]


def test_a_golden_file_without_digests_is_told_the_lines_to_add(copy: Path) -> None:
    lines = (copy / "digests.txt").read_text("utf-8").splitlines()
    (copy / "digests.txt").write_text("\n".join(lines[2:]), "utf-8")
    assert complaints(copy) == [f"add to digests.txt: {line}" for line in lines[:2]]


def test_an_edited_golden_file_is_named(copy: Path) -> None:
    file = copy / "asset.price_reduced.v1.json"
    file.write_bytes(file.read_bytes().replace(b'"officer"', b'"court"', 1))
    assert [line.split(":")[0] for line in complaints(copy)] == ["asset.price_reduced.v1 full was edited"]
