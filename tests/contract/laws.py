"""Offices that change their rules, and what is then found and due in their files."""

from contextlib import suppress
from random import Random
from uuid import uuid4

from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import AssetEntry
from auctions.domain.errors import Refused
from auctions.domain.event import Envelope
from auctions.domain.office.events import LimitOverridden, OfficeEntry, RulebookChosen, office_id
from auctions.store.connect import connection
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from projections.times import NOW
from tests.contract.registers import seized
from tests.unit.given import day, entry, fitting, given, struck, when
from tests.unit.situations import FAILED

CUT = entry("price_reduced", 5, to_price=900_000_000, decided_by="agreement")
"""A reduction by 10 %, lawful in Vietnam after the failed round it follows."""


def failed_and_cut(ref: str, *after: AssetEntry, office: str = "KV-3") -> tuple[str | AssetEntry, ...]:
    """The steps of a file whose only round failed, and whose price was then cut by 10 %."""
    return (seized(ref, office=office), *FAILED[1:], CUT, *after)


def limit(office: str, percent: int, rule: str = "FAIL-03", effective_on: int = 0) -> LimitOverridden:
    """The office's own limit, from a day of the example on."""
    fields = {"rule": rule, "limit": percent, "effective_on": day(effective_on), "reason": "directive 5"}
    return LimitOverridden.model_validate({"on": day(100), "office": office} | fields)


def book(office: str, rulebook: str) -> RulebookChosen:
    return RulebookChosen(on=day(100), office=office, rulebook=rulebook)


def change_rules(store: PostgresStore, *asked: OfficeEntry) -> int:
    """Record further entries of an office's file, past its decider; return the position of the last."""
    stream_id = office_id(asked[0].office)
    version = len(store.read([stream_id])[stream_id])
    envelope = Envelope("head", asked[0].office, "administrator", uuid4())
    return store.append(Command(stream_id, version, asked, envelope)).positions[-1]


def found(url: str) -> list[tuple[str, int, str]]:
    """Return reference, number of the entry and rule of every finding."""
    query = f"""SELECT asset_ref, (item::json ->> 'entry_no')::int, rule FROM findings
        WHERE {NOW.holding("findings")} ORDER BY asset_ref, number"""  # noqa: S608 - a constant
    with connection(url) as own:
        return own.execute(query.encode()).fetchall()


def due(url: str) -> list[tuple[str, str, str | None]]:
    """Return reference, action and rule of everything that must or may happen next."""
    with connection(url) as own:
        return own.execute(
            "SELECT asset_ref, action, rule FROM next_actions ORDER BY asset_ref, number"
        ).fetchall()


def unsold(random: Random, ref: str, on: int = 1, **seizure: object) -> File:
    """A file of rounds that fail and cuts of any depth, decided by offices it goes to, some of it struck."""
    file = given(seized(ref, on, **seizure), "appraised")
    for then in range(3, 28, 5):
        when(file, fitting("round_announced", file.state, then))
        when(file, fitting("round_failed", file.state, then))
        to_price = (file.state.price or 0) * random.randrange(60, 98) // 100
        when(file, entry("price_reduced", then, to_price=to_price, decided_by="agreement"))
        with suppress(Refused):
            office = random.choice(["KV-3", "KV-5"])
            when(file, random.choice([entry("transferred", then, to_office=office), struck(file.version)]))
    return file
