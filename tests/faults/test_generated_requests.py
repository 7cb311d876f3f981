"""Requests that schemathesis makes of the description, as it wants them and not, are answered as it says.

AUCTIONS_GENERATED_CASES says how many there are at least, beside those at the bounds of the description,
which are always sent. Streams that never end are asked for by the header Accept, which nobody varies here:
tests/web/test_change_streams.py.
"""

import json
import os
import threading
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from requests import Session
from schemathesis import Case, SerializationContext

from api.list_xlsx import XLSX
from projections.runner import Runner
from tests.faults.generated import Sender
from tests.faults.hostile import until
from tests.journeys.databases import created
from tests.web.register import recorded
from tests.web.serving import serving

_LEAST = int(os.environ.get("AUCTIONS_GENERATED_CASES", "1500"))
_DESCRIBED = json.loads((Path(__file__).parent.parent / "web" / "openapi.json").read_text("utf-8"))
_OPERATIONS = sum(map(len, _DESCRIBED["paths"].values()))
_REFUSED = [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 503]
_CHECKS = {
    "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", 503]},
    "positive_data_acceptance": {"enabled": False},  # the sender looks at it more closely
    "negative_data_rejection": {"expected-statuses": _REFUSED},
    "missing_required_header": {"expected-statuses": _REFUSED},
}
_FILES = {  # which ask what the lists do, whose bounds are tried
    "include-path-regex": r"\.(csv|xlsx|jsonl|geojson|svg|ics)$",
    "phases": {"coverage": {"enabled": False}},
}
_CONFIG = schemathesis.Config.from_dict({"checks": _CHECKS, "operations": [_FILES]})
_SCHEMA = schemathesis.openapi.from_dict(_DESCRIBED, config=_CONFIG)

# no schema bounds a day: those before 1900 and after 2999 are refused
schemathesis.openapi.format("date", st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(str))
_MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2999, 12, 30))  # noqa: DTZ001 - its offset comes after it
schemathesis.openapi.format("date-time", _MOMENTS.map(lambda moment: f"{moment.isoformat()}+07:00"))


@schemathesis.serializer(
    "text/csv", "text/tab-separated-values", "application/x-ndjson", "application/jsonl", XLSX
)
def as_it_is(_context: SerializationContext, value: object) -> bytes:
    """Registers are sent as the bytes they are."""
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture(scope="module")
def sender(server: str, template: str) -> Iterator[Sender]:
    """Who sends requests to a service on a register of its own, whose runner reads all that is recorded."""
    with created(server, template) as url:
        ids = recorded(url)
        runner = Runner(url)
        working = threading.Thread(target=runner.run)
        working.start()
        with serving(url, patience=0.2) as service, Session() as session:
            sender = Sender(url, service, session, ids)
            yield sender
            until(sender.all_is_read)
        runner.stop()
        working.join()


# threads of the service, which runs in this process, may draw random numbers while a request is made
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@_SCHEMA.parametrize()
@settings(
    max_examples=1 + _LEAST // _OPERATIONS,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_a_generated_request_is_answered_as_described(sender: Sender, case: Case[Any]) -> None:
    sender.send(case)
