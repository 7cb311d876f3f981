"""What sealing the register records: the files of all assets, the stock, the digest of the list issued."""

from typing import Any

import psycopg

from api.closing import committed, unsold_csv
from auctions.application.recording import today
from auctions.domain.register.events import RegisterSealed
from projections.books import whole_register
from projections.restatement import unsold
from projections.times import Times


def register_seal(connection: psycopg.Connection[Any], known_at: int) -> RegisterSealed:
    """Return what seals the register today, as known at a position that the read models have reached.

    It needs a transaction around it.
    """
    day = today()
    times = Times(day, known_at)
    held = whole_register(connection, known_at)
    return RegisterSealed(
        on=day,
        **committed(held, times, unsold(connection, times)),
        reports={"unsold.csv": unsold_csv(connection, times)},
    )
