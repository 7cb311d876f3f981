"""Tables show what was recorded as it was written."""

import pytest

from auctions.cli.common import print_json, print_table


def test_what_was_written_in_brackets_is_shown_and_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("Lô [1]", ("note",), [("xem [bản sao] và [/hồ sơ]",)])
    shown = capsys.readouterr().out
    assert "Lô [1]" in shown
    assert "xem [bản sao] và [/hồ sơ]" in shown


def test_json_holds_whatever_a_refused_row_held(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    print_json({"note": "\ud800", "amount": 10**30})
    assert capfdbinary.readouterr().out == b'{\n  "note": "\\ud800",\n  "amount": %d\n}\n' % 10**30
