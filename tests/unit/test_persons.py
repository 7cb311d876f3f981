"""What is known of a person is never told by accident."""

import pytest
from pydantic import ValidationError

from auctions.domain.person import Person

NAME, NUMBER = "Nguyễn Văn Mẫu", "001099000001"


def test_a_person_written_out_tells_nothing() -> None:
    person = Person(name=NAME, identity_no=NUMBER)
    assert not [word for word in (NAME, NUMBER) if word in f"{person} {person!r}"]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"name": NAME, "identity_no": 1}, "identity_no"),
        ({"name": f"{NAME}\0", "identity_no": NUMBER}, "name"),
        ({"identity_no": NUMBER}, "name"),
        ({"name": "", "identity_no": NUMBER}, "name"),
        ({"name": NAME, "born": NUMBER}, "born"),
    ],
)
def test_what_is_wrong_with_a_person_is_told_by_its_place_alone(given: dict[str, str], place: str) -> None:
    with pytest.raises(ValidationError, match=place) as told:
        Person.model_validate(given)
    assert not [word for word in (NAME, NUMBER) if word in str(told.value)]
