"""Dossiers: all that is recorded of an asset, as PDF for people and as JSON for programs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from auctions.application.recording import today
from auctions.cli.common import Json, database, language, print_json, print_table
from auctions.cli.proving import verdict
from auctions.cli.reading import Office, Ref, known_file
from auctions.cli.two_times import AsOf, KnownAt, day
from auctions.domain.errors import Refused
from auctions.settings import Settings
from auctions.store.connect import connection

Lang = Annotated[
    Literal["vi", "en"] | None,
    typer.Option(help="Print it in Vietnamese or in English.", show_default="the terminal's"),
]
Out = Annotated[Path, typer.Option("--out", "-o", file_okay=False, help="The folder into which they go.")]


def dossier(
    ref: Ref,
    office: Office = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    out: Out = Path(),
    json: Json = False,
) -> None:
    """Write all that is recorded of an asset as PDF/A for print and as JSON: what, by whom, when, found.

    Asked again as of the same day, as known at the same position, both are the same bytes. Where
    AUCTIONS_EVIDENCE_FOLDER names the signed log, they hold its checkpoint and a proof of each entry.
    """
    from api.dossiers.content import dossier_of  # noqa: PLC0415 - slow, and no other command needs it
    from auctions.cli.dossier_files import write  # noqa: PLC0415 - as above

    file, until = known_file(ref, office, known_at), day(as_of) or today()
    with verdict(json=json), connection(database()) as reader:
        view = dossier_of(
            reader,
            file.lines,
            file.law_of,
            as_of=until,
            known_at=file.position,
            evidence=Settings().evidence_folder,
        )
    if view is None:
        raise Refused("not-seized", f"no seizure stands as of {until}")
    row = write(view, lang or language(), out)
    if json:
        print_json(row)
    else:
        print_table(f"Dossier of {ref}", ("", ""), list(row.items()))
