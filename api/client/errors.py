"""What keeps a client from the answer it asked for."""

import re
from email.utils import parsedate_to_datetime
from time import time

from httpx2 import Response
from pydantic import ValidationError

from api.models import ProblemAnswer

_PASSING = {408, 429, 502, 503, 504}
_VERSION = re.compile(r'"v(\d+)"')


class ServiceError(Exception):
    """No answer as asked for; one that is `passing` may come when asked again, after `pause` seconds."""

    def __init__(self, message: str, *, passing: bool, pause: float = 0) -> None:
        """Keep the plain words, and what they mean for who asks again."""
        super().__init__(message)
        self.passing = passing
        self.pause = pause


class NoAnswerError(ServiceError):
    """Nothing answers, or something that is not this service."""


class ProblemError(ServiceError):
    """The service told of a problem (RFC 9457): `code` is stable, `errors` are the single faults."""

    def __init__(self, problem: ProblemAnswer, pause: float = 0) -> None:
        """Keep what the service told."""
        passing = problem.status in _PASSING or problem.code == "command-under-way"
        super().__init__(f"{problem.code}: {problem.detail}", passing=passing, pause=pause)
        self.problem = problem
        self.code = problem.code
        self.status = problem.status
        self.errors = problem.errors
        self.request_id = problem.request_id


class StaleFileError(ProblemError):
    """The file was written to since it was read; `version` is the one it has now."""

    def __init__(self, problem: ProblemAnswer, version: int) -> None:
        """Keep what the service told, and the version."""
        super().__init__(problem)
        self.version = version


def failure(answer: Response) -> ServiceError:
    """Return what an answer means that is not the one asked for."""
    pause = _seconds(answer.headers.get("retry-after", ""))
    try:
        problem = ProblemAnswer.model_validate_json(answer.content, extra="ignore")
    except ValidationError:
        told = f"{answer.request.url} answers {answer.status_code}, not as this service does"
        return NoAnswerError(told, passing=answer.status_code in _PASSING, pause=pause)
    version = _VERSION.search(answer.headers.get("etag", ""))
    if problem.code == "stale-file" and version:
        return StaleFileError(problem, int(version[1]))
    return ProblemError(problem, pause)


def _seconds(retry_after: str) -> float:
    """Return how long a header Retry-After asks to wait (RFC 9110 section 10.2.3)."""
    if re.fullmatch(r"\d{1,9}", retry_after, re.ASCII):
        return float(retry_after)
    try:
        return max(0, parsedate_to_datetime(retry_after).timestamp() - time())
    except ValueError:
        return 0
