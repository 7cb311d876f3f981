"""Answers that a reader may keep: bytes under an ETag, or 304 when the reader has them."""

from fastapi import Request, Response

JSON = "application/json"


def kept(request: Request, etag: str) -> bool:
    """Tell whether the reader already has what bears `etag`."""
    asked = request.headers.get("if-none-match", "")
    tags = [tag.strip().removeprefix("W/") for tag in asked.split(",")]
    return etag in tags or tags == ["*"]


def unchanged(etag: str, position: int) -> Response:
    """Return 304."""
    return Response(status_code=304, headers=_headers(etag, position))


def sent(body: bytes, etag: str, position: int, media_type: str = JSON) -> Response:
    """Return bytes that hold up to `position` of the log."""
    return Response(body, headers=_headers(etag, position), media_type=media_type)


def _headers(etag: str, position: int) -> dict[str, str]:
    return {"ETag": etag, "Position": str(position), "Cache-Control": "no-cache"}
