"""Local accounts of people: made, listed, given a new password, disabled by the administrator."""

from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from auctions.cli.common import Json, print_json, print_table
from auctions.cli.owning import owned, refuse_without_office
from auctions.domain.event import Reference
from auctions.domain.roles import Role
from auctions.store import users as kept
from auctions.store.passwords import LEAST, MOST, made

users = typer.Typer(
    no_args_is_help=True,
    help="Local accounts by which people sign in: add, list, password, disable, enable.",
)

_REFERENCE = TypeAdapter(Reference)
Name = Annotated[str, typer.Argument(metavar="USER", help="The user, as `auctions users list` shows it.")]
Ask = Annotated[
    bool, typer.Option("--ask", help="Ask for the password at the terminal, twice, instead of making one.")
]


@users.command()
def add(
    user: Annotated[str, typer.Argument(metavar="USER", help="Who signs in: a reference, never a name.")],
    role: Annotated[Role, typer.Option(help="What the user may do.")],
    office: Annotated[str, typer.Option(help="The office the user works for.")] = "",
    ask: Ask = False,
    json: Json = False,
) -> None:
    """Make a local account and print its password, this once: only a hash of it is kept.

    Local accounts are meant for one machine or a small office; for more, name a provider of identities by
    AUCTIONS_OIDC_ISSUER.

    A coordinator or supervisor records for the office of the account and for no other.
    """
    refuse_without_office(role, office)
    named, working_for = _reference(user), office and _reference(office)
    with owned() as own:
        password = _password(ask=ask)
        added = kept.add(own, user=named, role=role, office=working_for, password=password)
    _print(added, None if ask else password, json=json)


@users.command("list")
def list_(json: Json = False) -> None:
    """List all users: role, office, when made, when each signed in last, and since when one is disabled."""
    with owned() as own:
        found = kept.listed(own)
    if json:
        print_json({"items": [user._asdict() for user in found]})
    else:
        print_table("Users", kept.User._fields, found)


@users.command("password")
def password_(user: Name, ask: Ask = False, json: Json = False) -> None:
    """Give a user another password and print it, this once; the user's sessions end."""
    with owned() as own:
        password = _password(ask=ask)
        changed = kept.set_password(own, user, password)
    _print(changed, None if ask else password, json=json)


@users.command()
def disable(user: Name, json: Json = False) -> None:
    """Let a user sign in no longer, from now on; the user's sessions end."""
    with owned() as own:
        changed = kept.disable(own, user)
    _print(changed, None, json=json)


@users.command()
def enable(user: Name, json: Json = False) -> None:
    """Let a user who was disabled sign in again, with the same password as before."""
    with owned() as own:
        changed = kept.enable(own, user)
    _print(changed, None, json=json)


def _reference(given: str) -> str:
    try:
        return _REFERENCE.validate_python(given)
    except ValidationError as error:
        expected = "expected 1 to 200 characters in one line, and no space at the ends"
        raise typer.BadParameter(f"{given}: {expected}") from error


def _password(*, ask: bool) -> str:
    if not ask:
        return made()
    chosen: str = typer.prompt(
        f"Password of {LEAST} to {MOST} characters",
        hide_input=True,
        confirmation_prompt=True,
        value_proc=_chosen,
        err=True,
    )
    return chosen


def _chosen(password: str) -> str:
    if not LEAST <= len(password) <= MOST:
        raise typer.BadParameter("the prompt says what is expected, and what was typed is not shown")
    return password


def _print(user: kept.User, password: str | None, *, json: bool) -> None:
    if json:
        print_json(user._asdict() | ({"password": password} if password else {}))
    elif password:
        typer.echo(f"{password}\nis the password of {user.user}; it is not shown again")
    else:
        typer.echo(f"{user.user}: {'disabled' if user.disabled_at else 'may sign in'}")
