"""An officer keeps who a debtor is, answers to whom that was shown, and erases it; the file stays whole."""

import json
import signal
import subprocess
from pathlib import Path

import httpx2
import psycopg
import pytest

from auctions.store.embedded import binaries
from tests.journeys.commandline import COMMAND, CommandLine
from tests.journeys.databases import created
from tests.journeys.in_process import InProcess
from tests.journeys.test_program_asks_service import ended, serving

NAME, NUMBER, CONTACT = "Nguyễn Văn Mẫu", "001099000001", "Quy Nhơn, Bình Định"
PERSON = {"name": NAME, "identity_no": NUMBER, "contact": CONTACT}
DEBTOR = ("DEBTOR-17", "--office", "KV-3")
WHY = ("--as", "SUPERVISOR-1", "--reason", "request 12")
SECRETS = """SELECT encode(name, 'hex'), encode(identity_no, 'hex'), encode(contact, 'hex'),
        encode(key, 'hex')
    FROM auctions.persons JOIN auctions.person_keys USING (office, reference)"""
LOG = "SELECT e::text FROM auctions.events e ORDER BY position"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Where the key lies, once it is made."""
    return tmp_path / "persons.key"


@pytest.fixture
def auctions(database: str, key: Path) -> InProcess:
    """The command line with a key for persons, on a database of its own."""
    command_line = InProcess(AUCTIONS_DATABASE_URL=database, AUCTIONS_PERSONS_KEY_FILE=str(key))
    assert command_line("persons", "new-key", key).startswith(f"{key}: made")
    return command_line


@pytest.fixture
def kept(auctions: InProcess, tmp_path: Path) -> InProcess:
    """The command line where the debtor of an asset is kept."""
    register = "asset_ref,office,entry,on,kind,debtor_ref\nTS-1,KV-3,seized,2025-01-06,land,DEBTOR-17\n"
    (tmp_path / "register.csv").write_text(register, "utf-8")
    auctions("import", tmp_path / "register.csv")
    (tmp_path / "person.json").write_text(json.dumps(PERSON), "utf-8")
    told = auctions("persons", "add", *DEBTOR, "--from", tmp_path / "person.json", "--as", "COORDINATOR-1")
    assert told == "DEBTOR-17: kept by KV-3\n"
    return auctions


def rows(url: str, query: str) -> list[tuple[str, ...]]:
    with psycopg.connect(url) as own:
        return own.execute(query.encode()).fetchall()


def dumped(url: str) -> str:
    """All that the database holds, as pg_dump writes it."""
    command = [str(binaries() / "pg_dump"), "--dbname", url]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def test_an_erased_person_is_in_no_dump_and_the_file_of_the_asset_is_as_before(
    kept: InProcess, database: str
) -> None:
    (secrets,) = rows(database, SECRETS)
    before, log = dumped(database), rows(database, LOG)
    assert [word for word in (NAME, NUMBER, CONTACT) if word in before] == []
    assert [secret for secret in secrets if secret not in before] == [], "sealed, they are in the dump"
    assert kept("persons", "erase", *DEBTOR, *WHY) == "DEBTOR-17: erased\n"
    after = dumped(database)
    assert [secret for secret in (NAME, NUMBER, CONTACT, *secrets) if secret in after] == []
    assert "request 12" in after
    assert rows(database, LOG) == log
    assert "DEBTOR-17" in kept("history", "TS-1")
    line = kept.complaint("persons", "show", *DEBTOR, *WHY, code=1)
    assert line.startswith("person-erased: erased on 20")
    assert line.endswith(": request 12")


def test_whom_a_person_was_shown_to_is_answered_also_after_it_is_erased(kept: InProcess) -> None:
    shown = kept.json("persons", "show", *DEBTOR, "--as", "ADMIN-1", "--reason", "complaint 7")
    assert shown == {"office": "KV-3", "reference": "DEBTOR-17", **PERSON}
    assert NAME in kept("persons", "show", *DEBTOR, "--as", "ADMIN-2", "--reason", "letter 3")
    kept("persons", "erase", *DEBTOR, *WHY)
    items = kept.json("persons", "reads", *DEBTOR)["items"]
    assert [(each["actor"], each["role"], each["reason"]) for each in items] == [
        ("ADMIN-1", "administrator", "complaint 7"),
        ("ADMIN-2", "administrator", "letter 3"),
    ]
    assert "complaint 7" in kept("persons", "reads", *DEBTOR)


def test_a_person_comes_from_standard_input_and_a_wrong_one_is_not_repeated(
    auctions: InProcess, tmp_path: Path
) -> None:
    words = ["persons", "add", *DEBTOR, "--from", "-", "--as", "COORDINATOR-1"]
    done = subprocess.run(
        [*COMMAND, *words], input=json.dumps(PERSON).encode(), env=auctions.environment, check=True
    )
    assert done.returncode == 0
    (tmp_path / "wrong.json").write_text(json.dumps({"name": NAME, "identity_no": 1}), "utf-8")
    words[words.index("-")] = str(tmp_path / "wrong.json")
    line = auctions.complaint(*words, code=1)
    assert line == "body-refused: /identity_no: Input should be a valid string"
    assert auctions.json("persons", "show", *DEBTOR, *WHY)["identity_no"] == NUMBER


def test_without_a_key_it_is_said_how_to_make_one_and_a_file_is_never_written_over(
    kept: InProcess, database: str, key: Path
) -> None:
    keyless = InProcess(AUCTIONS_DATABASE_URL=database)
    line = keyless.complaint("persons", "show", *DEBTOR, *WHY, code=1)
    assert line.startswith("persons-not-kept: no persons are kept here: `auctions persons new-key FILE`")
    assert kept.complaint("persons", "new-key", key, code=1).startswith("key-file-exists: ")
    assert kept.json("persons", "show", *DEBTOR, *WHY)["name"] == NAME
    key.write_text("no key", "utf-8")
    line = f"wrong-key-file: {key} holds no key: expected 32 bytes in base64"
    assert kept.complaint("persons", "show", *DEBTOR, *WHY, code=1) == line
    assert CommandLine(**kept.environment).complaint("serve", "--port", 0, code=1) == line


def test_under_another_key_the_old_one_opens_nothing_any_more(
    kept: InProcess, database: str, key: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.key"
    kept("persons", "new-key", other)
    assert kept("persons", "rewrap", other).startswith("1 sealed by the key in")
    assert kept.complaint("persons", "show", *DEBTOR, *WHY, code=1).startswith("person-unreadable: ")
    assert kept.complaint("persons", "rewrap", key, code=1).startswith(
        "person-unreadable: nothing was changed"
    )
    renewed = InProcess(AUCTIONS_DATABASE_URL=database, AUCTIONS_PERSONS_KEY_FILE=str(other))
    assert renewed.json("persons", "show", *DEBTOR, *WHY)["name"] == NAME


def test_an_older_dump_brings_an_erased_person_back_until_erased_again(
    kept: InProcess, key: Path, server: str, tmp_path: Path
) -> None:
    dump, other = tmp_path / "older.dump", tmp_path / "other.key"
    programs(kept, "pg_dump", "--format=custom", "--file", dump)
    kept("persons", "erase", *DEBTOR, *WHY)
    with created(server, "template0") as url:
        restored = InProcess(AUCTIONS_DATABASE_URL=url, AUCTIONS_PERSONS_KEY_FILE=str(key))
        programs(restored, "pg_restore", "--exit-on-error", dump)
        assert restored.json("persons", "show", *DEBTOR, *WHY)["name"] == NAME
        restored("persons", "new-key", other)
        restored.environment["AUCTIONS_PERSONS_KEY_FILE"] = str(other)
        assert restored.complaint("persons", "show", *DEBTOR, *WHY, code=1).startswith("person-unreadable: ")
        restored("persons", "erase", *DEBTOR, *WHY)
        restored.environment["AUCTIONS_PERSONS_KEY_FILE"] = str(key)
        assert restored.complaint("persons", "show", *DEBTOR, *WHY, code=1).startswith("person-erased: ")


def programs(auctions: InProcess, name: str, *words: object) -> None:
    """Run a program of PostgreSQL on the database of the command line."""
    command = [binaries() / name, "--dbname", auctions.environment["AUCTIONS_DATABASE_URL"], *words]
    subprocess.run(list(map(str, command)), check=True)


def test_the_service_takes_the_key_that_is_named_and_logs_no_name(kept: InProcess) -> None:
    token = kept("keys", "add", "AUDITOR-1", "--role", "auditor").split()[0]
    with serving(kept) as (service, url):
        path = f"{url}v1/persons/DEBTOR-17?office=KV-3"
        answer = httpx2.get(path, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["name"]) == (200, NAME)
        assert ended(service, signal.SIGINT) == (0, "")
    (read,) = kept.json("persons", "reads", *DEBTOR)["items"]
    assert (read["actor"], read["request_id"]) == ("AUDITOR-1", answer.headers["x-request-id"])
