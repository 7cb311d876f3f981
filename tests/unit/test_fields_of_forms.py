"""Every form's fields and choices, and every action that leads to a form, have words in both languages."""

from typing import get_args

import pytest

from api.pages.action_words import action, doer
from api.pages.recording.actions import forms_of
from api.pages.recording.fields import inputs
from api.pages.recording.titles import TITLES
from api.pages.words import capital
from auctions.domain.asset.next_actions import ACTIONS, Who


@pytest.mark.parametrize("entry", TITLES)
def test_every_field_and_every_choice_of_a_form_has_words(entry: str) -> None:
    english, vietnamese = ({each.name: each for each in inputs(entry, language)} for language in ("en", "vi"))
    unnamed = [name for name, each in english.items() if name in {each.label, vietnamese[name].label}]
    assert unnamed == []
    for name, each in vietnamese.items():
        assert [value for value, text in each.options if text == capital(value)] == [], name


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_has_words_and_forms(name: str) -> None:
    assert action(name, "en") != action(name, "vi")
    assert forms_of(name)


def test_everybody_who_acts_in_a_file_is_called_something() -> None:
    assert [who for who in get_args(Who) if doer(who, "en") == doer(who, "vi")] == []
