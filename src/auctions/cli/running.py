"""The runner of the read models in a process of its own."""

import signal
from types import FrameType

from auctions.cli.operating import lent_database, say, watched
from projections.filling import unhurried
from projections.runner import Runner


def run() -> None:
    """Keep the read models up to date without the API, beside `auctions serve --no-runner`.

    Several may run: one leads, the others wait to take its place. Ctrl-C or SIGTERM ends it.
    """
    with lent_database(unhurried) as url, watched(url, unhurried):
        runner = Runner(url)

        def end(_signal: int, _frame: FrameType | None) -> None:
            runner.stop()

        signal.signal(signal.SIGINT, end)
        signal.signal(signal.SIGTERM, end)
        say("keeping the read models up to date (Ctrl-C ends it)")
        runner.run()
