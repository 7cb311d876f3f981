"""The client of the service: commands recorded once, lists as iterators and files, registers, the feed."""

from api.client.client import Client
from api.client.errors import NoAnswerError, ProblemError, ServiceError, StaleFileError

__all__ = ["Client", "NoAnswerError", "ProblemError", "ServiceError", "StaleFileError"]
