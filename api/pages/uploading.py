"""A file that a form of a page sends: bounded in size and time as a program's is, then read out of it."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import BinaryIO, NamedTuple

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.types import Message, Receive

from api.importing import MOST_BYTES, Imports
from api.problems import Problem
from api.uploads import upload

_FIELDS, _FIELD_BYTES = 10, 4096
_MOST = MOST_BYTES + 64 * 1024
"""Bytes of a form: a register and what stands around it."""
_PIECE = 1 << 16


class Uploaded(NamedTuple):
    """The plain fields of a form; its file: the name, empty where none was chosen, bytes, how many."""

    fields: dict[str, str]
    filename: str
    file: BinaryIO
    size: int

    def receive(self) -> Receive:
        """Return what hands the file's bytes on."""

        async def receive() -> Message:
            body = self.file.read(_PIECE)
            return {"type": "http.request", "body": body, "more_body": bool(body)}

        return receive


@asynccontextmanager
async def uploaded(request: Request) -> AsyncIterator[Uploaded]:
    """Lend the form with a file that a page sends, as many at once as registers may come in.

    Raises Problem for another form, one too large or too slow, or where others send in as much.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Problem("media-type-refused", "the form of a page is expected")
    imports: Imports = request.app.state.imports
    if imports.forms.locked():
        raise Problem("too-busy", "others send in as much: try again soon")
    async with imports.forms, upload(request, _MOST) as body:
        try:
            form = await _parser(request, body.file).parse()
        except MultiPartException as error:
            raise Problem("body-refused", f"the form cannot be read: {error.message}") from error
        try:
            yield _read(dict(form))
        finally:
            await form.close()


def _read(form: dict[str, UploadFile | str]) -> Uploaded:
    fields = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    file = form.get("file")
    if not isinstance(file, UploadFile):
        return Uploaded(fields, "", BytesIO(), 0)
    return Uploaded(fields, file.filename or "", file.file, file.size or 0)


def _parser(request: Request, body: BinaryIO) -> MultiPartParser:
    return MultiPartParser(
        request.headers, _pieces(body), max_files=1, max_fields=_FIELDS, max_part_size=_FIELD_BYTES
    )


async def _pieces(body: BinaryIO) -> AsyncGenerator[bytes, None]:
    while piece := body.read(_PIECE):
        yield piece
