"""The service as a client reaches it: what fails for now is asked again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from httpx2 import (
    BaseTransport,
    EventSource,
    LocalProtocolError,
    Request,
    Response,
    Timeout,
    TransportError,
    UnsupportedProtocol,
)
from httpx2 import Client as Http
from pydantic import BaseModel, ValidationError

from api.client.errors import NoAnswerError, ServiceError, failure
from api.client.pauses import Pauses
from api.models import Recorded

_SILENCE = 45.0
"""Seconds after which a stream that tells nothing counts as lost: three times the service's heartbeat."""

Asked = Mapping[str, Any]
_Form = TypeVar("_Form", bound=BaseModel)


class Service:
    """The service at one address, asked by one who may have a key."""

    def __init__(
        self, url: str, key: str | None, timeout: float, patience: float, transport: BaseTransport | None
    ) -> None:
        """Take the address; nothing is asked yet."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = Http(base_url=url, headers=headers, timeout=timeout, transport=transport)
        self._timeout, self._patience = timeout, patience

    def told(self, form: type[_Form], path: str, asked: Asked) -> _Form:
        """Return the answer to a question. Raises ServiceError."""
        return read(form, self._answer(self._http.build_request("GET", path, params=_query(asked))).content)

    def recorded(self, path: str, body: Asked, asked: Asked, headers: dict[str, str]) -> Recorded:
        """Return what a command recorded. Raises ServiceError."""
        request = self._http.build_request("POST", path, json=body, params=_query(asked), headers=headers)
        return read(Recorded, self._answer(request).content)

    @contextmanager
    def events(self, path: str, asked: Asked, last: int) -> Iterator[EventSource]:
        """Open the stream of what comes after the `last` event, once. Raises ServiceError."""
        resumed = {"Last-Event-ID": str(last)}
        lasting = Timeout(self._timeout, read=_SILENCE)
        with (
            _reached(),
            self._http.sse(path, params=_query(asked), headers=resumed, timeout=lasting) as source,
        ):
            if not source.response.is_success:
                source.response.read()
                raise failure(source.response)
            yield source

    def _answer(self, request: Request) -> Response:
        pauses = Pauses(self._patience)
        while True:
            try:
                return self._tried(request)
            except ServiceError as error:
                if not error.passing or not pauses.pause(error.pause):
                    raise

    def _tried(self, request: Request) -> Response:
        with _reached():
            answer = self._http.send(request)
        if not answer.is_success:
            raise failure(answer)
        return answer

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (UnsupportedProtocol, LocalProtocolError) as error:
        raise NoAnswerError(str(error), passing=False) from error
    except TransportError as error:
        raise NoAnswerError(f"no answer: {error!r}", passing=True) from error


def read(form: type[_Form], content: str | bytes) -> _Form:
    """Return what was told; fields of a newer service are passed over. Raises NoAnswerError."""
    try:
        return form.model_validate_json(content, extra="ignore")
    except ValidationError as error:
        raise NoAnswerError(f"not an answer of this service: {error}", passing=False) from error


def _query(asked: Asked) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()}
