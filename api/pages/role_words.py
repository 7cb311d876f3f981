"""What roles are called on pages."""

from api.languages import Language
from api.pages.words import marked, said
from auctions.domain.roles import Role

_ROLES = {
    Role.COORDINATOR: marked("Coordinator: records for an office"),
    Role.SUPERVISOR: marked("Supervisor: also approves strikes and closes books"),
    Role.AUDITOR: marked("Auditor: reads everything"),
    Role.ADMINISTRATOR: marked("Administrator: accounts, keys, limits; records nothing"),
    Role.CLIENT: marked("Client: a program that reads what is public"),
}
NAMES = {
    Role.COORDINATOR: marked("coordinator"),
    Role.SUPERVISOR: marked("supervisor"),
    Role.AUDITOR: marked("auditor"),
    Role.ADMINISTRATOR: marked("administrator"),
    Role.CLIENT: marked("client"),
}


def roles(language: Language) -> list[tuple[str, str]]:
    """Return each role with what it may do, those first that are given most."""
    return [(role, said(text, language)) for role, text in _ROLES.items()]
