"""The command line: what coordinators, auditors and administrators type."""

import logging
import sys
from typing import NoReturn

import psycopg
import typer
from pydantic import ValidationError

from auctions.cli import (
    closing,
    databases,
    declining,
    dossiers,
    entering,
    evidence,
    forms,
    keys,
    lawful,
    listing,
    offices,
    persons,
    planning,
    quarantine,
    read_models,
    reading,
    registers,
    replaying,
    restated,
    restating,
    running,
    seal,
    serving,
    setting,
    users,
    webhooks,
)
from auctions.cli.logs import write_json_lines
from auctions.domain.errors import Refused
from auctions.settings import Settings
from auctions.store.connect import NoDatabase, no_database

app = typer.Typer(
    name="auctions",
    help="""Seized assets and their auctions: what remains unsold, and how value declined.

    A register goes in by `auctions import FILE`; `auctions unsold` lists what remains,
    `auctions ladder REF` shows how one asset's price came down, `auctions history REF` who recorded what,
    `auctions replay REF` what each entry changed, `auctions dossier` prints all of it;
    `--as-of` and `--known-at` ask about any day, as it was known on any day, `auctions restate` what became
    known of a day in between, `auctions decline` how values came down together;
    `auctions findings` lists what broke the law of its day, `auctions next` what must happen by when.
    Data lies in AUCTIONS_HOME with a PostgreSQL of its own, or in the server AUCTIONS_DATABASE_URL names.

    Exit codes: 0 done, 1 refused or problems found, 2 wrong use, 3 no database.""",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("serve")(serving.serve)
app.command("run")(running.run)
app.command("import")(registers.import_)
app.command("export")(registers.export)
app.add_typer(quarantine.quarantine, name="quarantine")
app.command("assets", help=listing.ASSETS)(listing.list_)
app.command("unsold", help=listing.UNSOLD)(listing.list_)
app.command("show")(reading.show)
app.command("history")(reading.history)
app.command("ladder")(reading.ladder)
app.command("decline")(declining.decline)
app.command("replay")(replaying.replay)
app.command("diff")(replaying.diff)
app.command("dossier")(dossiers.dossier)
app.command("restate")(restating.restate)
app.command("findings")(lawful.findings)
app.command("next")(lawful.next_)
app.command("plan")(planning.plan)
app.command("rules")(lawful.rules)
app.command("enter")(entering.enter)
app.command("close")(closing.close)
app.command("closes")(closing.closes_)
app.command("restated")(restated.restated)
app.command("form")(forms.form)
app.command("seal")(seal.seal)
app.command("seals")(seal.seals)
app.add_typer(offices.offices, name="offices")
app.add_typer(keys.keys, name="keys")
app.add_typer(persons.persons, name="persons")
app.add_typer(users.users, name="users")
app.add_typer(read_models.projections, name="projections")
app.add_typer(evidence.evidence, name="evidence")
app.add_typer(webhooks.webhooks, name="webhooks")
app.command("migrate")(databases.migrate_)
app.add_typer(databases.db, name="db")
app.command("settings")(setting.settings)


def main() -> None:
    """Run the command line; a database that is away ends it with 3, a refusal with 1, each in one line.

    A file that cannot be written, and read models that do not keep up, end it with 1 too.
    """
    _log()
    try:
        app()
    except NoDatabase as error:
        _end(f"no database: {error}", 3)
    except Refused as error:
        _end(f"{error.code}: {error.message}", 1)
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        _end(f"no database: {no_database(error)}", 3)
    except UnicodeEncodeError:
        _end("an argument is not UTF-8 text", 2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        _end(str(error), 1)


def _log() -> None:
    try:
        form = Settings().log
    except ValidationError as error:
        wrong = error.errors()[0]
        _end(f"AUCTIONS_{str(wrong['loc'][0]).upper()} is not as expected: {wrong['msg']}", 2)
    if form == "json":
        write_json_lines()
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # NoDatabase says it in one line


def _end(line: str, code: int) -> NoReturn:
    sys.stderr.write(line + "\n")
    sys.exit(code)
