"""The log for programs: a JSON object a line, without the texts of errors."""

import json
import logging
import sys
from typing import Any

from auctions.cli.logs import JsonLines


def line(record: logging.LogRecord) -> dict[str, Any]:
    """What stands in the line of a record; the time apart, which must be UTC."""
    told: dict[str, Any] = json.loads(JsonLines().format(record))
    assert told.pop("time").endswith("+00:00")
    return told


def record(message: str, *args: object, **more: Any) -> logging.LogRecord:  # noqa: ANN401 - what logging takes
    return logging.getLogger("auctions.api").makeRecord(
        "auctions.api", logging.WARNING, "api.py", 1, message, args, **{"exc_info": None, **more}
    )


def test_a_line_is_one_object_whatever_the_message_holds() -> None:
    told = line(record("two\nlines of %s", 'a "name"\x1b'))
    assert told == {"level": "warning", "logger": "auctions.api", "message": 'two\nlines of a "name"\x1b'}
    assert "\n" not in JsonLines().format(record("two\nlines"))


def test_a_request_has_its_fields_beside_the_message() -> None:
    told = line(record("request", extra={"request": {"path": "/v1/assets", "status": 200}}))
    assert (told["message"], told["path"], told["status"]) == ("request", "/v1/assets", 200)


def test_an_error_is_told_by_class_and_place_and_not_by_its_text() -> None:
    try:
        {"Trần Thị B": 1}["Nguyễn Văn A"]
    except KeyError:
        told = line(record("request %s failed", "r1", exc_info=sys.exc_info()))
    assert told["error"] == "builtins.KeyError"
    assert told["at"][-1].endswith(test_an_error_is_told_by_class_and_place_and_not_by_its_text.__name__)
    assert "Nguy" not in json.dumps(told, ensure_ascii=False)
