"""Persons: each sealed by a key of its own, which the master key seals; shown and noted, erased with the key.

Each statement is a transaction of its own, so that nobody is shown a person without being noted.
"""

from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from auctions.domain.errors import Refused
from auctions.domain.person import Person
from auctions.store.sealing import NotOpened, new_key, opened, seal

ENTER = """WITH kept AS (
        INSERT INTO auctions.persons AS p (office, reference, name, identity_no, contact, made_by)
        VALUES (%(office)s, %(reference)s, %(name)s, %(identity_no)s, %(contact)s, %(actor)s)
        ON CONFLICT (office, reference) DO UPDATE SET made_at = now(), made_by = excluded.made_by,
            name = excluded.name, identity_no = excluded.identity_no, contact = excluded.contact
        WHERE p.erased_at IS NULL RETURNING office, reference)
    INSERT INTO auctions.person_keys (office, reference, key) SELECT office, reference, %(key)s FROM kept
    ON CONFLICT (office, reference) DO UPDATE SET key = excluded.key RETURNING reference"""
"""Enters a person, or anew under a new key; no row where the person was erased."""
READ = """WITH found AS (
        SELECT office, reference, name, identity_no, contact, key, made_at, erased_at, erased_reason
        FROM auctions.persons LEFT JOIN auctions.person_keys USING (office, reference)
        WHERE office = %(office)s AND reference = %(reference)s),
    noted AS (
        INSERT INTO auctions.person_reads (office, reference, actor, actor_office, role, reason, request_id)
        SELECT office, reference, %(actor)s, %(actor_office)s, %(role)s, %(reason)s, %(request_id)s
        FROM found WHERE erased_at IS NULL)
    SELECT * FROM found"""
"""Notes who reads, and gives what is sealed; nothing is noted where nothing is left to be shown."""
ERASE = """WITH erased AS (
        UPDATE auctions.persons SET name = NULL, identity_no = NULL, contact = NULL,
            erased_at = now(), erased_by = %(actor)s, erased_reason = %(reason)s
        WHERE office = %(office)s AND reference = %(reference)s AND erased_at IS NULL
        RETURNING office, reference),
    gone AS (
        DELETE FROM auctions.person_keys k USING erased e
        WHERE (k.office, k.reference) = (e.office, e.reference))
    SELECT reference FROM auctions.persons WHERE office = %(office)s AND reference = %(reference)s"""
"""Erases a person's key and what it opens, once; no row where the office keeps none."""
FIND = "SELECT reference FROM auctions.persons WHERE office = %(office)s AND reference = %(reference)s"
READS = """SELECT read_no, json_build_object('read_at', read_at, 'actor', actor, 'actor_office', actor_office,
        'role', role, 'reason', reason, 'request_id', request_id)::text
    FROM auctions.person_reads
    WHERE office = %(office)s AND reference = %(reference)s AND read_no > %(after)s
    ORDER BY read_no LIMIT %(limit)s"""
"""Who was shown a person, in order, after a number: the number and its JSON."""

_KEYS = "SELECT office, reference, key FROM auctions.person_keys FOR UPDATE"
_REWRAP = "UPDATE auctions.person_keys SET key = %s WHERE office = %s AND reference = %s"
_KEY = "person_keys"


class Kept(NamedTuple):
    """A person as READ gives it: sealed, or erased when and why."""

    office: str
    reference: str
    name: bytes | None
    identity_no: bytes | None
    contact: bytes | None
    key: bytes | None
    made_at: datetime
    erased_at: datetime | None
    erased_reason: str | None


def sealed(master: bytes, office: str, reference: str, person: Person) -> dict[str, str | bytes | None]:
    """Return a person under a new key, as ENTER takes it."""
    key = new_key()
    fields = {
        name: None if value is None else seal(key, value.encode(), "persons", office, reference, name)
        for name, value in person.model_dump().items()
    }
    wrapped = seal(master, key, _KEY, office, reference, "key")
    return {"office": office, "reference": reference, "key": wrapped, **fields}


def shown(master: bytes, kept: Kept) -> Person:
    """Return the person. Raises Refused for one erased, and where the keys do not open it."""
    if kept.erased_at:
        raise Refused("person-erased", f"erased on {kept.erased_at:%Y-%m-%d}: {kept.erased_reason}")
    row = kept.office, kept.reference
    try:
        key = opened(master, kept.key or b"", _KEY, *row, "key")
        return Person(
            **{
                name: opened(key, value, "persons", *row, name).decode()
                for name in Person.model_fields
                if (value := getattr(kept, name)) is not None
            }
        )
    except NotOpened as error:
        raise Refused("person-unreadable", f"{error}: see AUCTIONS_PERSONS_KEY_FILE") from error


def there(row: tuple[Any, ...] | None, reference: str) -> tuple[Any, ...]:
    """Return the row of a person. Raises Refused where there is none."""
    if row is None:
        raise Refused("person-not-found", f"no person {reference} is kept by this office")
    return row


def not_erased(row: tuple[Any, ...] | None, reference: str) -> None:
    """Do nothing where ENTER gave a row. Raises Refused where the person was erased."""
    if row is None:
        raise Refused("person-erased", f"{reference} was erased and stays so: enter another reference")


def rewrap(own: psycopg.Connection[Any], old: bytes, new: bytes) -> int:
    """Seal the key of every person by a new master key; return how many. Raises NotOpened, and seals none."""
    with own.transaction():
        rows = own.execute(_KEYS).fetchall()
        for office, reference, sealed_key in rows:
            key = opened(old, sealed_key, _KEY, office, reference, "key")
            own.execute(_REWRAP, [seal(new, key, _KEY, office, reference, "key"), office, reference])
    return len(rows)
