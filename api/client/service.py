"""The service as a client reaches it: what fails for now is asked again."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypedDict, TypeVar, Unpack
from uuid import UUID, uuid4

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
from api.models import Page
from api.models_of_imports import ImportAnswer, QuarantinePage
from api.models_of_steps import FindingPage, NextActionPage
from api.models_of_strikes import StrikeProposalPage

_PAGE = 200
"""Items asked for at a time: as many as the service gives."""
_SILENCE = 45.0
"""Seconds after which a stream that tells nothing counts as lost: three times the service's heartbeat."""
_MAKING = 600.0
"""Seconds in which a list must begin to come: a workbook is whole before any of it is sent."""

Asked = Mapping[str, Any]
_Form = TypeVar("_Form", bound=BaseModel)
_Page = TypeVar("_Page", Page, FindingPage, NextActionPage, QuarantinePage, ImportAnswer, StrikeProposalPage)
_Told = TypeVar("_Told")


class Sent(TypedDict, total=False):
    """What is sent with a question: a body as JSON or as it is, and headers."""

    json: Asked
    content: bytes
    headers: dict[str, str]


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
        return self.done(form, "GET", path, asked)

    def done(self, form: type[_Form], method: str, path: str, asked: Asked, **sent: Unpack[Sent]) -> _Form:
        """Return the answer to what is asked for by any method. Raises ServiceError."""
        request = self._http.build_request(method, path, params=_query(asked), **sent)
        return read(form, self._patiently(partial(self._tried, request)).content)

    def pages(self, form: type[_Page], path: str, asked: Asked) -> Iterator[_Page]:
        """Return the pages of a list, each when it is needed. Raises ServiceError."""
        page = self.told(form, path, {**asked, "limit": _PAGE})
        yield page
        while page.next:
            page = self.told(form, path, {**asked, "limit": _PAGE, "cursor": page.next})
            yield page

    def write(self, path: str, asked: Asked, to: Path, headers: Mapping[str, str] | None = None) -> None:
        """Write an answer to a file, which is there when it is whole. Raises ServiceError, OSError."""
        lasting = Timeout(self._timeout, read=_MAKING)
        request = self._http.build_request(
            "GET", path, params=_query(asked), headers=headers, timeout=lasting
        )
        part = to.with_name(f"{to.name}.{uuid4().hex}.part")
        try:
            self._patiently(partial(self._written, request, part))
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)

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

    def _patiently(self, tried: Callable[[], _Told]) -> _Told:
        pauses = Pauses(self._patience)
        while True:
            try:
                return tried()
            except ServiceError as error:
                if not error.passing or not pauses.pause(error.pause):
                    raise

    def _tried(self, request: Request) -> Response:
        with _reached():
            answer = self._http.send(request)
        if not answer.is_success:
            raise failure(answer)
        return answer

    def _written(self, request: Request, part: Path) -> None:
        with _reached(), closing(self._http.send(request, stream=True)) as answer:
            if not answer.is_success:
                answer.read()
                raise failure(answer)
            with part.open("wb") as file:
                file.writelines(answer.iter_bytes())

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
    return {name: _written(value) for name, value in asked.items()}


def _written(value: Any) -> Any:  # noqa: ANN401 - whatever may be asked
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def once(command_id: UUID | None) -> dict[str, str]:
    """Return the header under which something is done once; of a new id where none is given."""
    return {"Idempotency-Key": str(command_id or uuid4())}


class Asking:
    """A part of the client."""

    def __init__(self, service: Service) -> None:
        """Take the service."""
        self._service = service
