"""Answers that somebody shared or followed: kept for a while, found by an id that nobody can guess."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from osler.answer.render import SCHEMA
from osler.errors import UsageError
from osler.model.reader import Reader
from osler.service.articles.known import Matched, match
from osler.service.ask import ask
from osler.service.holding_back import refuse_identifiers, without_identifiers_asked
from osler.service.keep import Kept, keep, kept_answer
from osler.surfaces.web.answer_page import article as answer_markup
from osler.surfaces.web.answer_page import names_of
from osler.surfaces.web.article_page import Opened, readable
from osler.surfaces.web.asking import Asking, asking_of
from osler.surfaces.web.pages import page, wants_part
from osler.surfaces.web.routes_ask import on_this_question
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.sessions import site_address

router = APIRouter()

Typed = Annotated[str, Form(alias="q")]
ReadAs = Annotated[str, Form(alias="as")]


@router.post("/share")
def share(
    request: Request, q: Typed = "", reader: ReadAs = "", follow: Annotated[str, Form()] = ""
) -> Response:
    """Keep the answer to a question and give its address."""
    refuse_identifiers(q, what="whoever has the link reads the question")
    kept = _keep(request, asking_of(request, q, reader, follow))
    if wants_part(request):
        address = f"{site_address(request)}/a/{kept.id}"
        return page(request, "shared.html", {"address": address, "expires": _day(kept)})
    return RedirectResponse(f"/a/{kept.id}", status_code=303)


@router.post("/follow")
def follow_up(
    request: Request,
    then: Annotated[str, Form()] = "",
    q: Typed = "",
    reader: ReadAs = "",
    follow: Annotated[str, Form()] = "",
    kept: Annotated[str, Form()] = "",
    article: Annotated[str, Form()] = "",
    stream: Annotated[str, Form()] = "",
) -> Response:
    """Keep the answer that is followed, and go to the question ``then`` that follows it."""
    asking = asking_of(request, q, reader, follow)
    if not then.strip():
        raise UsageError("there is no question to follow with", item="then", hint="type one")
    followed = (
        kept or (_keep_article(request, article, asking) if article else _keep(request, asking)).id
    )
    more = {"stream": "1"} if stream else {}
    following = Asking(then.strip(), asking.reader, followed)
    return RedirectResponse(following.address(**more), status_code=303)


@router.get("/a/{item}")
def kept_page(request: Request, item: str) -> Response:
    """Show an answer as it was kept."""
    kept = _find(request, item)
    asking = _asking_of(kept)
    names = names_of(kept.document, asking, kept=kept.id, expires=_day(kept))
    names |= on_this_question(request, _matched(request, kept))
    whole = {"asking": asking, "article": answer_markup(request, names), "title": asking.question}
    return page(request, "ask.html", whole)


def _keep(request: Request, asking: Asking) -> Kept:
    with parts_of(request).desks.borrow_to_ask() as desk:
        asked = ask(
            desk, asking.question, reader=asking.reader, follow=asking.follow or None, keep=False
        )
        # What is followed is kept too, and read by whoever is sent the address.
        return keep(desk, without_identifiers_asked(asked.document))


def _keep_article(request: Request, slug: str, asking: Asking) -> Kept:
    """Keep what an article prints, so that a question can follow it."""
    document = readable(request, Opened(slug, asking.reader))
    answer = {"schema": SCHEMA, "envelope": document["envelope"], "answer": document["answer"]}
    with parts_of(request).desks.borrow() as desk:
        return keep(desk, answer)


def _find(request: Request, item: str) -> Kept:
    with parts_of(request).desks.borrow() as desk:
        return kept_answer(desk, item)


def _matched(request: Request, kept: Kept) -> Matched | None:
    """Return the article on the whole question of a kept answer, if there is one."""
    with parts_of(request).desks.borrow() as desk:
        return match(desk, kept.document["answer"]["question"]["understood"])


def _asking_of(kept: Kept) -> Asking:
    answer = kept.document["answer"]
    question = answer["question"]
    return Asking(question["asked"], Reader(answer["reader"]), question["follows"] or "")


def _day(kept: Kept) -> str:
    return kept.expires[:10]
