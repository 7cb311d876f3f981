"""A newcomer learns the command line from its own help."""

from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from auctions.cli import app
from tests.journeys.commandline import CommandLine

Command = Any
"""A command of the library typer keeps to itself: it has help, params and perhaps commands."""


def commands(command: Command, name: str = "") -> Iterator[tuple[str, Command]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
    for word, each in (inner or {}).items():
        yield from commands(each, f"{name} {word}".strip())


COMMANDS = dict(commands(get_command(app)))


def test_there_is_a_command_for_each_thing_to_do() -> None:
    names = (
        "serve run import export assets unsold show history replay diff ladder decline restate dossier "
        "findings next plan rules enter close closes restated form seal seals "
        "offices-set offices-list offices-show keys-add keys-list keys-revoke "
        "persons-new-key persons-add persons-show persons-reads persons-erase persons-rewrap "
        "persons-request persons-answer persons-requests "
        "users-add users-list users-password users-disable users-enable "
        "migrate settings db-start db-stop db-url "
        "quarantine-list quarantine-show quarantine-retry "
        "evidence-key evidence-sign evidence-status evidence-checkpoint evidence-prove evidence-fsck "
        "webhooks-add webhooks-list webhooks-remove webhooks-dead webhooks-retry "
        "projections-status projections-rebuild projections-check projections-retry"
    )
    assert sorted(name.replace(" ", "-") for name in COMMANDS) == sorted(names.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_argument_and_option_says_in_a_sentence_what_it_is_for(name: str) -> None:
    command = COMMANDS[name]
    told = [command.help, *(parameter.help for parameter in command.params)]
    assert [text for text in told if not text or not text.rstrip().endswith(".")] == []


def test_the_first_help_says_what_it_is_for_where_data_lies_and_what_exit_codes_mean() -> None:
    said = " ".join(CommandLine(COLUMNS="200")("--help").split())
    words = "auctions import FILE|auctions findings|auctions next|AUCTIONS_HOME|AUCTIONS_DATABASE_URL"
    for word in ("what remains unsold", *words.split("|")):
        assert word in said
    assert "0 done, 1 refused or problems found, 2 wrong use, 3 no database" in said


def test_a_command_that_is_none_is_wrong_use() -> None:
    CommandLine()("sell", code=2)
