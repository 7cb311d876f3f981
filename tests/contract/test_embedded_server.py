"""The embedded server, on real PostgreSQL processes."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from auctions.store.embedded import NoDatabase, alive, binaries, start, stop, url


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    yield folder
    stop(folder)


@pytest.fixture
def open_home() -> Iterator[Path]:
    """Give a home that every user reaches, where root's server runs as another user."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)
        stop(Path(made))


@pytest.fixture(params=["home", "open_home"])
def each_home(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def postmaster(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().split("\n")[0])


def ask(address: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def socket_folder(home: Path) -> Path:
    return Path(str(ask(url(home), "SHOW unix_socket_directories")[0][0]))


def record(home: Path, number: int) -> None:
    with psycopg.connect(url(home)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def kept(home: Path) -> list[tuple[object, ...]]:
    return ask(url(home), "SELECT number FROM kept ORDER BY number")


def test_a_first_start_answers_and_a_second_finds_the_same_server(each_home: Path) -> None:
    address = start(each_home)
    first = postmaster(each_home)
    assert ask(address, "SELECT 1") == [(1,)]
    assert (start(each_home), postmaster(each_home)) == (address, first)


def test_the_server_keeps_what_was_committed_through_power_loss(home: Path) -> None:
    address = start(home)
    settings = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums", "server_encoding")
    said = [ask(address, f"SHOW {setting}")[0][0] for setting in settings]
    assert said == ["on", "on", "on", "on", "UTF8"]


def test_ten_racing_starters_make_one_server(home: Path) -> None:
    program = (
        "import sys, pathlib; from auctions.store.embedded import start; start(pathlib.Path(sys.argv[1]))"
    )
    starters = [subprocess.Popen([sys.executable, "-c", program, home]) for _ in range(10)]
    assert [starter.wait(30) for starter in starters] == [0] * 10
    # The starters are gone; their one server is not.
    assert alive(home)
    assert (home / "postgres.log").read_text().count("starting PostgreSQL") == 1


@pytest.mark.parametrize("pause", [False, True], ids=["at-once", "after-its-processes-are-gone"])
def test_after_a_kill_a_start_recovers_what_was_committed(each_home: Path, *, pause: bool) -> None:
    start(each_home)
    record(each_home, 1)
    with psycopg.connect(url(each_home)):  # a session that outlives the postmaster for a moment
        os.kill(postmaster(each_home), signal.SIGKILL)
        if pause:
            stop(each_home)
        start(each_home)
    record(each_home, 2)
    assert kept(each_home) == [(1,), (2,)]


def test_a_dead_servers_number_used_by_another_program_is_no_hindrance(each_home: Path) -> None:
    start(each_home)
    record(each_home, 1)
    stop(each_home)
    # The server's own user runs a program that has got the number in the file.
    owner = (each_home / "postgres").stat()
    other = subprocess.Popen(["sleep", "60"], user=owner.st_uid if os.geteuid() == 0 else None)
    left = each_home / "postgres" / "postmaster.pid"
    left.write_text(f"{other.pid}\n{each_home}/postgres\n1\n5432\n{each_home}/postgres\n\n 1 1\n")
    os.chown(left, owner.st_uid, owner.st_gid)
    try:
        start(each_home)
        assert kept(each_home) == [(1,)]
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_server_stopped_and_started_again_keeps_its_data(home: Path) -> None:
    assert not stop(home)
    start(home)
    record(home, 1)
    assert stop(home)
    assert not alive(home)
    assert not stop(home)
    start(home)
    assert kept(home) == [(1,)]


def test_what_a_starter_that_died_left_unfinished_is_made_anew(home: Path) -> None:
    (home / "postgres.new" / "base").mkdir(parents=True)
    assert ask(start(home), "SELECT 1") == [(1,)]
    assert not (home / "postgres.new").exists()


@pytest.mark.parametrize("name", ["thi-hanh-an-" * 10, "thi hành án, 2024"])
def test_a_home_no_socket_can_lie_in_gets_a_short_private_folder(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    try:
        assert ask(start(home), "SELECT 1") == [(1,)]
        folder = socket_folder(home)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.owner() == (home / "postgres").owner()
    finally:
        stop(home)
    folder.rmdir()


def test_a_folder_that_somebody_else_put_in_the_sockets_place_is_refused(tmp_path: Path) -> None:
    home = tmp_path / ("thi-hanh-an-" * 10)
    start(home)
    folder = socket_folder(home)
    stop(home)
    folder.rmdir()
    folder.symlink_to(home)
    try:
        with pytest.raises(NoDatabase, match=r"is not private .* remove it"):
            start(home)
    finally:
        stop(home)
        folder.unlink()


def test_the_server_is_reached_only_through_a_socket_in_a_private_folder(home: Path) -> None:
    assert ask(start(home), "SHOW listen_addresses") == [("",)]
    assert stat.S_IMODE(socket_folder(home).stat().st_mode) == 0o700


def test_the_server_of_a_home_closed_to_others_starts_too(home: Path) -> None:
    home.mkdir(mode=0o700)
    assert ask(start(home), "SELECT 1") == [(1,)]
    assert (home / "postgres").stat().st_uid == os.geteuid()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_missing_programs_are_told_in_a_line_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUCTIONS_PG_BIN", str(tmp_path))
    with pytest.raises(NoDatabase, match="set AUCTIONS_PG_BIN to their folder") as told:
        binaries()
    assert "\n" not in str(told.value)


def test_data_of_another_major_version_is_told_and_left_alone(home: Path) -> None:
    start(home)
    stop(home)
    (home / "postgres" / "PG_VERSION").write_text("14\n")
    with pytest.raises(NoDatabase, match=r"is of PostgreSQL 14.*set AUCTIONS_PG_BIN") as told:
        start(home)
    assert "\n" not in str(told.value)


def test_a_server_that_cannot_start_is_told_with_its_log(home: Path) -> None:
    start(home)
    stop(home)
    (home / "postgres" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(NoDatabase, match=r"did not start: read the end of .*postgres\.log"):
        start(home)


def test_a_home_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(NoDatabase, match="set AUCTIONS_HOME"):
        start(tmp_path / "home")
