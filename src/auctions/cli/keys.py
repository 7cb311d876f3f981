"""Keys for programs and people: made, listed, revoked by the administrator."""

from typing import Annotated

import typer

from auctions.cli.common import Json, print_json, print_table
from auctions.cli.owning import owned, refuse_without_office
from auctions.domain.roles import Role
from auctions.store import keys as kept

keys = typer.Typer(no_args_is_help=True, help="Keys by which programs and people ask: add, list, revoke.")


@keys.command()
def add(
    actor: Annotated[
        str, typer.Argument(metavar="ACTOR", help="Whose key it is: a reference, never a name.")
    ],
    role: Annotated[Role, typer.Option(help="What its holder may do.")],
    office: Annotated[str, typer.Option(help="The office its holder works for; none for a client.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3660, help="For how many days it holds.")] = 365,
    json: Json = False,
) -> None:
    """Make a key and print its token, this once: only a digest of it is kept.

    It is sent with each request: `curl -H "Authorization: Bearer auk_…"`. A coordinator or supervisor
    records for the office of the key and for no other.
    """
    refuse_without_office(role, office)
    with owned() as own:
        key, token = kept.add(own, actor=actor, office=office, role=role, days=days)
    if json:
        print_json(key._asdict() | {"token": token})
    else:
        typer.echo(f"{token}\nholds until {key.expires_at:%Y-%m-%d}; it is not shown again")


@keys.command("list")
def list_(json: Json = False) -> None:
    """List all keys, the newest first, without their tokens."""
    with owned() as own:
        found = kept.listed(own)
    if json:
        print_json({"items": [key._asdict() for key in found]})
    else:
        print_table("Keys", kept.Key._fields, found)


@keys.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="KEY_ID", help="As `auctions keys list` shows it.")],
) -> None:
    """Let a key hold no longer, from now on."""
    with owned() as own:
        kept.revoke(own, key_id)
    typer.echo(f"{key_id}: revoked")
