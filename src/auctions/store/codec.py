"""Stored bytes to entries and back: readable JSON, old versions upcast, nothing that is not in the entry."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson

from auctions.domain.asset import events as asset
from auctions.domain.event import Entry, Envelope
from auctions.domain.office import events as office
from auctions.domain.register import events as register

MAX_BYTES = 32 * 1024
"""An entry is at most 32 KiB; documents stand in it by their SHA-256."""

CLASSES: dict[str, type[Entry]] = {
    cls.TOPIC: cls
    for entries in (asset.ENTRIES, office.ENTRIES, register.ENTRIES)
    for cls in entries.values()
}


def encode(entry: Entry) -> bytes:
    """Return the bytes that are stored and hashed; `class_version` is written from version 2 on."""
    text = entry.model_dump_json(exclude_defaults=True).encode()
    return text if entry.VERSION == 1 else b'{"class_version":%d,' % entry.VERSION + text[1:]


def decoder(cls: type[Entry]) -> Callable[[bytes], Entry]:
    """Return what turns stored bytes of any version of `cls` into its present form."""
    if cls.VERSION == 1:
        return cls.__pydantic_validator__.validate_json

    def upcasting(data: bytes) -> Entry:
        state: dict[str, Any] = orjson.loads(data)
        stored = state.pop("class_version", 1)
        if stored not in range(1, cls.VERSION + 1):
            raise ValueError(f"{cls.TOPIC} of version {stored}: this program knows 1 to {cls.VERSION}")
        for version in range(stored, cls.VERSION):
            getattr(cls, f"upcast_v{version}_v{version + 1}")(state)
        return cls.model_validate_json(orjson.dumps(state))

    return upcasting


_DECODERS = {topic: decoder(cls) for topic, cls in CLASSES.items()}


def decode(topic: str, data: bytes) -> Entry:
    """Return the entry of a stored topic and bytes. Raises KeyError, ValueError on what no version wrote."""
    return _DECODERS[topic](data)


def encode_envelope(envelope: Envelope) -> bytes:
    """Return the envelope's bytes, hashed with the entry."""
    return orjson.dumps(envelope._asdict())


def decode_envelope(data: bytes) -> Envelope:
    """Return the envelope of stored bytes."""
    fields = orjson.loads(data)
    return Envelope(**fields | {"command_id": UUID(fields["command_id"])})
