"""The signer as it follows the log: told by a notice, or else it looks once a second."""

import logging
import threading
from typing import Any

import psycopg

from auctions.evidence.comparing import Progress
from auctions.evidence.sequencing import Sequencer
from auctions.store.connect import NoDatabase, signer_connection

_POLL = 1.0
"""Seconds between looks at the log when no notice comes, and between tries for a lost database."""
_LOG = logging.getLogger(__name__)


def sign_all(url: str, sequencer: Sequencer, progress: Progress) -> None:
    """Sign all that is recorded. Raises NoDatabase, and as Sequencer.take_up does."""
    with signer_connection(url) as own:
        sequencer.take_up(own, progress)
        while sequencer.advance(own):
            pass


def follow(url: str, sequencer: Sequencer, stopping: threading.Event) -> None:
    """Sign what is recorded until it is to stop; a lost database is waited out, and then compared anew.

    Raises as Sequencer.take_up does.
    """
    told = ""
    while not stopping.is_set():
        try:
            with signer_connection(url) as own:
                own.execute("LISTEN auctions_entries")
                sequencer.take_up(own)
                told = ""
                _follow(own, sequencer, stopping)
        except (NoDatabase, psycopg.OperationalError, psycopg.InterfaceError) as error:
            if str(error) != told:
                told = str(error)
                _LOG.warning("the signer tries again: %s", told.partition("\n")[0])
            stopping.wait(_POLL)


def _follow(own: psycopg.Connection[Any], sequencer: Sequencer, stopping: threading.Event) -> None:
    while not stopping.is_set():
        if not sequencer.advance(own):
            for _ in own.notifies(timeout=_POLL, stop_after=1):
                pass
