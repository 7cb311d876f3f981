"""Addresses within this site, to which a page may send a browser on."""

from pydantic import TypeAdapter, ValidationError

from api.questions import LocalPath

_LOCAL: TypeAdapter[str] = TypeAdapter(LocalPath)
_HOME = "/"


def local(path: str) -> str:
    """Return a path of this site as it is, the first page for anything else."""
    try:
        return _LOCAL.validate_python(path)
    except ValidationError:
        return _HOME
