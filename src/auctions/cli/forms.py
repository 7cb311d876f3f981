"""The registers of a closed quarter, to be printed and archived."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from auctions.cli.closing import AsQuarter, Office, quarter_of
from auctions.cli.common import database
from auctions.domain.errors import Refused
from auctions.store.connect import connection
from projections import log
from projections.registers import registered
from projections.views_of_closes import found_close


def form(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="13: seized assets, 17: auctioned ones.")],
    office: Office,
    quarter: AsQuarter,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", dir_okay=False, writable=True, help="The file: .pdf, or .xlsx."),
    ],
) -> None:
    """Write a register of a closed quarter, form 13 or 17 of Circular 04/2023/TT-BTP, as PDF/A or XLSX.

    Written again it has the same bytes; their SHA-256 is the one that the close keeps, if it keeps one, or
    it ends with `not-as-closed`. The columns are ours, since those of the printed forms were not at hand.
    """
    from api.register_forms import FORMS  # noqa: PLC0415 - slow, and only this needs it
    from api.register_pages import FORMATS, file_name  # noqa: PLC0415 - as above

    kind = out.suffix[1:]
    if number not in FORMS:
        raise typer.BadParameter(f"{number} is no form: expected {', '.join(map(str, FORMS))}")
    if kind not in FORMATS:
        raise typer.BadParameter(f"{out} ends with neither of .{', .'.join(FORMATS)}")
    asked = quarter_of(quarter)
    with connection(database()) as reader:
        close = found_close(log.office_file(reader, office), asked, log.head(reader))
        content = FORMATS[kind](FORMS[number], close, registered(reader, close))
    out.write_bytes(content)
    digest, closed = hashlib.sha256(content).hexdigest(), close.reports.get(file_name(number, kind))
    if closed is None:
        typer.echo(f"{out}: SHA-256 {digest}; the close keeps none of this form")
        return
    if digest != closed:
        message = f"{out} has the SHA-256 {digest}, closed was {closed}: another version of the program did"
        raise Refused("not-as-closed", message)
    typer.echo(f"{out}: SHA-256 {digest}, as closed")
