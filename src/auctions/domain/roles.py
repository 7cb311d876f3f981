"""Who may do what: the roles of those who ask and record."""

from enum import StrEnum


class Role(StrEnum):
    """A role; the public has none of these and sees no party references."""

    CLIENT = "client"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


RECORDING = frozenset({Role.COORDINATOR, Role.SUPERVISOR})
"""Who records, for the own office."""
