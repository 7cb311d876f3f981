"""The reference of the settings, which deploy/CONFIGURATION.md keeps."""

import typer

from auctions.settings import Settings

_HEAD = """# Configuration

Written by `auctions settings`: whoever changes a setting writes it anew.

Every setting is an environment variable; one that is empty counts as absent. Connections to the database also
heed the variables of libpq, such as PGPASSFILE and PGSSLROOTCERT. Where `auctions serve` listens, and
whether it keeps the read models up to date too, its options say.

| variable | without it | what it is for |
|---|---|---|"""


def settings() -> None:
    """Print what each setting is for, as Markdown."""
    typer.echo(_HEAD)
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if isinstance(field.default, str) else ""
        typer.echo(f"| `AUCTIONS_{name.upper()}` | {default} | {field.description} |")
