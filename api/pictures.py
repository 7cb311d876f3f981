"""Pictures as answers: how they are sent and described."""

from typing import Any

from fastapi import Response

from api.svg import MEDIA_TYPE


class Picture(Response):
    """A page for print."""

    media_type = MEDIA_TYPE


PICTURE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A page for print (SVG 1.1)",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}
