"""The two ways in which evidence does not hold, each with a stable code."""

from collections.abc import Iterator
from contextlib import contextmanager


class DoesNotHold(Exception):  # noqa: N818 - an auditor's word: nothing has failed, the evidence does not hold
    """What is not shown to be as signed; `code` is stable and in kebab case."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the stable code and the plain words."""
        super().__init__(message)
        self.code = code
        self.message = message


class Undecided(DoesNotHold):
    """Evidence that is missing, unreadable or by a key that is not known, so that nothing follows from it."""


class Tampered(DoesNotHold):
    """Evidence that contradicts what was signed; `index` is the first entry that is not as signed."""

    def __init__(self, code: str, message: str, index: int | None = None) -> None:
        """Keep the index too, where one entry is to blame."""
        super().__init__(code, message)
        self.index = index


@contextmanager
def naming(place: object) -> Iterator[None]:
    """Let what is raised inside say where it was found."""
    try:
        yield
    except DoesNotHold as error:
        error.message = f"{place}: {error.message}"
        raise
