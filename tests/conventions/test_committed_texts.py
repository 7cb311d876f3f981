import re
from collections.abc import Iterator, Mapping

import pytest

# Written so that no pattern matches its own line.
INDEX = re.compile(rb"pypi[.]org|python[h]osted|index[-_]url|files[.]pythonh", re.IGNORECASE)
MACHINE = re.compile(rb"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/")
NOQA = re.compile(rb"#\s*n[o]qa(?!: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*(?: --?|  #) \w)")
UNTYPED = re.compile(rb"#\s*type:\s*i[g]nore(?!\[[\w, -]+\]  # \w)")


def places(pattern: re.Pattern[bytes], texts: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in texts.items():
        for number, line in enumerate(content.splitlines(), 1):
            if pattern.search(line):
                yield f"{name}:{number}"


def texts(files: Mapping[str, bytes], *suffixes: str) -> dict[str, bytes]:
    return {
        name: content for name, content in files.items() if b"\0" not in content and name.endswith(suffixes)
    }


def test_no_committed_text_names_a_package_index(committed: dict[str, bytes]) -> None:
    assert list(places(INDEX, texts(committed, ""))) == []


def test_no_committed_text_holds_a_path_of_a_machine(committed: dict[str, bytes]) -> None:
    assert list(places(MACHINE, texts(committed, ""))) == []


def test_a_rule_is_waived_on_a_line_only_with_its_code_and_a_reason(committed: dict[str, bytes]) -> None:
    assert list(places(NOQA, texts(committed, ".py"))) == []


def test_a_type_is_waived_on_a_line_only_with_its_code_and_a_reason(committed: dict[str, bytes]) -> None:
    assert list(places(UNTYPED, texts(committed, ".py"))) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (INDEX, "https://" + "pypi" + ".org/simple"),
        (INDEX, "--extra-" + "index" + "-url x"),
        (MACHINE, "in " + "/home/" + "someone/auctions"),
        (MACHINE, '"' + "/work" + '/main/dev.py"'),
        (NOQA, "x = 1  # no" + "qa"),
        (NOQA, "x = 1  # no" + "qa: S603"),
        (UNTYPED, "x = y  # type: " + "ignore[arg-type]"),
    ],
)
def test_what_is_looked_for_is_found(pattern: re.Pattern[bytes], line: str) -> None:
    assert list(places(pattern, {"a": b"\n" + line.encode()})) == ["a:2"]


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE, "GET /v1/work/ and AUCTIONS_HOME"),
        (NOQA, "x()  # no" + "qa: S603, S607 -- starts git"),
        (UNTYPED, "x = y  # type: " + "ignore[arg-type]  # the library lies"),
    ],
)
def test_what_is_allowed_is_left_alone(pattern: re.Pattern[bytes], line: str) -> None:
    assert list(places(pattern, {"a": line.encode()})) == []
