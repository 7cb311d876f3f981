"""The verdict and its facts, for people line by line, for programs as JSON."""

import json
import sys
from io import TextIOWrapper

Facts = dict[str, object]
"""What is told, by name; a list tells of one thing a row, itself by name."""


def say(facts: Facts, *, as_json: bool) -> None:
    """Write the facts; those that are None are left to programs."""
    if isinstance(sys.stdout, TextIOWrapper):
        # names of logs may not be of the terminal's letters
        sys.stdout.reconfigure(errors="backslashreplace")
    lines = [line for name, fact in facts.items() if fact is not None for line in _lines(name, fact)]
    print(json.dumps(facts) if as_json else "\n".join(lines))  # noqa: T201 -- the answer of a command line


def _lines(name: str, fact: object) -> list[str]:
    words = name.replace("_", " ")
    if not isinstance(fact, list):
        return [f"{words}: {fact}"]
    if not any(isinstance(row, dict) for row in fact):
        return [f"{words}: {', '.join(fact) or 'none'}"]
    return [f"{words}: {len(fact)}", *(f"  {_row(row)}" for row in fact)]


def _row(row: Facts) -> str:
    told = {name: "; ".join(fact) if isinstance(fact, list) else fact for name, fact in row.items()}
    return ", ".join(
        f"{name.replace('_', ' ')} {fact}" for name, fact in told.items() if fact not in {None, ""}
    )
