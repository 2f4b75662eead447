"""Files with content-hashed addresses, and what robots are told."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from osler.surfaces.web.seams import parts_of

router = APIRouter()
FOR_EVER: Final = "public, max-age=31536000, immutable"
ROBOTS: Final = "User-agent: *\nDisallow: /ask\nDisallow: /a/\nDisallow: /passage/\n"


@router.get("/static/{digest}/{name}")
def asset(request: Request, digest: str, name: str) -> Response:
    """Serve one file, compressed for who takes it; 404 where the digest is another one."""
    found = parts_of(request).assets.get(name)
    if found is None or found.address != f"/static/{digest}/{name}":
        return Response(status_code=404)
    headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
    if found.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(found.compressed, media_type=found.content_type, headers=headers)
    return Response(found.body, media_type=found.content_type, headers=headers)


@router.get("/robots.txt")
def robots() -> Response:
    """Tell robots to leave questions, kept answers and passages alone."""
    return PlainTextResponse(ROBOTS)


@router.get("/favicon.ico")
def favicon(request: Request) -> Response:
    """Serve the mark to browsers that ask for it by its old name."""
    mark = parts_of(request).assets["mark.svg"]
    return Response(mark.body, media_type=mark.content_type, headers={"cache-control": FOR_EVER})
