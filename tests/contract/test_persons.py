"""Persons in the database: sealed, shown and noted in one statement, erased with their keys; the rights."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from auctions.domain.errors import Refused
from auctions.domain.person import Person
from auctions.store import persons
from auctions.store.connect import connection
from auctions.store.sealing import NotOpened, new_key
from projections.filling import unhurried

Session = psycopg.Connection[Any]
OFFICE, REF = "KV-3", "DEBTOR-17"
DEBTOR = Person(name="Nguyễn Văn Mẫu", identity_no="001099000001", contact="Quy Nhơn\n0900 000 000")
WHO = {
    "actor": "AUDITOR-1",
    "actor_office": "",
    "role": "auditor",
    "reason": "complaint 7",
    "request_id": "r-1",
}
READS = "SELECT office, reference, actor, actor_office, role, reason, request_id FROM auctions.person_reads"
TABLES = ("persons", "person_keys", "person_reads", "person_requests")


@pytest.fixture
def master() -> bytes:
    return new_key()


@pytest.fixture
def service(database: str) -> Iterator[Session]:
    with connection(database) as opened:
        yield opened


@pytest.fixture
def kept(service: Session, master: bytes) -> Session:
    """The service's connection to a database that keeps the debtor of an office."""
    assert enter(service, master)
    return service


def enter(own: Session, master: bytes, office: str = OFFICE, ref: str = REF, person: Person = DEBTOR) -> bool:
    asked = persons.sealed(master, office, ref, person)
    return own.execute(persons.ENTER, {**asked, "actor": "COORDINATOR-1"}).fetchone() is not None


def read(own: Session, master: bytes, office: str = OFFICE, ref: str = REF) -> Person:
    row = own.execute(persons.READ, {"office": office, "reference": ref, **WHO}).fetchone()
    return persons.shown(master, persons.Kept(*persons.there(row, ref)))


def erase(own: Session, office: str = OFFICE, ref: str = REF) -> None:
    asked = {"office": office, "reference": ref, "actor": "SUPERVISOR-1", "reason": "request 12"}
    persons.there(own.execute(persons.ERASE, asked).fetchone(), ref)


def refusal(own: Session, master: bytes, ref: str = REF) -> str:
    with pytest.raises(Refused) as told:
        read(own, master, ref=ref)
    return told.value.code


def all_that_is_kept(own: Session) -> str:
    """Everything in the tables of persons, as text."""
    rows = [own.execute(f"SELECT t::text FROM auctions.{table} t".encode()).fetchall() for table in TABLES]  # noqa: S608 - names are constants here
    return str(rows)


def test_a_person_is_shown_as_entered_and_no_table_holds_a_word_of_it(kept: Session, master: bytes) -> None:
    assert read(kept, master) == DEBTOR
    text = all_that_is_kept(kept)
    assert REF in text
    for word in ("Nguyễn", "001099000001", "Quy Nhơn"):
        assert word not in text
        assert word.encode().hex() not in text


def test_who_has_a_name_alone_has_no_more(service: Session, master: bytes) -> None:
    alone = Person(name="Tổ Chức Mẫu")
    assert enter(service, master, person=alone)
    assert read(service, master) == alone


def test_the_same_reference_is_another_person_at_another_office(kept: Session, master: bytes) -> None:
    other = Person(name="Trần Thị Mẫu")
    assert enter(kept, master, "KV-5", person=other)
    assert (read(kept, master), read(kept, master, "KV-5")) == (DEBTOR, other)
    erase(kept, "KV-5")
    assert read(kept, master) == DEBTOR


def test_each_reading_is_noted_and_none_where_there_is_nobody_to_show(kept: Session, master: bytes) -> None:
    read(kept, master)
    assert refusal(kept, master, "DEBTOR-18") == "person-not-found"
    assert kept.execute(READS).fetchall() == [(OFFICE, REF, *WHO.values())]


def test_a_person_entered_anew_has_another_key(kept: Session, master: bytes) -> None:
    before = kept.execute("SELECT key FROM auctions.person_keys").fetchall()
    assert enter(kept, master, person=Person(name="Nguyễn Thị Mẫu"))
    assert read(kept, master) == Person(name="Nguyễn Thị Mẫu")
    after = kept.execute("SELECT key FROM auctions.person_keys").fetchall()
    assert (len(after), before == after) == (1, False)


def test_who_is_erased_is_gone_with_the_key_and_stays_so(kept: Session, master: bytes) -> None:
    read(kept, master)
    erase(kept)
    erase(kept)
    assert refusal(kept, master) == "person-erased"
    assert not enter(kept, master)
    assert kept.execute("SELECT count(*) FROM auctions.person_keys").fetchone() == (0,)
    erased = "SELECT name, identity_no, contact, erased_by, erased_reason FROM auctions.persons"
    assert kept.execute(erased).fetchall() == [(None, None, None, "SUPERVISOR-1", "request 12")]
    assert len(kept.execute(READS).fetchall()) == 1, "what was read before is still answered for"


def test_nobody_is_erased_who_was_never_kept(kept: Session) -> None:
    with pytest.raises(Refused, match="no person DEBTOR-18 is kept"):
        erase(kept, ref="DEBTOR-18")


def test_entered_and_erased_at_once_a_person_is_whole_or_gone(database: str, master: bytes) -> None:
    def often(change: str) -> None:
        with connection(database) as own:
            for number in range(40):
                ref = f"DEBTOR-{number}"
                if change == "enter":
                    enter(own, master, ref=ref)
                    enter(own, master, ref=ref)
                else:
                    asked = {"office": OFFICE, "reference": ref, "actor": "SUPERVISOR-1", "reason": "request"}
                    while own.execute(persons.ERASE, asked).fetchone() is None:
                        pass

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(often, ["enter", "erase", "enter"]))
    with connection(database) as own:
        assert own.execute("SELECT count(*), count(name) FROM auctions.persons").fetchone() == (40, 0)
        assert own.execute("SELECT count(*) FROM auctions.person_keys").fetchone() == (0,)


@pytest.mark.parametrize("column", ["name", "identity_no", "contact"])
def test_what_was_moved_to_another_person_or_field_is_not_shown(
    kept: Session, master: bytes, column: str
) -> None:
    enter(kept, master, ref="DEBTOR-18")
    moved = f"""UPDATE auctions.persons SET {column} = (SELECT {column} FROM auctions.persons
        WHERE reference = '{REF}') WHERE reference = 'DEBTOR-18'"""  # noqa: S608 - names are constants here
    kept.execute(moved.encode())
    assert refusal(kept, master, "DEBTOR-18") == "person-unreadable"
    other = "contact" if column == "name" else "name"
    kept.execute(f"UPDATE auctions.persons SET {column} = {other} WHERE reference = '{REF}'".encode())  # noqa: S608 - as above
    assert refusal(kept, master) == "person-unreadable"


def test_a_key_moved_to_another_person_or_lost_opens_nothing(kept: Session, master: bytes) -> None:
    enter(kept, master, ref="DEBTOR-18")
    kept.execute("DELETE FROM auctions.person_keys WHERE reference = 'DEBTOR-18'")
    assert refusal(kept, master, "DEBTOR-18") == "person-unreadable"
    kept.execute("INSERT INTO auctions.person_keys SELECT office, 'DEBTOR-18', key FROM auctions.person_keys")
    assert refusal(kept, master, "DEBTOR-18") == "person-unreadable"


def test_another_master_key_opens_nothing_until_all_are_sealed_by_it(kept: Session, master: bytes) -> None:
    other = new_key()
    assert refusal(kept, other) == "person-unreadable"
    assert persons.rewrap(kept, master, other) == 1
    assert read(kept, other) == DEBTOR
    assert refusal(kept, master) == "person-unreadable"


def test_sealing_by_another_key_seals_all_or_none(kept: Session, master: bytes) -> None:
    enter(kept, new_key(), ref="DEBTOR-18")
    with pytest.raises(NotOpened):
        persons.rewrap(kept, master, new_key())
    assert read(kept, master) == DEBTOR


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE auctions.person_reads SET reason = ''",
        "DELETE FROM auctions.person_reads",
        "DELETE FROM auctions.person_reads WHERE false",
        "TRUNCATE auctions.person_reads",
    ],
)
def test_who_read_of_a_person_is_changed_by_nobody(
    kept: Session, master: bytes, admin: Session, statement: str
) -> None:
    read(kept, master)
    with pytest.raises(
        psycopg.errors.InsufficientPrivilege, match="permission denied for table person_reads"
    ):
        kept.execute(statement.encode())
    for role in ("auctions_owner", "none"):  # none: the superuser who connected
        admin.execute(f"SET ROLE {role}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed or deleted"):
            admin.execute(statement.encode())
    assert len(admin.execute(READS).fetchall()) == 1


def test_the_service_takes_no_person_out_of_the_table(kept: Session) -> None:
    for statement in ("DELETE FROM auctions.persons", "TRUNCATE auctions.persons, auctions.person_keys"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            kept.execute(statement.encode())


@pytest.mark.parametrize("table", TABLES)
def test_the_runner_of_the_read_models_reads_of_no_person(kept: Session, database: str, table: str) -> None:
    assert kept.execute(f"SELECT count(*) FROM auctions.{table}".encode()).fetchone()  # noqa: S608 - names are constants here
    with unhurried(database) as runner, pytest.raises(psycopg.errors.InsufficientPrivilege):
        runner.execute(f"SELECT * FROM auctions.{table}".encode())  # noqa: S608 - as above


def test_the_table_itself_refuses_an_erased_person_that_leaves_something(
    kept: Session, master: bytes
) -> None:
    erase(kept)
    enter(kept, master, ref="DEBTOR-18")
    for statement in (
        "UPDATE auctions.persons SET contact = '' WHERE reference = 'DEBTOR-17'",
        "UPDATE auctions.persons SET name = '' WHERE reference = 'DEBTOR-17'",
        "UPDATE auctions.persons SET name = NULL WHERE reference = 'DEBTOR-18'",
        "UPDATE auctions.persons SET erased_at = now() WHERE reference = 'DEBTOR-18'",
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            kept.execute(statement.encode())
