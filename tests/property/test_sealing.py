"""What is sealed opens under its key and at its place, as it was, and in no other way."""

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from auctions.store.sealing import KEY, NotOpened, new_key, opened, seal

PLACE = ("persons", "KV-3", "DEBTOR-17", "name")
SEALED_BY_FORM_1 = bytes.fromhex(
    "01ed567202b2f1290769d148937cec8f59c0d55605d445147d95f9e4c6b3b6a487dfc9bb851ff946f82a2d2a04"
    "549c5af040f8d30555cb06cff9bf4d171670c2e55a13568f54349a710ef18fb4291882"
)
COMMITMENT = range(13, 45)
keys = st.binary(min_size=KEY, max_size=KEY)
secrets = st.binary(max_size=300)
places = st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=4).map(tuple)


def opens(key: bytes, sealed: bytes, *place: str) -> bool:
    try:
        opened(key, sealed, *place)
    except NotOpened:
        return False
    return True


@over(keys, secrets, places)
def test_what_is_sealed_opens_as_it_was(key: bytes, secret: bytes, place: tuple[str, ...]) -> None:
    assert opened(key, seal(key, secret, *place), *place) == secret


@over(keys, secrets, places, st.data())
def test_a_bit_changed_anywhere_is_refused(
    key: bytes, secret: bytes, place: tuple[str, ...], data: st.DataObject
) -> None:
    sealed = bytearray(seal(key, secret, *place))
    changed = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[changed // 8] ^= 1 << changed % 8
    assert not opens(key, bytes(sealed), *place)


@over(keys, secrets, st.data())
def test_what_is_cut_or_longer_is_refused(key: bytes, secret: bytes, data: st.DataObject) -> None:
    sealed = seal(key, secret, *PLACE)
    assert not opens(key, sealed[: data.draw(st.integers(0, len(sealed) - 1))], *PLACE)
    assert not opens(key, sealed + data.draw(st.binary(min_size=1, max_size=40)), *PLACE)


@over(keys, keys, places, places)
def test_another_key_or_place_is_refused(
    key: bytes, other: bytes, place: tuple[str, ...], elsewhere: tuple[str, ...]
) -> None:
    sealed = seal(key, b"secret", *place)
    assert opens(other, sealed, *place) == (other == key)
    assert opens(key, sealed, *elsewhere) == (elsewhere == place)


@pytest.mark.parametrize("part", range(len(PLACE)))
def test_another_table_office_reference_or_field_is_refused(part: int) -> None:
    key = new_key()
    elsewhere = [*PLACE]
    elsewhere[part] += "0"
    assert not opens(key, seal(key, b"secret", *PLACE), *elsewhere)


def test_parts_of_a_place_do_not_run_into_each_other() -> None:
    key = new_key()
    sealed = seal(key, b"secret", "persons", "KV-3", "1", "name")
    for other in (
        ("persons", "KV-", "31", "name"),
        ("persons", "KV-31", "name"),
        ("persons", "KV-34:1", "name"),
    ):
        assert not opens(key, sealed, *other)


def test_the_same_secret_sealed_again_is_other_bytes_in_every_part() -> None:
    key = new_key()
    one, other = (seal(key, b"secret", *PLACE) for _ in range(2))
    assert (one[1:13] != other[1:13], one[13:45] != other[13:45], one[45:] != other[45:]) == (
        True,
        True,
        True,
    )


def test_a_commitment_to_another_key_is_refused_though_the_rest_would_open() -> None:
    key = new_key()
    sealed, foreign = seal(key, b"secret", *PLACE), seal(new_key(), b"secret", *PLACE)
    swapped = (
        sealed[: COMMITMENT.start] + foreign[COMMITMENT.start : COMMITMENT.stop] + sealed[COMMITMENT.stop :]
    )
    assert not opens(key, swapped, *PLACE)


def test_what_the_first_form_sealed_opens_for_ever() -> None:
    assert opened(bytes(range(KEY)), SEALED_BY_FORM_1, *PLACE) == "Nguyễn Văn Mẫu".encode()
