"""Signed notes and keys, by the examples of the specification and against every mutation of them."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auctions.verifier.errors import DoesNotHold, Tampered, Undecided
from auctions.verifier.notes import Key, read_key, read_note, verify

# The example of C2SP signed-note.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
KEY = read_key(VKEY)
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Key("other.example/log", PRIVATE.public_key().public_bytes_raw())


def line(key: Key, signature: bytes) -> str:
    return f"— {key.name} {b64encode(key.id + signature).decode()}\n"


def signed(text: str, *lines: str) -> bytes:
    return f"{text}\n{''.join(lines) or line(OTHER, PRIVATE.sign(text.encode()))}".encode()


def test_the_example_of_the_specification_is_signed_by_its_key() -> None:
    note = read_note(NOTE.encode())
    assert note.text == "This is an example message.\n"
    assert verify(note, [OTHER, KEY]) == {KEY}


def test_a_key_is_read_from_the_text_that_it_gives() -> None:
    assert (KEY.name, KEY.vkey, read_key(OTHER.vkey)) == ("example.com/foo", VKEY, OTHER)


def test_a_text_may_have_empty_lines_and_ends_at_the_last_one() -> None:
    text = "one\n\ntwo\n\n\nthree\n"
    note = read_note(signed(text))
    assert note.text == text
    assert verify(note, [OTHER]) == {OTHER}


def test_sixteen_signatures_of_unknown_keys_and_kinds_are_passed_over() -> None:
    witnesses = [line(Key(f"witness{n}.example", bytes(32)), bytes([n]) * (72 + n * 300)) for n in range(16)]
    own = line(OTHER, PRIVATE.sign(b"text\n"))
    assert verify(read_note(signed("text\n", *witnesses, own)), [OTHER, KEY]) == {OTHER}


def test_a_signature_that_shares_name_or_id_but_not_both_is_of_an_unknown_key() -> None:
    same_name = f"— {OTHER.name} {b64encode(KEY.id + bytes(64)).decode()}\n"
    same_id = f"— {KEY.name} {b64encode(OTHER.id + bytes(64)).decode()}\n"
    own = line(OTHER, PRIVATE.sign(b"text\n"))
    assert verify(read_note(signed("text\n", same_name, same_id, own)), [OTHER, KEY]) == {OTHER}
    with pytest.raises(Undecided, match=r"signed by none of the keys given, only as: example.com/foo, other"):
        verify(read_note(signed("text\n", same_name, same_id)), [OTHER, KEY])


def test_a_wrong_signature_by_one_known_key_spoils_the_note() -> None:
    lines = [line(OTHER, PRIVATE.sign(b"text\n")), line(KEY, bytes(64))]
    with pytest.raises(Tampered, match=r"the signature of example.com/foo is not of this text"):
        verify(read_note(signed("text\n", *lines)), [OTHER, KEY])


@pytest.mark.parametrize("length", [1, 63, 65, 200])
def test_a_signature_of_another_length_is_wrong(length: int) -> None:
    with pytest.raises(Tampered):
        verify(read_note(signed("text\n", line(OTHER, bytes(length)))), [OTHER])


def test_every_flipped_bit_of_a_note_is_refused() -> None:
    for changed in flipped(NOTE.encode()):
        with pytest.raises(DoesNotHold):
            verify(read_note(changed), [KEY])


def test_every_flipped_bit_of_a_key_gives_no_key_that_verifies() -> None:
    note = read_note(NOTE.encode())
    for changed in flipped(VKEY.encode()):
        with pytest.raises(DoesNotHold):
            verify(note, [read_key(changed.decode("latin-1"))])


def test_every_note_cut_short_is_refused() -> None:
    for end in range(len(NOTE.encode())):
        with pytest.raises(Undecided):
            verify(read_note(NOTE.encode()[:end]), [KEY])


def flipped(content: bytes) -> list[bytes]:
    places = [(at, bit) for at in range(len(content)) for bit in range(8)]
    return [bytes([*content[:at], content[at] ^ 1 << bit, *content[at + 1 :]]) for at, bit in places]


SIGNATURE = b64encode(bytes(68)).decode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no signature lines"),
        (b"text\n", "no signature lines"),
        (b"text\n\n", "no signature lines"),
        (NOTE.encode()[:-1], "no signature lines that end in a newline"),
        (b"te\xffxt\n\n", "byte 2: not UTF-8"),
        (NOTE.replace("an", "a\tn").encode(), "character 9: a control character"),
        (NOTE.replace("\n", "\r\n").encode(), "a control character"),
        (b"text\n\n- name %b\n" % SIGNATURE.encode(), "line 3: not a dash"),
        (f"text\n\n— name  {SIGNATURE}\n".encode(), "line 3: not a dash"),
        (f"text\n\n— na+me {SIGNATURE}\n".encode(), "line 3: not a dash"),
        (f"text\n\n— na\u2003me {SIGNATURE}\n".encode(), "line 3: not a dash"),
        (f"te\nxt\n\n— name {SIGNATURE}\n— name AAAA\n".encode(), "line 5: not a dash"),
        ("text\n\n— name AAAAAA==\n".encode(), "line 3: not a dash"),
        (f"text\n\n— name {SIGNATURE} \n".encode(), "line 3: not a dash"),
        (b"x" * (1 << 20) + NOTE.encode(), "longer than 1048576 bytes"),
    ],
)
def test_what_is_no_note_is_refused_with_its_place(content: bytes, told: str) -> None:
    with pytest.raises(Undecided, match=told) as refused:
        read_note(content)
    assert refused.value.code == "malformed-note"


OF_COSIGNATURES = b64encode(b"\x04" + KEY.public).decode()
TOO_SHORT = b64encode(b"\x01" + KEY.public[:-1]).decode()


@pytest.mark.parametrize(
    ("vkey", "code"),
    [
        ("", "malformed-key"),
        ("example.com/foo+530d903a", "malformed-key"),
        (VKEY.replace("530d903a", "530D903A"), "malformed-key"),
        (VKEY.replace("530d903a", "530d903b"), "malformed-key"),
        (VKEY.replace("example.com/foo", ""), "malformed-key"),
        (VKEY.replace("example.com/foo", "example.com /foo"), "malformed-key"),
        (VKEY + "=", "malformed-key"),
        (f"example.com/foo+530d903a+{OF_COSIGNATURES}", "unknown-kind-of-key"),
        (f"example.com/foo+530d903a+{TOO_SHORT}", "unknown-kind-of-key"),
    ],
)
def test_what_is_no_key_is_refused(vkey: str, code: str) -> None:
    with pytest.raises(Undecided) as refused:
        read_key(vkey)
    assert refused.value.code == code
