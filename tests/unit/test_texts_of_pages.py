"""Every text of the pages is there in Vietnamese, once, with the same places for values, and is used."""

import re
from collections import Counter
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from api.pages.words import vietnamese

PAGES = Path(str(files("api.pages")))
PLACES = re.compile(r"%\(\w+\)s")


def used() -> set[str]:
    """The English texts in templates and in code."""
    methods = [
        ("**/*.html", "jinja2.ext:babel_extract"),
        ("**.html", "jinja2.ext:babel_extract"),
        ("**.py", "python"),
    ]
    options = {"**.html": {"newstyle_gettext": "true", "trim_blocks": "true", "silent": "false"}}
    found = extract_from_dir(
        PAGES, methods, options, keywords={"_": None, "gettext": None, "ngettext": (1, 2), "marked": None}
    )
    texts: set[str] = set()
    for _, _, message, _, _ in found:
        texts.update([message] if isinstance(message, str) else message)
    return texts


def test_every_text_is_there_in_vietnamese() -> None:
    assert sorted(used() - set(vietnamese())) == []


def test_every_translation_is_of_a_text_in_use() -> None:
    assert sorted(set(vietnamese()) - used()) == []


def test_a_translation_has_the_same_places_for_values() -> None:
    wrong = [
        english
        for english, said in vietnamese().items()
        if Counter(PLACES.findall(english)) != Counter(PLACES.findall(said)) or not said
    ]
    assert wrong == []


def test_a_text_is_translated_in_one_file_alone() -> None:
    told = Counter(
        str(message.id)
        for file in PAGES.joinpath("texts").glob("*.po")
        for message in read_po(BytesIO(file.read_bytes()))
        if message.id
    )
    assert [text for text, times in told.items() if times > 1] == []
