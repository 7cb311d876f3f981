"""A read model is built anew under writers, by another runner, or twice at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from threading import Event

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log, tracking
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import differences, head, interleaved, lived, oid, refs, running, seeded

ASSETS, FINDINGS = read_models()["assets"], read_models()["findings"]


@contextmanager
def writing(store: PostgresStore) -> Iterator[None]:
    """Two writers who write entries of random lives, one after the other, until the end of the block,
    1,600 entries at most."""
    stop = Event()

    def work(seed: int) -> int:
        random = seeded(seed)
        files = (lived(random, f"TS-{seed}-{number}") for number in range(40))
        recorded = 0
        for file in files:
            for asked in interleaved(random, [file]):
                store.append(asked)
                recorded += 1
                if stop.is_set():
                    return recorded
        return recorded

    with ThreadPoolExecutor(2) as threads:
        writers = [threads.submit(work, seed) for seed in (1, 2)]
        yield
        stop.set()
        assert all(writer.result(10) for writer in writers)


@pytest.mark.parametrize("with_runner", [False, True])
def test_a_rebuild_under_writers_differs_in_nothing_and_the_old_one_answers_meanwhile(
    database: str,
    store: PostgresStore,
    monkeypatch: pytest.MonkeyPatch,
    with_runner: bool,  # noqa: FBT001 - a case of the table
) -> None:
    monkeypatch.setattr(log, "PAGE", 40)
    random = seeded(5)
    with store.transaction() as transaction:
        transaction.append_all(interleaved(random, [lived(random, f"TS-{number}") for number in range(30)]))
    runner = Runner(database)
    runner.catch_up()
    known, answers = len(refs(database)), []

    def ask(_done: int, _of: int) -> None:
        answers.append(len(refs(database)) >= known)

    def thrice() -> None:
        before = oid(database)
        for model in [ASSETS, FINDINGS, ASSETS]:
            start = head(database)
            assert rebuild(database, model, progress=ask) >= start
        assert oid(database) != before

    with writing(store), running(database, runner) if with_runner else nullcontext():
        thrice()
    Runner(database).catch_up()
    assert len(answers) > 10
    assert all(answers)
    assert differences(database) == {}
    with connection(database) as own:
        places = tracking.tracked(own, read_models())
    assert [place.position for place in places] == [head(database)] * len(read_models())


def test_two_rebuilds_at_once_come_one_after_the_other(database: str, store: PostgresStore) -> None:
    random = seeded(9)
    with store.transaction() as transaction:
        transaction.append_all(interleaved(random, [lived(random, f"TS-{number}") for number in range(10)]))
    Runner(database).catch_up()
    inside: list[str] = []

    def build(name: str) -> int:
        return rebuild(database, ASSETS, progress=lambda _done, _of: inside.append(name))

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(build, ["first", "second"])) == [head(database)] * 2
    turns = [name for at, name in enumerate(inside) if at == 0 or inside[at - 1] != name]
    assert sorted(turns) == ["first", "second"]
    assert differences(database) == {}
