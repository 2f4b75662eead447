"""Articles for those who read them: the list, the page, the public log of corrections, the policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from markupsafe import Markup

from osler.errors import NotFoundError, OslerError, UsageError
from osler.model.editorial import Concern, State
from osler.model.reader import Reader
from osler.review.policy import policy
from osler.service.articles.corrections import report
from osler.service.articles.opening import submit
from osler.service.articles.show import list_articles, show_article
from osler.surfaces.web.answer_page import body_for_all, names_of
from osler.surfaces.web.asking import Asking
from osler.surfaces.web.bodies import Made
from osler.surfaces.web.faults import status_of
from osler.surfaces.web.pages import page
from osler.surfaces.web.routes_account import go, signed_in
from osler.surfaces.web.routes_ask import NOT_FOR_VISITORS
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.sessions import who_asks
from osler.surfaces.web.unchanged import named

router = APIRouter()

Typed = Annotated[str, Form()]
PUBLIC_LIST: Final = frozenset({State.APPROVED})


@router.get("/articles")
def articles(request: Request) -> Response:
    """List the approved articles; to people who are signed in also those on the way."""
    is_known = who_asks(request).signed_in is not None
    with parts_of(request).desks.borrow() as desk:
        found = list_articles(desk, states=() if is_known else PUBLIC_LIST)
    return page(request, "article/list.html", {"articles": found})


@router.get("/articles/{slug}")
def article(request: Request, slug: str, version: int | None = None) -> Response:
    """Show an article, the newest version by default, with the state in which it truly is."""
    return _show(request, slug, version)


@router.post("/articles/{slug}/report")
def do_report(
    request: Request, slug: str, text: Typed = "", concern: Typed = "other", statement: Typed = ""
) -> Response:
    """Put a reader's report into the log of corrections; nothing of who they are is kept."""
    concerns = {each.value for each in Concern}
    try:
        if concern not in concerns:
            raise UsageError("nothing is wrong in that way", item="concern")
        _readable(request, slug)
        parts_of(request).reports.take(who_asks(request).address)
        with parts_of(request).desks.borrow() as desk:
            report(desk, slug, text, concern=Concern(concern), statement=statement or None)
    except NotFoundError:
        raise
    except OslerError as fault:
        return _show(request, slug, None, fault=fault, typed=text)
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


def _readable(request: Request, slug: str, version: int | None = None) -> Mapping[str, Any]:
    """Return the article's document where whoever asks may see it.

    Raises:
        NotFoundError: There is none, or nobody has put it before readers.
    """
    with parts_of(request).desks.borrow() as desk:
        document = show_article(desk, slug, version=version)
    if State(document["article"]["state"]) in NOT_FOR_VISITORS and who_asks(request).signed_in is None:
        raise NotFoundError("no article has this address", code="not_found.article")
    return document


def _show(
    request: Request,
    slug: str,
    version: int | None,
    *,
    fault: OslerError | None = None,
    typed: str = "",
) -> Response:
    document = _readable(request, slug, version)
    facts = document["article"]
    is_indexed = facts["index"] and version in (None, facts["version"])
    is_reported = request.query_params.get("reported") == "1"
    response = page(
        request,
        "article/article.html",
        {
            "facts": facts,
            "shown_version": version or facts["version"],
            "is_indexed": is_indexed,
            "notices": document["envelope"]["notices"],
            "body": _body(request, document, version or facts["version"]),
            "disclaimer": document["answer"]["disclaimer"],
            "concerns": [each.value for each in Concern],
            "reported": is_reported,
            "said": fault.message if fault else "",
            "hint": fault.hint if fault else "",
            "typed": typed,
        },
        status=status_of(fault) if fault else 200,
    )
    if is_indexed:
        del response.headers["x-robots-tag"]
        if fault is None and not is_reported and who_asks(request).signed_in is None:
            return named(request, response)
    return response


def _body(request: Request, document: Mapping[str, Any], version: int) -> Markup:
    """Return the markup of what an article says, which was read and proved just now."""
    facts = document["article"]

    def make() -> Markup:
        asking = Asking(facts["question"]["asked"], Reader(document["answer"]["reader"]))
        return body_for_all(request, names_of(document, asking))

    made = Made(head=facts["head"], state=facts["state"], version=version)
    return parts_of(request).bodies.body(made, make)
