"""Lists that the client has written to files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Unpack
from uuid import UUID

from api.client.filters import AssetFilter, FindingFilter, Times
from api.client.service import Asked, Asking
from api.languages import Language


class Exports(Asking):
    """What is written out whole, in the form by which the file's name ends.

    A file is there when it is whole, in the place of an older one; until then nothing is seen of it but a
    file beside it that ends with `.part`.
    """

    def write_assets(self, to: Path, **asked: Unpack[AssetFilter]) -> None:
        """Write all assets of a list to a .csv, .xlsx, .jsonl or .geojson.

        Raises ServiceError, ValueError for another ending, OSError where the file cannot be written.
        """
        self._write("/v1/assets", {".csv", ".xlsx", ".jsonl", ".geojson"}, to, asked)

    def write_findings(self, to: Path, **asked: Unpack[FindingFilter]) -> None:
        """Write all findings of a list to a .csv or .xlsx. Raises as `write_assets` does."""
        self._write("/v1/findings", {".csv", ".xlsx"}, to, asked)

    def write_dossier(
        self, asset_id: UUID, to: Path, *, language: Language = "vi", **asked: Unpack[Times]
    ) -> None:
        """Write all that is recorded of an asset to a .pdf or .json. Raises as `write_assets` does."""
        path, headers = f"/v1/assets/{asset_id}/dossier", {"Accept-Language": language}
        self._write(path, {".pdf", ".json"}, to, asked, headers)

    def _write(
        self, path: str, forms: set[str], to: Path, asked: Asked, headers: Mapping[str, str] | None = None
    ) -> None:
        if to.suffix not in forms:
            raise ValueError(f"{to}: expected a name that ends with {' or '.join(sorted(forms))}")
        self._service.write(f"{path}{to.suffix}", asked, to, headers)
