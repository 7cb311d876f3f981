"""Lists as files: CSV and GeoJSON also for pipes, XLSX for spreadsheets."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from auctions.cli.pages import Answering
from auctions.domain.errors import Refused

Csv = Annotated[bool, typer.Option("--csv", help="Write all fields as CSV.")]
Xlsx = Annotated[bool, typer.Option("--xlsx", help="Write all fields as XLSX; needs --out.")]
GeoJson = Annotated[
    bool, typer.Option("--geojson", help="Write the assets that have coordinates as points on a map.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", "-o", dir_okay=False, writable=True, help="Write to this file, not to standard output."
    ),
]


def form_of(*, json: bool, csv: bool, xlsx: bool, out: Path | None, geojson: bool = False) -> str | None:
    """Return what a list is written as, None where it is to be shown; two forms at once are wrong use."""
    asked = [name for name, is_asked in {"csv": csv, "xlsx": xlsx, "geojson": geojson}.items() if is_asked]
    if len(asked) + json > 1:
        raise typer.BadParameter("--json and the other forms exclude each other")
    if out and not asked:
        raise typer.BadParameter("--out needs a form, such as --csv")
    if xlsx and out is None:
        raise typer.BadParameter("--xlsx needs --out")
    return asked[0] if asked else None


def write(
    answer: Answering, name: str, form: str, query: tuple[str, dict[str, Any]], out: Path | None
) -> None:
    """Write what a query finds, as the API does, to a file or to standard output."""
    with out.open("wb") if out else nullcontext(sys.stdout.buffer) as stream:
        _write(answer, name, form, query, stream)


def _write(
    answer: Answering, name: str, form: str, query: tuple[str, dict[str, Any]], stream: BinaryIO
) -> None:
    from api.list_files import CsvFile, GeoJson, pieces, written  # noqa: PLC0415 - slow, and seldom needed
    from api.list_xlsx import TooManyRows, write_list_xlsx  # noqa: PLC0415 - as above
    from api.models import Item  # noqa: PLC0415 - as above
    from api.models_of_steps import Finding  # noqa: PLC0415 - as above

    rows = pieces(answer.reader, query)
    columns = list((Item if name == "assets" else Finding).model_fields)
    if form == "xlsx":
        try:
            write_list_xlsx(stream, name, columns, rows)
        except TooManyRows as error:
            raise Refused("too-many-rows", str(error)) from error
    else:
        stream.writelines(written(CsvFile(columns) if form == "csv" else GeoJson(answer.head), rows))
