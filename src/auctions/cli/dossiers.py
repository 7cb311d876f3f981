"""Dossiers: all that is recorded of an asset, as PDF for people and as JSON for programs."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import psycopg
import typer
from rich.console import Console
from rich.progress import Progress

from auctions.application.recording import today
from auctions.cli.common import Json, database, language, print_json, print_table
from auctions.cli.filtering import Wanted, filtered
from auctions.cli.pages import answering, rows
from auctions.cli.proving import verdict
from auctions.cli.reading import known_file
from auctions.cli.two_times import AsOf, KnownAt, day
from auctions.domain.asset.law import LawOf
from auctions.domain.errors import Refused
from auctions.domain.event import Recorded
from auctions.settings import Settings
from auctions.store.connect import connection
from projections import log
from projections.asset_list import READ, Filter, page_query
from projections.views import View

_Ref = Annotated[
    str | None,
    typer.Argument(metavar="REF", help="The agency's own reference; without it the filters select."),
]
_Office = Annotated[
    str | None, typer.Option(help="The seizing office of REF; without REF only files of this office.")
]
_Unsold = Annotated[bool | None, typer.Option(help="Only what remains unsold, or only the rest.")]
Language = Literal["vi", "en"]
_Lang = Annotated[
    Language | None,
    typer.Option(help="Print in Vietnamese or in English.", show_default="the terminal's"),
]
_Out = Annotated[Path, typer.Option("--out", "-o", file_okay=False, help="The folder into which they go.")]


@filtered
def dossier(
    wanted: Wanted,
    ref: _Ref = None,
    office: _Office = None,
    unsold: _Unsold = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: _Lang = None,
    out: _Out = Path(),
    json: Json = False,
) -> None:
    """Write all that is recorded of an asset as PDF/A for print and as JSON: what, by whom, when, found.

    Asked again as of the same day, as known at the same position, both are the same bytes. Where
    AUCTIONS_EVIDENCE_FOLDER names the signed log, they hold a checkpoint of it and a proof of each entry.

    Without REF it writes those of all assets that the filters select, into --out, with a manifest of their
    SHA-256s. Begun again in the same folder it goes on: what stands there whole is not made again, and the
    day, the position and the language are those of what stands there.
    """
    if ref is None:
        _several(wanted | {"office": office, "unsold": unsold}, as_of, known_at, lang, out, json=json)
        return
    if unsold is not None or any(value is not None for value in wanted.values()):
        raise typer.BadParameter("REF and the filters exclude each other")
    _one(ref, office, as_of, known_at, lang, out, json=json)


def _one(
    ref: str,
    office: str | None,
    as_of: datetime | None,
    known_at: str | None,
    lang: Language | None,
    out: Path,
    *,
    json: bool,
) -> None:
    from auctions.cli.dossier_folders import write  # noqa: PLC0415 - slow, and no other command needs it

    file, until = known_file(ref, office, known_at), day(as_of) or today()
    with verdict(json=json), connection(database()) as reader:
        view = _made(reader, file.lines, file.law_of, until, file.position)
    if view is None:
        raise Refused("not-seized", f"no seizure stands as of {until}")
    row = write(view, lang or language(), out)
    if json:
        print_json(row)
    else:
        print_table(f"Dossier of {ref}", ("", ""), list(row.items()))


def _several(
    wanted: Wanted,
    as_of: datetime | None,
    known_at: str | None,
    lang: Language | None,
    out: Path,
    *,
    json: bool,
) -> None:
    from auctions.cli.dossier_folders import DossierFolder  # noqa: PLC0415 - slow, and no other command needs it

    folder = DossierFolder(out)
    if begun := folder.common:
        as_of = as_of or datetime.fromisoformat(str(begun["as_of"]))
        known_at = known_at or str(begun["known_at"])
    tongue: Language = lang or begun.get("language") or language()  # type: ignore[assignment]  # as it was written
    with answering(READ, as_of, known_at) as answer:
        asked = Filter(answer.day, **wanted, times=answer.times, limit=0)
        until, position = answer.day, answer.head["known_at"]
        selected = [asset_id for _, asset_id, _ in rows(answer.reader, asked, page_query, slice(2))]
    folder.refuse_others(as_of=until.isoformat(), known_at=position, language=tongue)
    left = [asset_id for asset_id in selected if str(asset_id) not in folder.rows]
    console = Console(stderr=True)
    with (
        verdict(json=json),
        connection(database()) as reader,
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        law_of = log.laws(reader, position)
        for asset_id in bar.track(left, description="dossiers"):
            file = [line for line in log.file(reader, asset_id) if line.position <= position]
            if view := _made(reader, file, law_of, until, position):
                folder.keep(view, tongue)
    folder.finish()
    _say(len(left), len(selected) - len(left), out, json=json)


def _made(
    reader: psycopg.Connection[Any], file: Sequence[Recorded], law_of: LawOf, as_of: date, position: int
) -> View | None:
    from api.dossiers.content import dossier_of  # noqa: PLC0415 - slow, and no other command needs it

    evidence = Settings().evidence_folder
    return dossier_of(reader, file, law_of, as_of=as_of, known_at=position, evidence=evidence)


def _say(made: int, stood: int, out: Path, *, json: bool) -> None:
    if json:
        print_json({"made": made, "stood": stood, "folder": out})
    else:
        typer.echo(f"{made:,} dossiers made, {stood:,} stood already: see manifest.csv in {out}")
