"""What an office's book holds: every file it has or had, by its last entry then; since when it is open."""

import hashlib
from uuid import UUID

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import books
from projections.books import Book, book
from tests.contract.registers import add, head, seized, write
from tests.unit.given import day, entry, struck

_LEAF = "SELECT encode(leaf, 'hex') FROM auctions.entries WHERE stream_id = %s AND entry_no = %s"


def held(url: str, office: str, known_at: int, after: int = 0) -> Book:
    with connection(url) as own:
        return book(own, office, known_at, day(after), lambda _done, _of: None)


def digest(admin: psycopg.Connection, *versions: tuple[UUID, int]) -> str:
    """The SHA-256 of the lines of files at versions, read from the log as auditors see it."""
    leaves = [(file, no, *(admin.execute(_LEAF, [file, no]).fetchone() or ())) for file, no in versions]
    lines = sorted(f"{file} {no} {leaf}\n" for file, no, leaf in leaves)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@pytest.mark.parametrize("batch", [1, 1000])
def test_a_book_holds_the_files_of_an_office_by_their_last_entries_then(
    database: str,
    store: PostgresStore,
    admin: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    batch: int,
) -> None:
    monkeypatch.setattr(books, "_FILES", batch)
    first, second = write(store, seized("TS-1"), "appraised"), write(store, seized("TS-2", 8))
    write(store, seized("TS-3", office="KV-5"), "appraised")
    known = head(database)
    assert held(database, "KV-3", known) == Book(2, 3, digest(admin, (first, 2), (second, 1)), day(1))
    add(store, first, entry("cost_accrued", 30))
    write(store, seized("TS-4"))
    assert held(database, "KV-3", known) == Book(2, 3, digest(admin, (first, 2), (second, 1)), day(1))
    assert held(database, "KV-3", known + 1) == Book(2, 4, digest(admin, (first, 3), (second, 1)), day(1))


def test_a_file_stays_in_the_book_that_it_leaves_and_comes_into_the_next_one(
    database: str, store: PostgresStore, admin: psycopg.Connection
) -> None:
    moved = write(store, seized("TS-1"), "appraised")
    known = head(database)
    add(store, moved, entry("transferred", 6, to_office="KV-5"))
    add(store, moved, struck(3, on=7))
    assert held(database, "KV-5", known) == Book(0, 0, hashlib.sha256(b"").hexdigest(), None)
    left = Book(1, 4, digest(admin, (moved, 4)), day(1))
    assert [held(database, office, known + 2) for office in ("KV-3", "KV-5")] == [left, left]


def test_a_book_is_open_since_its_first_entry_after_the_day_up_to_which_it_is_closed(
    database: str, store: PostgresStore
) -> None:
    write(store, seized("TS-1", 3), entry("appraised", 5))
    late = write(store, seized("TS-2", 9))
    known = head(database)
    add(store, late, entry("cost_accrued", 20))
    opened = [held(database, "KV-3", known, after).open_since for after in (2, 3, 5, 9)]
    assert opened == [day(3), day(5), day(9), None]
    assert held(database, "KV-3", known + 1, 9).open_since == day(20)


def test_how_far_a_book_is_read_is_told_file_by_file(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "_FILES", 2)
    for number in range(3):
        write(store, seized(f"TS-{number}"))
    told: list[tuple[int, int]] = []
    with connection(database) as own:
        book(own, "KV-3", head(database), day(0), lambda done, of: told.append((done, of)))
    assert told == [(2, 3), (3, 3)]
