"""The files of dossiers in a folder: written whole or not at all."""

from hashlib import sha256
from pathlib import Path

from api.dossiers.written import written
from api.languages import Language
from auctions.store.durable_files import make_folders, write_durably
from projections.views import View

_LONGEST = 60


def write(view: View, language: Language, folder: Path) -> dict[str, str | int]:
    """Write a dossier's JSON and PDF into a folder; return what the manifest tells of them."""
    content = written(view, language)
    name = stem(view["asset_ref"], view["asset_id"])
    make_folders(folder)
    row: dict[str, str | int] = {
        "asset_ref": view["asset_ref"],
        "asset_id": view["asset_id"],
        "as_of": view["as_of"],
        "known_at": view["known_at"],
        "language": language,
    }
    for kind, made in (("json", content.json), ("pdf", content.pdf)):
        write_durably(folder / f"{name}.{kind}", made)
        row |= {kind: f"{name}.{kind}", f"{kind}_sha256": sha256(made).hexdigest()}
    return row


def stem(asset_ref: str, asset_id: str) -> str:
    """Return a name for files that no other asset has: its reference, made fit, and its id's start."""
    plain = "".join(letter if letter.isalnum() or letter in "-." else "_" for letter in asset_ref[:_LONGEST])
    return f"{plain.lstrip('.')}-{asset_id[:8]}"
