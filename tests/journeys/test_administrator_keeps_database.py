"""An administrator prepares the database, and is told what to do when it is not ready."""

import socket
from pathlib import Path

import psycopg
import pytest

from auctions.store.migrate import migrations
from tests.journeys.commandline import CommandLine
from tests.journeys.registers import good, written

NEWEST = migrations()[-1][0]


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@pytest.mark.parametrize("words", ["export journal", "migrate"])
def test_a_database_that_is_away_is_told_in_a_line(words: str) -> None:
    auctions = CommandLine(AUCTIONS_DATABASE_URL=f"postgresql://127.0.0.1:{closed_port()}/auctions")
    line = auctions.complaint(*words.split(), code=3)
    assert line.startswith("no database: the database does not answer")
    assert "AUCTIONS_DATABASE_URL" in line


def test_an_address_that_is_none_is_told_in_a_line() -> None:
    line = CommandLine(AUCTIONS_DATABASE_URL="my database").complaint("unsold", code=3)
    assert "expected postgresql://USER@HOST:PORT/DATABASE" in line


def test_a_database_that_was_never_prepared_says_which_command_does_it(bare: str) -> None:
    auctions = CommandLine(AUCTIONS_DATABASE_URL=bare)
    assert auctions.complaint("unsold", code=3).endswith("run `auctions migrate`")
    assert NEWEST in auctions("migrate")
    assert auctions("migrate") == "up to date; applied now: nothing\n"


@pytest.mark.parametrize("words", ["show TS-1", "serve --port 0"])
def test_an_older_schema_says_what_it_lacks_and_which_command_brings_it(
    database: str, auctions: CommandLine, words: str
) -> None:
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("DELETE FROM auctions.migrations WHERE name = %s", [NEWEST])
    line = auctions.complaint(*words.split(), code=3)
    assert line == f"no database: the database lacks {NEWEST}: run `auctions migrate`"


def test_an_older_schema_takes_no_register(database: str, auctions: CommandLine, tmp_path: Path) -> None:
    register = written(tmp_path / "register.csv", good())
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("DELETE FROM auctions.migrations WHERE name = %s", [NEWEST])
        assert NEWEST in auctions.complaint("import", register, code=3)
        assert owner.execute("SELECT count(*) FROM auctions.events").fetchone() == (0,)


def test_the_embedded_server_starts_answers_at_its_url_and_stops(at_home: CommandLine) -> None:
    address = at_home("db", "start").strip()
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM auctions.events").fetchone() == (0,)
    assert at_home("db", "url").strip() == address
    assert at_home("db", "stop") == "stopped\n"
    assert at_home("db", "stop") == "was not running\n"
