"""The read models' health: how far they are, letting them try again, building them anew, proving them."""

from typing import Annotated, Any

import psycopg
import typer
from rich.console import Console
from rich.progress import Progress

from auctions.cli.common import Json, database, print_json, print_table
from auctions.store.connect import connection
from projections import log, tracking
from projections.check import first_difference
from projections.filling import unhurried
from projections.projection import Projection
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner

projections = typer.Typer(no_args_is_help=True, help="The read models: status, retry, rebuild, check.")

Names = Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Read models; all by default.")]


def _chosen(names: list[str] | None) -> list[Projection]:
    known = read_models()
    unknown = set(names or ()) - known.keys()
    if unknown:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: expected {', '.join(known)}")
    return [known[name] for name in names or known]


@projections.command()
def status(json: Json = False) -> None:
    """Show how far each read model has read and since when, and why one stands still if it does."""
    with connection(database()) as reader:
        head = log.head(reader)
        places = tracking.tracked(reader, read_models())
    rows = [
        (place.name, place.position, head - place.position, place.moved_at, place.stopped_at, place.reason)
        for place in places
    ]
    columns = ("name", "position", "behind", "moved_at", "stopped_at", "reason")
    if json:
        print_json({"head": head, "items": [dict(zip(columns, row, strict=True)) for row in rows]})
    else:
        told = [(*row[:3], f"{row[3]:%Y-%m-%d %H:%M:%S %Z}", *row[4:]) for row in rows]
        print_table(f"Read models, log at {head:,}", columns, told)
    if any(place.reason for place in places):
        raise typer.Exit(1)


@projections.command()
def retry(names: Names = None, json: Json = False) -> None:
    """Let read models that stand still try again from where they stand; the service's runner does at once.

    Where the reason is gone, be it a missing right or an error of the program, they go on; what still cannot
    take the event stops there again.
    """
    with unhurried(database()) as own:
        stood = tracking.retry(own, [model.name for model in _chosen(names)])
    columns = ("name", "position", "stopped_at", "reason")
    if json:
        items = [(place.name, place.position, place.stopped_at, place.reason) for place in stood]
        print_json({"items": [dict(zip(columns, item, strict=True)) for item in items]})
        return
    for place in stood:
        typer.echo(
            f"{place.name} tries again from position {place.position:,}; it stood still: {place.reason}"
        )
    if not stood:
        typer.echo("no read model stands still")


@projections.command("rebuild")
def rebuild_(names: Names = None) -> None:
    """Build read models anew from the log and swap them in, while everything goes on."""
    url = database()
    models = _chosen(names)
    told = ", ".join(model.name for model in models)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"rebuilding {told}", total=None)
        position = rebuild(url, *models, progress=lambda done, of: bar.update(task, completed=done, total=of))
    typer.echo(f"{told} rebuilt up to position {position:,}")


@projections.command()
def check(names: Names = None, json: Json = False) -> None:
    """Compare read models with a fresh replay of the log, row for row; name the first difference."""
    url = database()
    Runner(url).catch_up()
    with connection(url) as reader:
        found = {model.name: _difference(reader, model) for model in _chosen(names)}
    if json:
        print_json({"items": [{"name": name, "difference": words} for name, words in found.items()]})
    for name, words in found.items():
        if not json:
            typer.echo(f"{name}: {words or 'no difference'}")
    if any(found.values()):
        raise typer.Exit(1)


def _difference(reader: psycopg.Connection[Any], model: Projection) -> str | None:
    (place,) = tracking.tracked(reader, [model.name])
    if place.reason:
        return f"stands still before position {place.stopped_at}: {place.reason}"
    difference = first_difference(reader, model)
    return difference.words() if difference else None
