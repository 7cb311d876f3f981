"""Webhooks: changes delivered to programs of others; what was not taken, and trying it anew."""

from typing import Annotated
from uuid import UUID

import typer

from api.webhooks import dead_letters, subscriptions
from api.webhooks.signing import Sign, public_key
from auctions.cli.common import Json, database, print_json, print_table
from auctions.domain.asset.events import ENTRIES
from auctions.store.connect import connection
from projections.changes import Filter

webhooks = typer.Typer(
    no_args_is_help=True,
    help="""Webhooks: changes delivered to programs of others: add, list, remove, dead, retry.

    The service delivers each change by POST, signed by the form of Standard Webhooks, those of one asset in
    order. What is not answered by 2xx within 15 seconds is tried again with growing pauses, ten times in
    three days, later where the answer asks for that by Retry-After; then it is a dead letter, and the
    asset's later changes go on. One that answers 410 Gone is delivered to no more until `retry`.
    `deploy/receiver.py` is an example of a receiver.""",
)

Id = Annotated[UUID, typer.Argument(metavar="ID", help="The webhook's id, as the list shows it.")]
AnyId = Annotated[UUID | None, typer.Argument(metavar="ID", help="The webhook's id; all by default.")]


@webhooks.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where to deliver: https://HOST/PATH.")],
    office: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only what this office has, and what leaves it.")
    ] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only assets of this kind.")] = None,
    entry: Annotated[
        list[str] | None,
        typer.Option(metavar="ENTRY", help="Only entries of this name, as round_failed. May be repeated."),
    ] = None,
    after: Annotated[
        int | None,
        typer.Option(min=0, metavar="POSITION", help="Begin after this position of the log; 0 delivers all."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow http, and addresses of this network or machine.")
    ] = False,
    sign: Annotated[
        Sign, typer.Option(help="Sign by a secret the receiver has too, or by a key that stays here.")
    ] = Sign.HMAC,
    json: Json = False,
) -> None:
    """Deliver changes to an address from now on, or from an earlier position.

    Prints the webhook's id and what its receiver verifies with: a secret, shown this once, or with
    `--sign ed25519` a public key, which anybody may know and the list shows. The database holds what signs
    as it is. Parties and officers are never delivered.
    """
    for name in entry or ():
        if name not in ENTRIES:
            raise typer.BadParameter(f"{name}: expected {', '.join(ENTRIES)}")
    wanted = Filter(office, kind, tuple(entry or ()))
    with connection(database()) as own:
        webhook_id, secret = subscriptions.add(
            own, url, wanted, after=after, allow_private=allow_private, sign=sign
        )
    key = public_key(secret)
    if json:
        print_json({"webhook_id": webhook_id, "secret": None if key else secret, "public_key": key})
    else:
        typer.echo(f"webhook {webhook_id}\n{f'key     {key}' if key else f'secret  {secret}'}")


@webhooks.command("list")
def list_(json: Json = False) -> None:
    """List the webhooks: what each asked for, how far it is, how much waits and how much is dead.

    With `--json` also the public key of those signed by Ed25519.
    """
    with connection(database()) as own:
        found = subscriptions.subscriptions(own)
    items = [
        {
            **each.subscription._asdict(),
            "public_key": each.public_key,
            "waiting": each.waiting,
            "dead": each.dead,
        }
        for each in found
    ]
    if json:
        print_json({"items": items})
        return
    columns = ("webhook_id", "url", "office", "kind", "entries", "position", "waiting", "dead", "ended_at")
    print_table("Webhooks", columns, [[each[name] for name in columns] for each in items])


@webhooks.command()
def remove(webhook_id: Id) -> None:
    """End a webhook: what waits for it and its dead letters are forgotten."""
    with connection(database()) as own:
        subscriptions.remove(own, webhook_id)
    typer.echo(f"webhook {webhook_id} removed")


@webhooks.command()
def dead(webhook_id: AnyId = None, json: Json = False) -> None:
    """List the dead letters: changes that were not taken on any try, and why not on the last.

    `auctions webhooks retry` tries them anew. Ends with 1 where there are any.
    """
    with connection(database()) as own:
        found = dead_letters.dead_letters(own, webhook_id)
    if json:
        print_json({"items": [each._asdict() for each in found]})
    else:
        columns = ("webhook_id", "url", "position", "asset_id", "tries", "reason", "dead_at")
        print_table("Dead letters", columns, [list(each) for each in found])
    if found:
        raise typer.Exit(1)


@webhooks.command()
def retry(
    webhook_id: AnyId = None,
    position: Annotated[
        int | None, typer.Option(min=1, metavar="POSITION", help="Only the change at this position.")
    ] = None,
) -> None:
    """Let dead letters, and what waits for its next try, be tried at once, as often as at first.

    A dead letter goes before what waits of its asset; what was delivered meanwhile stays delivered. A webhook
    whose receiver said that it is gone goes on.
    """
    with connection(database()) as own:
        number = dead_letters.retry(own, webhook_id, position)
    typer.echo(f"{number:,} to be tried now")
