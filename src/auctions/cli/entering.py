"""One entry from the command line: decided under the law of its day, or recorded as found."""

from collections.abc import Mapping
from typing import Annotated

import typer

from auctions.application.lots import record_lot
from auctions.application.recording import Actor, Outcome, load, lot_of, record, today
from auctions.cli.common import Json, language, print_json, print_table
from auctions.cli.reading import file_id
from auctions.cli.reports import By, opened_store
from auctions.domain.asset.breaches import message
from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.journal.form import parse
from auctions.journal.rows import Cell, Row
from auctions.store.postgres import PostgresStore

Fields = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FIELD=VALUE]...",
        help="The entry's fields as in the journal form; of one asset of a lot as REF:FIELD=VALUE.",
    ),
]


def enter(
    ref: Annotated[
        str, typer.Argument(metavar="REF", help="The asset's reference, or the lot's with --lot.")
    ],
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The entry, such as price_reduced.")],
    fields: Fields = None,
    lot: Annotated[
        bool, typer.Option("--lot", help="For every asset of the lot under way, all of them or none.")
    ] = False,
    as_found: Annotated[
        bool,
        typer.Option("--as-found", help="Record what has happened, lawful or not; it becomes a finding."),
    ] = False,
    office: Annotated[
        str | None, typer.Option(help="The seizing office, where several use the reference; the lot's.")
    ] = None,
    actor: By = "coordinator",
    json: Json = False,
) -> None:
    """Enter one entry in an asset's file; `on` is today unless it is given.

    It is a decision: one the law of its day does not allow is refused, with the rule, its article and what
    is allowed, such as `auctions enter BDI-0074 price_reduced to_price=900000000 decided_by=officer`.
    """
    with opened_store() as store:
        if lot:
            outcome = _enter_lot(store, ref, entry, fields or [], office or "", actor, as_found=as_found)
        else:
            outcome = _enter_one(store, ref, entry, fields or [], office, actor, as_found=as_found)
    notes = [message(note, language()) for note in outcome.notes]
    if json:
        print_json({"positions": list(outcome.positions), "notes": notes})
        return
    typer.echo(f"recorded at {', '.join(map(str, outcome.positions))}")
    for note in notes:
        typer.echo(f"note: {note}")


def _enter_one(
    store: PostgresStore,
    ref: str,
    entry: str,
    fields: list[str],
    office: str | None,
    actor: str,
    *,
    as_found: bool,
) -> Outcome:
    cells = dict(map(_cell, fields))
    if entry == "seized" and office:
        cells.setdefault("office", office)
    if "office" in cells and entry != "seized":
        raise typer.BadParameter("office is a field of seized only: say whose asset it is by --office")
    seizing = str(cells.get("office", office or ""))
    stream_id = asset_id(seizing, ref) if entry == "seized" else file_id(ref, office)
    asked = _parsed({"asset_ref": ref, "entry": entry, "on": today().isoformat(), **cells})
    by = Actor(actor, load(store, [stream_id])[stream_id].state.office or seizing)
    return record(store, stream_id=stream_id, entries=[asked], by=by, as_found=as_found)


def _enter_lot(
    store: PostgresStore,
    lot_ref: str,
    entry: str,
    fields: list[str],
    office: str,
    actor: str,
    *,
    as_found: bool,
) -> Outcome:
    if not office:
        raise typer.BadParameter("--lot needs --office, whose lot it is")
    files = lot_of(store, lot_ref, office)
    refs = {file.state.seized.asset_ref for file in files.values() if file.state.seized}
    for name, _ in map(_cell, fields):
        of = name.rpartition(":")[0]
        if of and of not in refs:
            raise typer.BadParameter(f"{of} is not in lot {lot_ref}: {', '.join(sorted(refs))}")
    entries = {stream_id: _of_lot(file, entry, fields) for stream_id, file in files.items()}
    return record_lot(store, lot_ref, entries, by=Actor(actor, office), as_found=as_found)


def _of_lot(file: File, entry: str, fields: list[str]) -> AssetEntry:
    ref = file.state.seized.asset_ref if file.state.seized else ""
    number = str(file.state.round.round_no) if file.state.round else ""
    cells: dict[str, Cell] = {"asset_ref": ref, "entry": entry, "on": today().isoformat(), "round_no": number}
    for name, value in map(_cell, fields):
        of, _, own = name.rpartition(":")
        if of in ("", ref):
            cells[own] = value
    return _parsed(cells)


def _cell(field: str) -> tuple[str, str]:
    name, equals, value = field.partition("=")
    if not equals:
        raise typer.BadParameter(f"{field}: expected FIELD=VALUE")
    if name in {"asset_ref", "entry", "together"}:
        raise typer.BadParameter(f"{name} is not a field of the entry: it stands before the fields")
    return name, value


def _parsed(cells: Mapping[str, Cell]) -> AssetEntry:
    parsed = parse(Row(1, dict(cells)))
    if isinstance(parsed, list):
        print_table("Problems", ("field", "code", "message"), [each[1:4] for each in parsed])
        raise typer.Exit(1)
    return parsed.entry
