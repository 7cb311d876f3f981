"""The database: migrations, and the embedded server."""

import typer

from auctions.cli.common import database, embedded_database, named_database
from auctions.settings import Settings
from auctions.store import embedded
from auctions.store.migrate import migrate

db = typer.Typer(no_args_is_help=True, help="The embedded PostgreSQL in AUCTIONS_HOME: start, stop, url.")


def migrate_() -> None:
    """Bring the database up to date; run it as the database's owner where AUCTIONS_DATABASE_URL names one."""
    applied = migrate(named_database() or embedded_database())
    typer.echo(f"up to date; applied now: {', '.join(applied) or 'nothing'}")


@db.command()
def start() -> None:
    """Start the embedded server and leave it running; print its database's URL."""
    typer.echo(embedded_database())


@db.command()
def stop() -> None:
    """Stop the embedded server."""
    stopped = embedded.stop(Settings().home)
    typer.echo("stopped" if stopped else "was not running")


@db.command()
def url() -> None:
    """Print the database's URL, for psql; the embedded server is started where it is needed."""
    typer.echo(database())
