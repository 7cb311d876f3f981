"""The log of the process as JSON lines on standard error, for programs that gather logs."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

_ENCODER = json.JSONEncoder(default=str)


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, and the fields of a request.

    Of an error it tells the class and the places in the code, never its text: that may name persons.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        moment = datetime.fromtimestamp(record.created, UTC)
        told = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "request", {}),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            told |= {"error": f"{type(error).__module__}.{type(error).__qualname__}", "at": _places(error)}
        return _ENCODER.encode(told)


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def write_json_lines() -> None:
    """Let everything that is logged go to standard error as JSON lines: warnings, errors, requests."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("auctions").setLevel(logging.INFO)
