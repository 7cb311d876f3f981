"""Checkpoints: the form of the specification, and of which log they are."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auctions.verifier.checkpoints import Checkpoint, read_checkpoint, read_text
from auctions.verifier.errors import DoesNotHold, Undecided
from auctions.verifier.notes import Key
from auctions.verifier.tree import Head

ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
TEXT = f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = Key("example.com/behind-the-sofa", PRIVATE.public_key().public_bytes_raw())


def signed(text: str) -> bytes:
    signature = b64encode(KEY.id + PRIVATE.sign(text.encode())).decode()
    return f"{text}\n— {KEY.name} {signature}\n".encode()


def test_a_checkpoint_is_origin_size_and_root() -> None:
    checkpoint = read_checkpoint(signed(TEXT), [KEY])
    assert (checkpoint.origin, checkpoint.head.size) == ("example.com/behind-the-sofa", 20852163)
    assert b64encode(checkpoint.head.root).decode() == ROOT
    assert checkpoint.text == TEXT


def test_lines_of_its_own_below_are_kept_and_signed() -> None:
    checkpoint = read_checkpoint(signed(f"{TEXT}timestamp 17\nmore\n"), [KEY])
    assert checkpoint.extensions == ("timestamp 17", "more")
    assert checkpoint.text == f"{TEXT}timestamp 17\nmore\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "three or more lines"),
        ("a\n1\n", "three or more lines"),
        (f"\n1\n{ROOT}\n", "none of them empty"),
        (f"a\n1\n{ROOT}\n\nb\n", "none of them empty"),
        (f"a\n1\n{ROOT}", "three or more lines"),
        (f"a\n1\n{ROOT}\nmore", "three or more lines"),
        (f"a\n01\n{ROOT}\n", "line 2: the size is not a decimal number"),
        (f"a\n-1\n{ROOT}\n", "line 2"),
        (f"a\n+1\n{ROOT}\n", "line 2"),
        (f"a\n1 \n{ROOT}\n", "line 2"),
        (f"a\n1_0\n{ROOT}\n", "line 2"),
        (f"a\n\u0661\n{ROOT}\n", "line 2"),
        (f"a\n{2**63}\n{ROOT}\n", "line 2"),
        (f"a\n{'9' * 5000}\n{ROOT}\n", "line 2"),
        (f"a\n1\n{ROOT[:-1]}\n", "line 3: the root is not 32 bytes in base64"),
        (f"a\n1\n{ROOT.replace('I=', 'J=')}\n", "line 3"),
        (f"a\n1\n{ROOT.replace('/', '_')}\n", "line 3"),
        ("a\n1\nAAAA\n", "line 3"),
    ],
)
def test_what_is_no_checkpoint_is_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(Undecided, match=told) as refused:
        read_text(text)
    assert refused.value.code == "malformed-checkpoint"


@pytest.mark.parametrize("size", [0, 1, 2**63 - 1])
def test_a_size_may_be_any_up_to_the_largest(size: int) -> None:
    checkpoint = Checkpoint("a", Head(size, bytes(32)))
    assert read_text(checkpoint.text) == checkpoint


def test_the_checkpoint_of_another_log_by_the_same_key_is_not_this_one_s() -> None:
    content = signed(TEXT.replace("behind-the-sofa", "other"))
    with pytest.raises(
        Undecided, match=r"log example.com/other, not of example.com/behind-the-sofa"
    ) as other:
        read_checkpoint(content, [KEY])
    assert other.value.code == "other-origin"
    assert read_checkpoint(content, [KEY], origin="example.com/other").origin == "example.com/other"


def test_every_flipped_bit_of_a_signed_checkpoint_is_refused() -> None:
    content = signed(f"{TEXT}timestamp 17\n")
    for at in range(len(content)):
        for bit in range(8):
            changed = bytes([*content[:at], content[at] ^ 1 << bit, *content[at + 1 :]])
            with pytest.raises(DoesNotHold):
                read_checkpoint(changed, [KEY])
