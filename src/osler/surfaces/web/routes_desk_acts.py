"""What is done at the desk: each form does one act and leads back; what is refused is told above it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from osler.errors import LibraryError, NotFoundError, OslerError, UsageError
from osler.model.editorial import Judgement, Outcome
from osler.model.person import Person
from osler.review.states import Move
from osler.service.articles import desk as acts
from osler.service.articles.corrections import erase, reply
from osler.service.articles.kept import find
from osler.service.articles.moving import move
from osler.service.articles.offers import left_to
from osler.service.articles.revising import edit, revise
from osler.service.wiring import Desk
from osler.surfaces.web.routes_account import go, signed_in
from osler.surfaces.web.routes_desk import Typing, day_of, desk_page, visiting
from osler.surfaces.web.seams import parts_of

router = APIRouter(prefix="/desk/{article}")

Typed = Annotated[str, Form()]


@router.post("/judge")
def do_judge(
    request: Request,
    article: str,
    statement: Typed = "",
    judgement: Typed = "",
    reason: Typed = "",
    version: Typed = "",
) -> Response:
    """Accept a statement, which signs it, or reject it."""

    def act(desk: Desk, me: Person) -> None:
        if judgement not in {each.value for each in Judgement}:
            raise UsageError("a statement is accepted or rejected", item="judgement")
        acts.judge(desk, article, [statement], Judgement(judgement), by=me, reason=reason)

    typed = Typing(statement, "reject", reason=reason)
    return _do(request, article, act, at=statement, seen=version, typed=typed, leads_on=True)


@router.post("/edit")
def do_edit(
    request: Request,
    article: str,
    statement: Typed = "",
    text: Typed = "",
    reason: Typed = "",
    version: Typed = "",
) -> Response:
    """Put other words in the place of a statement, where the judge passes them."""
    return _do(
        request,
        article,
        lambda desk, me: edit(desk, article, statement, text, by=me, reason=reason),
        at=statement,
        seen=version,
        typed=Typing(statement, "edit", text=text, reason=reason),
    )


@router.post("/comment")
def do_comment(request: Request, article: str, text: Typed = "", statement: Typed = "") -> Response:
    """Remark on the article or on one of its statements."""
    return _do(
        request,
        article,
        lambda desk, me: acts.comment(desk, article, text, by=me, statement=statement or None),
        at=statement or "remarks",
        typed=Typing(statement, "comment", text=text),
    )


@router.post("/declare")
def do_declare(request: Request, article: str, has: Typed = "", interest: Typed = "") -> Response:
    """Declare interests in the article, or that there are none."""

    def act(desk: Desk, me: Person) -> None:
        if has not in ("none", "some") or (has == "some") is not bool(interest.strip()):
            raise UsageError("say that there is none, or which", item="interest")
        acts.declare(desk, article, by=me, interest=interest)

    return _do(request, article, act, at="claims", leads_on=has == "none")


@router.post("/assign")
def do_assign(request: Request, article: str, reviewer: Typed = "", due: Typed = "") -> Response:
    """Ask somebody to review; the first one begins the review."""

    def act(desk: Desk, me: Person) -> None:
        asked = acts.person_named(desk.people, reviewer)
        acts.assign(desk, article, asked, by=me, due=day_of(due, "due"))

    return _do(request, article, act, at="reviewers")


@router.post("/release")
def do_release(request: Request, article: str, reviewer: Typed = "") -> Response:
    """Ask somebody no longer; what they decided stands."""
    return _do(
        request,
        article,
        lambda desk, me: acts.release(desk, article, acts.person_named(desk.people, reviewer), by=me),
        at="reviewers",
    )


@router.post("/move")
def do_move(
    request: Request,
    article: str,
    which: Annotated[str, Form(alias="move")] = "",
    reason: Typed = "",
    successor: Typed = "",
    review_by: Typed = "",
    version: Typed = "",
) -> Response:
    """Move the article as a whole."""

    def act(desk: Desk, me: Person) -> None:
        if which not in {each.value for each in Move}:
            raise UsageError("there is no such move", item="move")
        move(
            desk, article, Move(which), by=me, reason=reason, successor=successor.strip() or None,
            review_by=day_of(review_by, "review_by"),
        )  # fmt: skip

    return _do(request, article, act, seen=version)


@router.post("/revise")
def do_revise(request: Request, article: str, reason: Typed = "", version: Typed = "") -> Response:
    """Make a version from today's answer."""
    return _do(
        request, article, lambda desk, me: revise(desk, article, by=me, reason=reason), seen=version
    )


@router.post("/explain")
def do_explain(request: Request, article: str, finding: Typed = "", text: Typed = "") -> Response:
    """Say why a contradiction with another article may stand."""
    return _do(
        request,
        article,
        lambda desk, me: acts.explain(desk, article, finding, text, by=me),
        at="contradictions",
    )


@router.post("/reply")
def do_reply(
    request: Request, article: str, number: Annotated[int, Form()], outcome: Typed = "", text: Typed = ""
) -> Response:
    """Answer a reader's report in public."""

    def act(desk: Desk, me: Person) -> None:
        if outcome not in {each.value for each in Outcome}:
            raise UsageError("it is corrected or unchanged", item="outcome")
        reply(desk, article, number, text, outcome=Outcome(outcome), by=me)

    return _do(request, article, act, at="reports")


@router.post("/erase")
def do_erase(request: Request, article: str, number: Annotated[int, Form()]) -> Response:
    """Erase a reader's own words: nothing shows them again."""
    return _do(request, article, lambda desk, me: erase(desk, article, number, by=me), at="reports")


def _do(
    request: Request,
    article: str,
    act: Callable[[Desk, Person], object],
    *,
    at: str = "",
    seen: str = "",
    typed: Typing | None = None,
    leads_on: bool = False,
) -> Response:
    """Do ``act`` as whoever is signed in and lead back to ``at`` on the desk's page of the article.

    ``seen`` is the version on the page with the form: nobody decides on words that they did not see.
    What is refused is told where it was ``typed``, which is not lost. With ``leads_on`` the way leads to
    the next statement that waits for them, and past the last one to the article as a whole.

    Raises:
        NotAllowedError: Nobody is signed in, or somebody without a role, to whom no draft is shown.
        NotFoundError: There is no such article for them.
    """
    me = visiting(request) or signed_in(request).account.person
    try:
        with parts_of(request).desks.borrow() as desk:
            _check_seen(desk, article, seen)
            act(desk, me)
            if leads_on:
                at = _next(desk, article, me, after=at)
    except NotFoundError as fault:
        if fault.code == "not_found.article":
            raise
        return desk_page(request, article, me, fault, typed)
    except OslerError as fault:
        return desk_page(request, article, me, fault, typed)
    return go(request, f"/desk/{article}" + (f"#{at}" if at else ""))


def _next(desk: Desk, article: str, me: Person, *, after: str) -> str:
    """Return the next statement that waits for ``me``, from ``after`` on; ``whole`` where none does."""
    read = find(desk, article).article
    left = left_to(read, me, desk.now().date())
    order = [one.id for one in read.version.statements]
    place = order.index(after) if after in order else -1
    later = [one for one in left if order.index(one) > place]
    return (later or left or ["whole"])[0]


def _check_seen(desk: Desk, article: str, seen: str) -> None:
    """Return where the newest version is the one that was seen.

    Raises:
        LibraryError: ``library.moved``: there is a newer one.
    """
    if seen and seen != str(find(desk, article).article.version.number):
        raise LibraryError(
            "there is a newer version than the one that you had open",
            item=article,
            hint="read what changed, and do it again",
            code="library.moved",
        )
