"""Articles for those who read them: the list, the page, the public log of corrections, the policy."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from osler.errors import NotFoundError, OslerError, UsageError
from osler.model.editorial import Concern, State
from osler.model.reader import Reader
from osler.review.policy import policy
from osler.service.articles.corrections import report
from osler.service.articles.opening import submit
from osler.service.articles.show import list_articles
from osler.surfaces.web.article_page import Opened, is_of_the_desk, names_of_article, readable
from osler.surfaces.web.asking import asking_of
from osler.surfaces.web.faults import status_of
from osler.surfaces.web.pages import page
from osler.surfaces.web.routes_account import go, signed_in
from osler.surfaces.web.routes_export import file_of, format_of
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.sessions import who_asks
from osler.surfaces.web.unchanged import named
from osler.surfaces.web.visitor import READER_COOKIE, remember

router = APIRouter()

Typed = Annotated[str, Form()]
ReadAs = Annotated[str, Query(alias="as")]
PUBLIC_LIST: Final = frozenset({State.APPROVED})


@router.get("/articles")
def articles(request: Request) -> Response:
    """List the approved articles; to people with a part in them also those on the way."""
    is_known = is_of_the_desk(request)
    with parts_of(request).desks.borrow() as desk:
        found = list_articles(desk, states=() if is_known else PUBLIC_LIST)
    return page(request, "article/list.html", {"articles": found})


@router.get("/articles/{slug}")
def article(
    request: Request, slug: str, version: int | None = None, reader: ReadAs = "", asked: str = ""
) -> Response:
    """Show an article, the newest version by default, with the state in which it truly is.

    ``asked`` is the question that led here, where it was put in other words.
    """
    response = _show(request, _opened(request, slug, version, reader, asked))
    if reader:
        remember(request, response, READER_COOKIE, reader)
    return response


@router.get("/articles/{slug}/export/{to}")
def export_article(
    request: Request, slug: str, to: str, version: int | None = None, reader: ReadAs = ""
) -> Response:
    """Send an article as a file, with its state, version, reviewers and dates."""
    wanted = format_of(to)
    return file_of(readable(request, _opened(request, slug, version, reader)), wanted)


@router.post("/articles/{slug}/report")
def do_report(
    request: Request, slug: str, text: Typed = "", concern: Typed = "other", statement: Typed = ""
) -> Response:
    """Put a reader's report into the log of corrections; nothing of who they are is kept."""
    concerns = {each.value for each in Concern}
    try:
        if concern not in concerns:
            raise UsageError("nothing is wrong in that way", item="concern")
        readable(request, Opened(slug, Reader.CLINICIAN))
        parts_of(request).reports.take(who_asks(request).address)
        with parts_of(request).desks.borrow() as desk:
            report(desk, slug, text, concern=Concern(concern), statement=statement or None)
    except NotFoundError:
        raise
    except OslerError as fault:
        return _show(request, _opened(request, slug, None, ""), fault=fault, typed=text)
    return go(request, f"/articles/{slug}?reported=1#corrections")


@router.post("/articles")
def do_submit(request: Request, q: Typed = "") -> Response:
    """Put a question forward as an article; one that an article answers leads to that one."""
    me = signed_in(request).account.person
    if not q.strip():
        raise UsageError("there is no question", item="q", hint="ask one first")
    with parts_of(request).desks.borrow() as desk:
        slug = submit(desk, q.strip(), by=me).kept.article.slug
    return go(request, f"/articles/{slug}")


@router.get("/editorial-policy")
def editorial_policy(request: Request) -> Response:
    """Print the policy, made from the rules that are enforced."""
    return page(request, "article/policy.html", {"blocks": policy()})


def _opened(request: Request, slug: str, version: int | None, reader: str, asked: str = "") -> Opened:
    """Return what is opened; where no reader is named, for the one that the browser remembers.

    Raises:
        UsageError: There is no such reader.
    """
    return Opened(slug, asking_of(request, "", reader, "").reader, version, asked.strip())


def _show(
    request: Request, opened: Opened, *, fault: OslerError | None = None, typed: str = ""
) -> Response:
    names = names_of_article(request, opened, readable(request, opened))
    is_reported = request.query_params.get("reported") == "1"
    response = page(
        request,
        "article/article.html",
        {
            **names,
            "concerns": [each.value for each in Concern],
            "reported": is_reported,
            "said": fault.message if fault else "",
            "hint": fault.hint if fault else "",
            "typed": typed,
        },
        status=status_of(fault) if fault else 200,
    )
    if names["is_indexed"]:
        del response.headers["x-robots-tag"]
        if fault is None and not is_reported and who_asks(request).signed_in is None:
            return named(request, response)
    return response
