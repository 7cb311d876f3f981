"""A folder of dossiers with its manifest: what stands in it whole is not made again."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import orjson

from api.decline_csv import harmless
from api.dossiers.written import written
from api.languages import Language
from auctions.domain.errors import Refused
from auctions.store.durable_files import make_folders, write_durably
from projections.views import View

Row = dict[str, str | int]
"""What the manifest tells of one dossier."""
_LONGEST = 60
_OF_ALL = ("as_of", "known_at", "language")
"""What all dossiers of a folder have in common."""


class DossierFolder:
    """The dossiers in a folder, all as of one day, as known at one position, in one language."""

    def __init__(self, folder: Path) -> None:
        """Read what was made in it before, as far as it is whole."""
        self._folder = folder
        self._under_way = folder / "manifest.unfinished"
        made = [*_finished(folder / "manifest.json"), *_unfinished(self._under_way)]
        self.rows = {str(row["asset_id"]): row for row in made if self._is_whole(row)}

    @property
    def common(self) -> Mapping[str, str | int]:
        """What the dossiers that stand here have in common, nothing where there is none."""
        return next(({name: row[name] for name in _OF_ALL} for row in self.rows.values()), {})

    def refuse_others(self, **asked: str | int) -> None:
        """Raise Refused where dossiers of another day, knowledge or language stand here."""
        if self.common not in ({}, asked):
            told = "as of {as_of} as known at {known_at} in {language}".format_map(self.common)
            raise Refused("other-dossiers", f"{self._folder} holds dossiers {told}: name another folder")

    def keep(self, view: View, language: Language) -> None:
        """Write a dossier, and that it is whole."""
        row = write(view, language, self._folder)
        with self._under_way.open("ab") as opened:
            opened.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        self.rows[view["asset_id"]] = row

    def finish(self) -> None:
        """Write the manifest, as JSON and as CSV, by reference."""
        rows = sorted(self.rows.values(), key=lambda row: (row["asset_ref"], row["asset_id"]))
        make_folders(self._folder)
        write_durably(self._folder / "manifest.csv", _csv(rows))
        content = orjson.dumps({"items": rows}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        write_durably(self._folder / "manifest.json", content)
        self._under_way.unlink(missing_ok=True)

    def _is_whole(self, row: Row) -> bool:
        files = ((self._folder / str(row[kind]), row[f"{kind}_sha256"]) for kind in ("json", "pdf"))
        return all(_digest(file) == digest for file, digest in files)


def write(view: View, language: Language, folder: Path) -> Row:
    """Write a dossier's JSON and PDF into a folder; return what a manifest tells of them."""
    content = written(view, language)
    name = _stem(view["asset_ref"], view["asset_id"])
    make_folders(folder)
    row: Row = {name: view[name] for name in ("asset_ref", "asset_id", "as_of", "known_at")}
    row["language"] = language
    for kind, made in content._asdict().items():
        write_durably(folder / f"{name}.{kind}", made)
        row |= {kind: f"{name}.{kind}", f"{kind}_sha256": sha256(made).hexdigest()}
    return row


def _stem(asset_ref: str, asset_id: str) -> str:
    """Return a name for files that no other asset has: its reference, made fit, and its id's start."""
    plain = "".join(letter if letter.isalnum() or letter in "-." else "_" for letter in asset_ref[:_LONGEST])
    return f"{plain.lstrip('.')}-{asset_id[:8]}"


def _finished(manifest: Path) -> Sequence[Row]:
    rows: Sequence[Row] = orjson.loads(manifest.read_bytes())["items"] if manifest.is_file() else ()
    return rows


def _unfinished(under_way: Path) -> Iterator[Row]:
    """Yield what was made by a run that did not end; a line may have been cut off."""
    for line in under_way.read_bytes().splitlines() if under_way.is_file() else ():
        with suppress(orjson.JSONDecodeError):
            yield orjson.loads(line)


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _csv(rows: Sequence[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0] if rows else ())
    writer.writerows([harmless(value) for value in row.values()] for row in rows)
    return out.getvalue().encode()
