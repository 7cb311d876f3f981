"""Refusals: what cannot be recorded, each with a stable code."""


class Refused(Exception):  # noqa: N818 - the field's word: an entry is refused, nothing has failed
    """A command that cannot be recorded; `code` is stable, `details` hold what was asked and expected."""

    def __init__(self, code: str, message: str, **details: object) -> None:
        """Keep the stable code (kebab case), the plain words and the details."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details


class Contradicted(Refused):
    """An entry that would leave a later one without its ground; `entry_no` names the one that contradicts."""

    def __init__(self, entry_no: int, name: str, because: Refused) -> None:
        """Name the entry that contradicts and why it could no longer stand."""
        message = f"contradicted by entry {entry_no} ({name}): {because.message}"
        super().__init__("contradicted", message, entry_no=entry_no, because=because.code)


class StaleFile(Refused):
    """A file that others wrote to since it was read; `version` is the current one."""

    def __init__(self, expected: int, version: int) -> None:
        """Keep the version that was expected and the one found."""
        message = f"the file stands at entry {version}, not {expected}: read it again and decide again"
        super().__init__("stale-file", message, expected=expected, version=version)


class CommandMismatch(Refused):
    """A command id that was used before for something else."""

    def __init__(self) -> None:
        """Say that the id is taken."""
        super().__init__("command-id-reused", "this command id was used before for another command")
