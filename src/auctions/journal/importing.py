"""A register into the log: every bad row reported, recorded whole or in its possible part."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from auctions.application.recording import Actor, load
from auctions.domain.asset.events import asset_id
from auctions.journal.deciding import Decided, decide
from auctions.journal.form import parse
from auctions.journal.problems import OF_THE_FILE, Problem
from auctions.journal.rows import Row
from auctions.journal.spool import Asset, Spool
from auctions.store.port import Store, Transaction
from auctions.store.quarantine import SetAside

_BATCH = 2_000
"""Rows decided and recorded at a time; with quarantine each batch is a transaction of its own."""


class Mode(StrEnum):
    """What becomes of a register with refused rows."""

    DRY_RUN = "dry-run"
    ALL_OR_NOTHING = "all-or-nothing"
    QUARANTINE = "quarantine"
    POSSIBLE = "possible part"
    """As with quarantine, for rows that are there already."""


class Report(NamedTuple):
    """What became of a register: counts of rows and assets, and every problem by row.

    In a dry run `recorded` is what would have been. `kept` tells whether anything was to be recorded or set
    aside in the end.
    """

    rows: int
    recorded: int
    already: int
    refused: int
    assets: int
    problems: list[Problem]
    kept: bool


Progress = Callable[[str, float], None]
"""Takes the phase, reading, deciding or recording, and the part of it that is done, 0 to 1."""


class _Undo(Exception):  # noqa: N818 - carries nothing, takes the transaction back
    pass


class Import:
    """One run over a register's rows."""

    def __init__(
        self,
        store: Store,
        by: Actor,
        mode: Mode,
        source: str,
        progress: Progress,
        *,
        import_id: UUID | None = None,
    ) -> None:
        """Take where to, by whom, how, and what the register is called in the quarantine.

        Of an actor with an office only the files of that office are imported. `import_id` is that of a
        register that was sent in.
        """
        self.store, self.by, self.mode, self.source, self.progress = store, by, mode, source, progress
        self.import_id = import_id
        self.problems: dict[int, list[Problem]] = defaultdict(list)
        self.refused: dict[int, dict[str, Any]] = {}
        self.broken: dict[str, set[str]] = defaultdict(set)
        self.sound = True
        self.kept = False
        self.rows = self.recorded = self.already = self.assets = 0

    def run(self, rows: Iterable[Row | Problem]) -> Report:
        """Read, decide and record. Raises NoDatabase, ImportCancelled.

        Of an all-or-nothing import that did not end nothing is recorded, of another one whole batches.
        """
        with Spool() as spool:
            self._read(rows, spool)
            self._assign_offices(spool)
            if self.mode in {Mode.QUARANTINE, Mode.POSSIBLE} and self.sound:
                self._record_batches(spool)
            else:
                self._record_whole(spool)
        if self.mode is not Mode.DRY_RUN and not self.kept:
            self.recorded = 0
        problems = [problem for _, group in sorted(self.problems.items()) for problem in group]
        counts = (self.rows, self.recorded, self.already, len(self.refused), self.assets)
        return Report(*counts, problems, self.kept)

    def _read(self, rows: Iterable[Row | Problem], spool: Spool) -> None:
        for row in rows:
            if isinstance(row, Problem):
                self._refuse_unread(row)
                continue
            self.rows += 1
            parsed = parse(row)
            if isinstance(parsed, list):
                self._refuse_unit(row)
                for problem in parsed:
                    self._refuse(problem, row.cells)
            else:
                spool.add(row, parsed)

    def _refuse_unread(self, problem: Problem) -> None:
        if problem.code in OF_THE_FILE:
            self.sound = False
            self.problems[problem.row].append(problem)
        else:
            self.rows += 1
            self._refuse(problem, {})

    def _refuse_unit(self, row: Row) -> None:
        """Let what is recorded together with a row that has no right shape be refused too."""
        asset_ref, together = (str(row.cells.get(name, "")).strip() for name in ("asset_ref", "together"))
        if together:
            self.broken[asset_ref].add(together)

    def _refuse(self, problem: Problem, cells: dict[str, Any]) -> None:
        self.problems[problem.row].append(problem)
        self.refused[problem.row] = cells

    def _assign_offices(self, spool: Spool) -> None:
        open_refs = {asset_ref: offices for asset_ref, offices in spool.offices() if "" in offices}
        known = {asset_ref: set(filter(None, offices)) for asset_ref, offices in open_refs.items()}
        for asset_ref, office in self.store.seizures(list(known)):
            known[asset_ref].add(office)
        for asset_ref, offices in known.items():
            if len(offices) == 1:
                spool.assign(asset_ref, *offices)
        for row, asset_ref, cells in spool.unassigned():
            problem = _without_office(row, asset_ref, sorted(known[asset_ref]))
            self._refuse(problem._replace(entry=cells.get("entry")), cells)

    def _record_whole(self, spool: Spool) -> None:
        batches = self._batches(spool)
        if self.mode is Mode.ALL_OR_NOTHING and not self.problems:
            self.kept = True
            try:
                with self.store.transaction() as transaction, ThreadPoolExecutor(1) as writer:
                    self._record_ahead(batches, transaction, writer)
            except _Undo:
                self.kept = False
        for batch in batches:
            self._decide(batch)

    def _record_ahead(
        self, batches: Iterator[list[Asset]], transaction: Transaction, writer: ThreadPoolExecutor
    ) -> None:
        """Decide a batch while the one before is being written."""
        written: Future[object] | None = None
        for batch in batches:
            commands = [command for each in self._decide(batch) for command in each.commands]
            if written:
                written.result()
            if self.problems:
                raise _Undo
            written = writer.submit(transaction.append_all, commands)
        if written:
            written.result()
        self._tell_recorded(transaction, self.recorded)

    def _record_batches(self, spool: Spool) -> None:
        self.kept = True
        with self.store.transaction() as transaction:
            self._keep(transaction, self.refused)
        for batch in self._batches(spool):
            with self.store.transaction() as transaction:
                before, decided = self.recorded, self._decide(batch)
                transaction.append_all([command for each in decided for command in each.commands])
                self._tell_recorded(transaction, self.recorded - before)
                self._keep(transaction, {row.row: row.cells for each in decided for row, _ in each.refused})

    def _keep(self, transaction: Transaction, refused: dict[int, dict[str, Any]]) -> None:
        if self.mode is Mode.QUARANTINE:
            transaction.set_aside([self._set_aside(row, cells) for row, cells in refused.items()])

    def _tell_recorded(self, transaction: Transaction, entries: int) -> None:
        if self.import_id:
            transaction.tell_recorded(self.import_id, entries)

    def _decide(self, batch: Sequence[Asset]) -> list[Decided]:
        files = load(self.store, [asset.stream_id for asset in batch])
        decided = [
            decide(asset, files[asset.stream_id], self.by, self.broken.get(asset.asset_ref, ()))
            for asset in batch
        ]
        for each in decided:
            self.recorded += sum(len(command.entries) for command in each.commands)
            self.already += len(each.already)
            for row, problem in each.refused:
                self._refuse(problem, row.cells)
        return decided

    def _batches(self, spool: Spool) -> Iterator[list[Asset]]:
        batch: list[Asset] = []
        total, done, size = max(1, len(spool)), 0, 0
        for asset in spool.assets():
            self.assets += 1
            batch.append(asset)
            size += len(asset.rows)
            if size >= _BATCH:
                yield batch
                done, size, batch = done + size, 0, []
                self._tell(done / total)
        if batch:
            yield batch
        self._tell(1.0)

    def _tell(self, done: float) -> None:
        self.progress("recording" if self.kept else "deciding", done)

    def problems_of(self, row: int) -> list[dict[str, Any]]:
        """Return what was wrong with a row, as the quarantine keeps it."""
        return [
            {"column": problem.column, "code": problem.code, "message": problem.message}
            for problem in self.problems[row]
        ]

    def _set_aside(self, row: int, cells: dict[str, Any]) -> SetAside:
        identity = json.dumps([self.by.office, self.source, row, cells], sort_keys=True)
        quarantine_id = uuid5(asset_id("quarantine", self.source), identity)
        asset_ref = cells.get("asset_ref")
        told = (asset_ref and str(asset_ref), cells, self.problems_of(row), self.by.office)
        return SetAside(quarantine_id, self.source, row, *told)


def _without_office(row: int, asset_ref: str, offices: Sequence[str]) -> Problem:
    if offices:
        message = f"the reference is one of {', '.join(offices)}: name the office in its column"
        return Problem(row, "office", "ambiguous-asset", message, asset_ref)
    message = "neither a row of the file nor anything recorded seizes this asset"
    return Problem(row, "asset_ref", "not-seized", message, asset_ref)
