"""The README of the rules is true: its example of another country is read and judges as it says."""

import doctest
import re
from importlib.resources import files

from auctions.rules.rulebook import Rule

TEXT = files("auctions.rules").joinpath("README.md").read_text(encoding="utf-8")


def test_its_worked_example_runs() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    parsed = doctest.DocTestParser().get_doctest(TEXT, {"example": example}, "README.md", None, None)
    found = doctest.DocTestRunner().run(parsed)
    assert found.attempted > 5
    assert found.failed == 0


def test_it_tells_of_every_field_of_a_rule() -> None:
    fields = {field.alias or name for name, field in Rule.model_fields.items()}
    (table,) = re.findall(r"\| field \| what \|\n(.*?)\n\n", TEXT, re.DOTALL)
    first_cells = [line.split("|")[1] for line in table.splitlines()[1:]]
    assert set(re.findall(r"`(\w+)`", " ".join(first_cells))) == fields
