"""Whatever is recorded can be written in the journal form and read back the same."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime

from auctions.domain.asset.events import ENTRIES, Alias, AssetEntry, EntryStruck, Seized
from auctions.journal.columns import ATTRIBUTES, columns
from auctions.journal.form import Parsed, parse
from auctions.journal.problems import CODES
from auctions.journal.read import read_rows
from auctions.journal.rows import Cell, Row
from auctions.journal.write import Cells, cells, write_csv, write_jsonl
from auctions.journal.write_xlsx import write_xlsx
from auctions.rules.kinds import asset_kinds

SPECIAL = ["=1", "json:", "json:1", "1E+5", "#REF!", "-", "_x0041_", "true"]
ODD = [*SPECIAL, "a;b", "x=y", " a ", '"', "a,b", "\r\n", ";", "\u00a0"]
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, range(32)), "\x7f"])
TEXTS = st.text(CHARACTERS | st.sampled_from("\t\n\r"), min_size=1, max_size=30) | st.sampled_from(ODD)
REFERENCES = st.text(CHARACTERS, min_size=1, max_size=30).map(str.strip).filter(bool) | st.sampled_from(
    [odd for odd in ODD if odd == odd.strip() and odd.isprintable()]
)
OFFICES = st.none() | REFERENCES
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-3, minutes=-30))])
_FIRST, _LAST = datetime.fromisoformat("1900-01-03"), datetime.fromisoformat("2999-12-29")
TIMES = st.datetimes(_FIRST, _LAST, timezones=ZONES, allow_imaginary=False)
DECIMALS = st.from_regex(r"[0-9]{1,12}(\.[0-9]{1,6})?", fullmatch=True, alphabet=st.characters(codec="ascii"))
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
MEDIA_TYPES = st.from_regex(
    r"[a-z]{1,9}/[a-z0-9.+-]{1,9}", fullmatch=True, alphabet=st.characters(codec="ascii")
)
SCHEMES = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True) | st.just("json")
BY_TYPE: dict[object, st.SearchStrategy[Any]] = {
    str: REFERENCES,
    int: st.integers(1, 100_000),
    bool: st.booleans(),
    date: DAYS,
    AwareDatetime: TIMES,
    tuple: st.lists(REFERENCES, max_size=3).map(tuple),
    dict: st.dictionaries(REFERENCES, st.integers(0, 10**16), max_size=3),
    Alias: st.builds(Alias, scheme=SCHEMES, value=REFERENCES),
}

BY_FIELD: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "reappraisal_requested": {"prepaid": st.none() | st.integers(0, 10**16)},
    "split": {"into": st.lists(REFERENCES, min_size=2, max_size=4).map(tuple)},
    "document_filed": {
        "sha256": DIGESTS,
        "media_type": st.none() | MEDIA_TYPES,
        "size": st.none() | st.integers(0, 10**12),
    },
}


def of_type(annotation: object) -> st.SearchStrategy[Any]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return st.none() | of_type(args[0])
    if origin is Annotated:
        return of_type(args[0])
    return st.sampled_from(args) if origin is Literal else BY_TYPE[origin or annotation]


def attributes(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    types = {"integer": st.integers(0, 10**15), "decimal": DECIMALS}
    return st.fixed_dictionaries(
        {}, optional={name: types.get(ATTRIBUTES[name].type, TEXTS) for name in names}
    )


def fields(cls: type[AssetEntry], kind: str) -> st.SearchStrategy[dict[str, Any]]:
    own = {name: of_type(field.annotation) for name, field in cls.model_fields.items()}
    own |= BY_FIELD.get(cls.entry_name(), {})
    own |= {name: st.none() | TEXTS for name in own if name in {"basis", "note", "description", "condition"}}
    if cls is EntryStruck:
        own["basis"] = TEXTS
    if "attributes" in own:
        own["attributes"] = attributes(list(asset_kinds()[kind].attributes if "kind" in own else ATTRIBUTES))
    if "kind" in own:
        own["kind"] = st.just(kind)
    return st.fixed_dictionaries(own)


@st.composite
def entries(draw: st.DrawFn, name: str) -> AssetEntry:
    kind = draw(st.sampled_from(sorted(asset_kinds())))
    entry: AssetEntry = ENTRIES[name].model_validate(draw(fields(ENTRIES[name], kind)))
    return entry


def to_csv(path: Path, names: list[str], rows: list[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv(out, names, rows)


def to_jsonl(path: Path, names: list[str], rows: list[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        write_jsonl(out, names, rows)


WRITERS: dict[str, Callable[[Path, list[str], list[Cells]], None]] = {
    ".csv": to_csv,
    ".jsonl": to_jsonl,
    ".xlsx": write_xlsx,
}


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", ENTRIES)
@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_entry_is_the_same_after_writing_and_reading(
    name: str, suffix: str, tmp_path: Path, data: st.DataObject
) -> None:
    recorded = data.draw(st.lists(entries(name), min_size=1, max_size=5))
    refs = [entry.asset_ref if isinstance(entry, Seized) else data.draw(REFERENCES) for entry in recorded]
    offices = [entry.office if isinstance(entry, Seized) else data.draw(OFFICES) for entry in recorded]
    together = data.draw(st.none() | REFERENCES)
    whose = list(zip(refs, offices, recorded, strict=True))
    rows = [cells(ref, office, entry, together) for ref, office, entry in whose]
    path = tmp_path / f"register{suffix}"
    WRITERS[suffix](path, columns([name]), rows)
    first = path.read_bytes()
    back = [parse(item) for item in read_rows(path) if isinstance(item, Row)]
    assert [item for item in back if not isinstance(item, Parsed)] == []
    assert [item[1:] for item in back] == [(ref, office, together, entry) for ref, office, entry in whose]
    WRITERS[suffix](path, columns([name]), rows)
    assert path.read_bytes() == first


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers() | TEXTS | st.none() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("name", ENTRIES)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_no_row_is_neither_read_nor_refused_with_a_known_code(name: str, data: st.DataObject) -> None:
    cell = st.sampled_from(columns([name])).flatmap(lambda column: st.tuples(st.just(column), JUNK))
    row: dict[str, Cell] = {
        "entry": name,
        "on": "2024-03-01",
        "kind": "land",
        **dict(data.draw(st.lists(cell))),
    }
    parsed = parse(Row(2, row))
    if not isinstance(parsed, Parsed):
        assert parsed
        assert {problem.code for problem in parsed} <= CODES.keys()
