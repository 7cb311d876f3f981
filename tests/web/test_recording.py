"""Commands that wait are recorded together, and one that fails keeps none of the others from it."""

import asyncio
from uuid import uuid4

import psycopg

from api.recording import Given, Recording
from api.who import Who
from auctions.application.recording import Outcome
from auctions.domain.asset.events import asset_id
from tests.unit.given import entry
from tests.web.register import LAND, OFFICE, filed

CLERK = Who("clerk", OFFICE, "coordinator")


def recorded(recording: Recording, refs: list[str]) -> "list[Outcome | BaseException]":
    """What becomes of a seizure of each asset; those after the first two wait, and are one group."""

    async def told() -> "list[Outcome | BaseException]":
        asked = [
            recording.recorded(
                Given(CLERK, uuid4(), as_found=True),
                asset_id(OFFICE, ref),
                [entry("seized", 1, asset_ref=ref)],
                None,
                "",
            )
            for ref in refs
        ]
        found = await asyncio.gather(*asked, return_exceptions=True)
        await recording.close()
        return found

    return asyncio.run(told())


def test_a_file_that_cannot_be_read_keeps_no_other_of_its_group_from_being_recorded(database: str) -> None:
    filed(database)
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("ALTER TABLE auctions.events DISABLE TRIGGER events_stay")
        own.execute("UPDATE auctions.events SET topic = 'asset.of_tomorrow' WHERE position = 1")
    told = recorded(Recording(database), ["TS-7", "TS-8", LAND, "TS-9"])
    assert [isinstance(each, Outcome) for each in told] == [True, True, False, True]
