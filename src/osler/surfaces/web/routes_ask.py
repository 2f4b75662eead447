"""The home page, and one question with its answer: whole, or streamed part by part.

A question is read, answered and forgotten; ``routes_kept`` keeps the few that are shared or followed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from osler.answer.render import render_question
from osler.errors import NotFoundError, OslerError
from osler.service.articles.known import Matched, is_approved, match_understood
from osler.service.ask import answer_understood, understand_question
from osler.surfaces.web.answer_page import EARLY, PARTS, article, iter_parts, names_of
from osler.surfaces.web.article_page import NOT_FOR_VISITORS, Opened, is_of_the_desk
from osler.surfaces.web.asking import Asking, asking_of
from osler.surfaces.web.faults import fault_part
from osler.surfaces.web.in_turn import in_turn
from osler.surfaces.web.pages import page, page_headers, render
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.visitor import READER_COOKIE, remember

router = APIRouter()
EXAMPLES: Final = (
    "What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?",
    "What dose of anakinra is used in HLH in children?",
    "How effective is anakinra in HLH?",
    "What are the adverse effects of anakinra?",
)
"""Asked of the starter library, which answers each; not shown where it is not part of the library."""
EXAMPLE_SOURCE: Final = "pmid:36233667"

Found = tuple[dict[str, Any], Matched | None]
"""The document of an answer, and the article on its question."""
Asked = Annotated[str, Query(alias="q")]
ReadAs = Annotated[str, Query(alias="as")]


@router.get("/")
def home(request: Request) -> Response:
    """Show the box for a question, what the library holds, and examples that it answers."""
    try:
        with parts_of(request).desks.borrow() as desk:
            sources, as_of = desk.store.state().within(desk.scopes)
            has_starter = bool(desk.store.sources_with(EXAMPLE_SOURCE))
    except NotFoundError as fault:
        return page(request, "home.html", {"holds": None, "examples": (), "hint": fault.hint})
    examples = EXAMPLES if has_starter else ()
    holds = {"sources": sources, "as_of": as_of}
    return page(request, "home.html", {"holds": holds, "examples": examples, "hint": ""})


@router.get("/ask")
def answer(
    request: Request,
    q: Asked = "",
    reader: ReadAs = "",
    follow: str = "",
    stream: bool = False,
    anew: bool = False,
) -> Response:
    """Show the answer to a question; with ``stream`` only its frame, which a script of ours fills.

    A question that an approved article answers leads to the article, unless it is asked ``anew``.
    """
    asking = asking_of(request, q, reader, follow, anew=anew)
    if not asking.question:
        return RedirectResponse("/", status_code=303)
    if stream and (asking.anew or asking.follow):
        return _frame(request, asking)
    with parts_of(request).desks.borrow_to_ask() as desk:
        understood = understand_question(desk, asking.question, follow=asking.follow or None)
        matched = match_understood(desk, understood.question)
        if not asking.anew and matched is not None and is_approved(desk, matched.card):
            leads = Opened(matched.card.slug, asking.reader, asked=asking.question).address()
            return _remembered(request, asking, RedirectResponse(leads, 303, page_headers()))
        if stream:
            return _frame(request, asking)
        asked = answer_understood(desk, understood, reader=asking.reader)
    names = names_of(asked.document, asking) | on_this_question(request, matched)
    whole = {"asking": asking, "article": article(request, names), "title": asking.question}
    return _remembered(request, asking, page(request, "ask.html", whole))


@router.get("/ask/stream")
def stream_answer(
    request: Request, q: Asked = "", reader: ReadAs = "", follow: str = "", anew: bool = False
) -> Response:
    """Send the parts of an answer as server-sent events, the question as understood at once."""
    asking = asking_of(request, q, reader, follow, anew=anew)
    headers = {**page_headers(), "x-accel-buffering": "no"}
    return StreamingResponse(_events(request, asking), media_type="text/event-stream", headers=headers)


def _frame(request: Request, asking: Asking) -> Response:
    names = {"asking": asking, "article": None, "title": asking.question, "parts": PARTS}
    return _remembered(request, asking, page(request, "ask.html", names))


def _events(request: Request, asking: Asking) -> Iterator[str]:
    """Yield one event for each part, then ``done``; a fault is an event too.

    The statements go as soon as they are verified, then what was looked for after them; of what went
    before, only what changed goes again. No desk is held while an event travels, so that a reader who
    went away leaves none behind.
    """
    desks = parts_of(request).desks
    follow = asking.follow or None
    try:
        with desks.borrow_to_ask() as desk:
            understood = understand_question(desk, asking.question, follow=follow)
        early = {
            "question": {**render_question(understood.question), "asked": asking.question},
            "understood": _more_than_asked(understood.question.asked, asking.question),
            "asking": asking,
        }
        sent = {"question": render(request, "answer/question.html", early).strip()}
        yield _event("question", sent["question"])

        def answer_it(early: Callable[[Found], None]) -> Found:
            with desks.borrow_to_ask() as desk:
                matched = match_understood(desk, understood.question)
                asked = answer_understood(
                    desk,
                    understood,
                    reader=asking.reader,
                    early=lambda document: early((document, matched)),
                )
            return asked.document, matched

        for (document, matched), is_last in in_turn(answer_it):
            names = names_of(document, asking) | on_this_question(request, matched)
            for part, markup in iter_parts(request, names, PARTS if is_last else EARLY):
                if sent.get(part) != markup:
                    yield _event(part, markup)
                sent[part] = markup
        yield _event("done", "")
    except OslerError as fault:
        yield _event("fault", fault_part(request, fault))


def on_this_question(request: Request, matched: Matched | None) -> dict[str, Any]:
    """Return the article on the question, as far as whoever asks may be shown it."""
    if matched is None:
        return {}
    is_known = is_of_the_desk(request)
    return {"on_this": matched} if is_known or matched.card.state not in NOT_FOR_VISITORS else {}


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def _more_than_asked(understood: str, asked: str) -> str:
    return "" if understood == asked else understood


def _remembered(request: Request, asking: Asking, response: Response) -> Response:
    if asking.chosen:
        remember(request, response, READER_COOKIE, asking.reader.value)
    return response
