"""A list as a file, piece by piece as its rows come: CSV, JSON lines, GeoJSON.

A row ends with its item's JSON; for a map it begins with longitude and latitude.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any, Protocol

import orjson
import psycopg

from api.decline_csv import harmless

CSV = "text/csv; charset=utf-8"
JSON_LINES = "application/x-ndjson"
GEOJSON = "application/geo+json"

_BATCH = 200

Row = tuple[Any, ...]


class ListFile(Protocol):
    """How a list is written."""

    def begin(self) -> bytes:
        """Return what stands before all rows."""

    def rows(self, rows: Sequence[Row]) -> bytes:
        """Return the next rows."""

    def end(self) -> bytes:
        """Return what stands after all rows."""


class CsvFile:
    """Comma separated (RFC 4180) with LF, in UTF-8: a header, then a row an item.

    Lists stand with semicolons between their values, other compound values as JSON; a text that a sheet
    would run stands after an apostrophe.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        """Take the fields of an item, in their order."""
        self._columns = columns

    def begin(self) -> bytes:
        """Return the header."""
        return _csv([self._columns])

    def rows(self, rows: Sequence[Row]) -> bytes:
        """Return the next rows."""
        items = (orjson.loads(row[-1]) for row in rows)
        return _csv([[harmless(flat(item[name])) for name in self._columns] for item in items])

    def end(self) -> bytes:
        """Return nothing."""
        return b""


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def flat(value: object) -> object:
    """Return a JSON value as one cell has it."""
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return ";".join(str(flat(each)) for each in value)
        case dict():
            return orjson.dumps(value).decode()
    return value


class JsonLines:
    """One item a line, as the list's pages have it."""

    def begin(self) -> bytes:
        """Return nothing."""
        return b""

    def rows(self, rows: Sequence[Row]) -> bytes:
        """Return the next lines."""
        return b"".join([b"%b\n" % row[-1].encode() for row in rows])

    def end(self) -> bytes:
        """Return nothing."""
        return b""


class GeoJson:
    """A feature (RFC 7946) an asset that has coordinates; how many have none is told at the end."""

    def __init__(self, head: Mapping[str, object]) -> None:
        """Take what is told of the times."""
        self._head = head
        self._separator = b""
        self._without = 0

    def begin(self) -> bytes:
        """Return the beginning of the collection, with the times."""
        head = orjson.dumps({"type": "FeatureCollection", **self._head})
        return head[:-1] + b',"features":['

    def rows(self, rows: Sequence[Row]) -> bytes:
        """Return the next features."""
        features = [_feature(*row) for row in rows if row[0] is not None]
        self._without += len(rows) - len(features)
        pieces = [self._separator, b",".join(features)] if features else []
        self._separator = b"," if features else self._separator
        return b"".join(pieces)

    def end(self) -> bytes:
        """Return the end of the collection, with the number of assets without coordinates."""
        return b'],"without_coordinates":%d}' % self._without


def _feature(longitude: float, latitude: float, item: str) -> bytes:
    head = {"type": "Feature", "id": orjson.loads(item)["asset_id"]}
    geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    about = orjson.dumps({**head, "geometry": geometry})
    return b'%b,"properties":%b}' % (about[:-1], item.encode())


def pieces(connection: psycopg.Connection[Any], asked: tuple[str, dict[str, Any]]) -> Iterator[Sequence[Row]]:
    """Yield the rows of a query, some at a time, streaming; needs a transaction around it."""
    query, params = asked
    with connection.cursor("pieces") as cursor:
        cursor.execute(query.encode(), params)
        while rows := cursor.fetchmany(_BATCH):
            yield rows


def written(file: ListFile, rows: Iterator[Sequence[Row]]) -> Iterator[bytes]:
    """Yield the file piece by piece, the first with the first rows: what is wrong shows before it is sent."""
    yield file.begin() + file.rows(next(rows, ()))
    for some in rows:
        yield file.rows(some)
    yield file.end()
