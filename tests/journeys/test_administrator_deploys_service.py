"""An administrator deploys the service by the runbook, loses its server, and restores it from a dump."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from auctions.store import embedded
from projections.registry import read_models
from tests.journeys.machine import LOGINS, Machine, machine
from tests.journeys.registers import good, written
from tests.journeys.runbook import Runbook

WHOLE = "".join(f"{name}: no difference\n" for name in sorted(read_models()))
UNSOLD = "/v1/assets?unsold=true&facets=true"
SEIZED: dict[str, object] = {"on": "2025-03-03", "asset_ref": "TS-9", "office": "BDI-KV1", "kind": "land"}
DATABASE, UNITS = 1, 2
"""The steps of the start that a new server needs before a dump is restored."""
REFUSED = {
    "auctions_serve": [
        "UPDATE auctions.events SET payload = ''",
        "DELETE FROM auctions.events",
        "TRUNCATE auctions.events",
        "CREATE FUNCTION auctions.other() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE TABLE projections.other (id int)",
        "DELETE FROM projections.assets",
        "DELETE FROM auctions.keys",
        "DELETE FROM auctions.person_reads",
        "UPDATE auctions.users SET role = 'administrator'",
        "SET ROLE auctions_runner",
        "SET ROLE auctions_owner",
    ],
    "auctions_run": [
        "INSERT INTO auctions.events SELECT * FROM auctions.events",
        "SELECT auctions.append_one(gen_random_uuid(), '', gen_random_uuid(), 0, '', '', '')",
        "TRUNCATE auctions.events",
        "SELECT * FROM auctions.keys",
        "SELECT * FROM auctions.persons",
        "SELECT * FROM auctions.person_keys",
        "SELECT * FROM auctions.users",
        "CREATE FUNCTION auctions.other() RETURNS int LANGUAGE sql RETURN 1",
        "SET ROLE auctions_service",
        "SET ROLE auctions_owner",
    ],
    "auctions_sign": [
        "INSERT INTO auctions.events SELECT * FROM auctions.events",
        "SELECT * FROM auctions.keys",
        "SELECT * FROM projections.assets",
        "SET ROLE auctions_service",
    ],
    "auctions_dump": [
        "DELETE FROM auctions.events",
        "DELETE FROM projections.assets",
        "SET ROLE auctions_owner",
    ],
}


def debian() -> Path:
    """The programs of the newest PostgreSQL that Debian has installed here."""
    found = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda each: float(each.parent.name))
    if not found or not (found[-1] / "pg_dump").exists():
        pytest.skip("Debian's PostgreSQL is not installed here: no programs in /usr/lib/postgresql")
    return found[-1]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the program is installed, anew over itself from the second time on."""
    return tmp_path_factory.mktemp("program")


@pytest.fixture(params=["debian", "embedded"])
def here(request: pytest.FixtureRequest, tmp_path: Path, program: Path) -> Iterator[Machine]:
    """A machine with Debian's PostgreSQL, and one with that of the program."""
    binaries = debian() if request.param == "debian" else embedded.binaries()
    with machine(tmp_path, program, binaries) as lent:
        yield lent


def refused(here: Machine, login: str, statement: str) -> bool:
    """Tell whether the database refuses a statement to a login for lack of rights."""
    writing = "-c default_transaction_read_only=off"
    with psycopg.connect(here.url(login), autocommit=True, options=writing) as own:
        try:
            own.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


def caught_up(here: Machine) -> bool:
    ready = here.answer("/readyz")
    return ready["position"] > 0 and not any(model["lag"] for model in ready["read_models"])


def served(here: Machine) -> object:
    """What the service answers when the runner has read all."""
    until = time.monotonic() + 30
    while not caught_up(here):
        assert time.monotonic() < until
        time.sleep(0.1)
    return here.answer(UNSOLD)


def refuses_to_restore(here: Machine) -> None:
    """A dump goes into no database that holds something, and a damaged one into none."""
    script, dump = here.program / "deploy/restore.sh", max(here.dumps.glob("*.dump"))
    told = here.run("postgres", script, dump)
    assert (told.returncode, told.stderr) == (1, "restore.sh: the database auctions is not empty\n")
    dump.write_bytes(dump.read_bytes()[:-1])
    told = here.run("postgres", script, dump)
    assert told.returncode == 1
    assert f"{dump.name}: FAILED" in told.stdout


def test_the_runbook_gives_a_service_with_least_rights_and_its_dump_gives_it_again(
    here: Machine, tmp_path: Path
) -> None:
    runbook = Runbook(here.runbook, here.environment)
    token = re.findall(r"auk_\S+", runbook.do("Start"))[-1]
    assert here.record(token, SEIZED) == 201
    here.operate("import", written(tmp_path / "register.csv", good()))
    answered = served(here)
    for login, statements in REFUSED.items():
        assert [each for each in statements if not refused(here, login, each)] == []
        with pytest.raises(psycopg.OperationalError, match="rejects connection"):
            psycopg.connect(here.url(login), dbname="postgres")

    assert ".dump.sha256" in runbook.do("Dump")
    runbook.do("Upgrade")
    assert WHOLE in runbook.do("Read models that stand still")
    assert served(here) == answered

    runbook.do("Dump", 0)
    here.lose_server()
    here.start_server()
    runbook.do("Start", DATABASE, UNITS)
    assert WHOLE in runbook.do("Restore")
    assert served(here) == answered
    refuses_to_restore(here)
    assert 'auctions_read_model_lag{name="assets"} 0.0' in runbook.do("What to watch")
    lines = [json.loads(line) for line in (here.units / "auctions-serve.log").read_text("utf-8").splitlines()]
    asked = {(line["path"], line["status"]) for line in lines if line["message"] == "request"}
    assert ("/v1/assets", 200) in asked
    assert "unsold=true" not in {line.get("path") for line in lines}


def test_the_logins_that_come_over_a_network_get_their_passwords_from_files(here: Machine) -> None:
    Runbook(here.runbook, here.environment).do("Start", DATABASE)
    for login in LOGINS:
        (here.root / login).write_text(f"a 'secret' of {login}", "utf-8")
    asked = (here.root / "source/deploy/passwords.sql").read_text("utf-8")
    told = here.run("postgres", "psql", said=asked.replace("/run/secrets", str(here.root)))
    assert told.stdout.splitlines() == ["ALTER ROLE"] * len(LOGINS)
    with psycopg.connect(here.url("postgres"), dbname="postgres") as own:
        having = own.execute("SELECT rolname FROM pg_authid WHERE rolpassword LIKE 'SCRAM%'").fetchall()
    assert {name for (name,) in having} == set(LOGINS)
