"""A small writer of logs straight from the specifications of C2SP, which shares no code with ours."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from struct import pack

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.unit.rfc6962 import Slow

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ORIGIN = "log.example/2026"


def key_id(name: str) -> bytes:
    return sha256(name.encode() + b"\n\x01" + PRIVATE.public_key().public_bytes_raw()).digest()[:4]


def vkey(name: str = ORIGIN) -> str:
    public = b64encode(b"\x01" + PRIVATE.public_key().public_bytes_raw()).decode()
    return f"{name}+{key_id(name).hex()}+{public}"


def note(text: str, *more: str, name: str = ORIGIN) -> bytes:
    """A text signed under the name, with other signature lines above."""
    own = f"— {name} {b64encode(key_id(name) + PRIVATE.sign(text.encode())).decode()}"
    return "\n".join([text, *more, own, ""]).encode()


def checkpoint(slow: Slow, size: int, *more: str, origin: str = ORIGIN, name: str = ORIGIN) -> bytes:
    text = "\n".join([origin, str(size), b64encode(slow.mth(0, size)).decode(), *more, ""])
    return note(text, name=name)


def tile(kind: str, index: int, width: int) -> str:
    digits = f"{index:03}" if index < 1000 else f"x{index // 1000:03}/{index % 1000:03}"
    return f"tile/{kind}/{digits}" + (f".p/{width}" if width < 256 else "")


def write(folder: Path, entries: list[bytes], *, bundles: bool = True) -> Slow:
    """Write the log as it is at the size of these entries; return its tree."""
    slow, size = Slow(entries), len(entries)
    files = {"checkpoint": checkpoint(slow, size)}
    level = 0
    while size >> 8 * level:
        span = 256**level
        for index, width in widths(size // span):
            starts = [(index * 256 + i) * span for i in range(width)]
            files[tile(str(level), index, width)] = b"".join(slow.mth(at, at + span) for at in starts)
        level += 1
    for index, width in widths(size) if bundles else []:
        some = entries[index * 256 :][:width]
        files[tile("entries", index, width)] = b"".join(pack(">H", len(each)) + each for each in some)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return slow


def widths(hashes: int) -> list[tuple[int, int]]:
    return [(index, min(256, hashes - index * 256)) for index in range((hashes + 255) // 256)]


def leaves(size: int) -> list[bytes]:
    """Entries of many lengths, the first of none."""
    return [b"%d." % number * (number and 1 + number % 7) for number in range(size)]
