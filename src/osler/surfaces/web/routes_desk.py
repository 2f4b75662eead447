"""The desk for those who read there: the queue, an article claim by claim, two versions, the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from osler.errors import NotAllowedError, OslerError, UsageError
from osler.model.editorial import State
from osler.model.person import Person
from osler.review.policy import MOVE_WORDS
from osler.review.states import Move
from osler.service import people
from osler.service.articles.corrections import words_of
from osler.service.articles.facts import lint_document
from osler.service.articles.offers import offers
from osler.service.articles.proof import events_of, verify
from osler.service.articles.show import list_articles, show_claims, show_difference
from osler.surfaces.web.faults import status_of
from osler.surfaces.web.pages import page
from osler.surfaces.web.routes_account import SIGN_IN, registry_of
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.sessions import who_asks

router = APIRouter(prefix="/desk")

MOST_AROUND: Final = 320
"""Characters of a passage shown before and behind the words that a statement cites."""
LITTLE: Final = 80
"""Characters that are not worth leaving out."""
WAITING: Final = frozenset({State.SUBMITTED, State.UNDER_REVIEW, State.CHANGES_REQUESTED})


@router.get("")
def queue(request: Request, state: str = "", mine: str = "", due: str = "", about: str = "") -> Response:
    """List the articles that the filters let through, those due first."""
    me = visiting(request)
    if me is None:
        return to_sign_in(request)
    if state and state not in {*(each.value for each in State), "waiting"}:
        raise UsageError("there is no such state", item="state")
    states = WAITING if state == "waiting" else {State(state)} if state else ()
    with parts_of(request).desks.borrow() as desk:
        found = list_articles(
            desk,
            states=states,
            assignee=me.id if mine else None,
            due_by=day_of(due, "due"),
            about=about.strip() or None,
        )
    filters = {"state": state, "mine": mine, "due": due, "about": about}
    names = {"articles": found, "filters": filters, "states": [each.value for each in State]}
    return page(request, "desk/queue.html", names)


@router.get("/{article}")
def claims(request: Request, article: str) -> Response:
    """Show an article claim by claim, with what whoever is signed in may do."""
    me = visiting(request)
    return to_sign_in(request) if me is None else desk_page(request, article, me)


@router.get("/{article}/diff")
def difference(request: Request, article: str, to: int = 0) -> Response:
    """Show two versions side by side; the newest beside the one before it by default."""
    if visiting(request) is None:
        return to_sign_in(request)
    with parts_of(request).desks.borrow() as desk:
        facts = show_claims(desk, article)["article"]
        after = to or facts["version"]
        given = request.query_params.get("from", "")
        before = int(given) if given.isdecimal() and len(given) < 6 else max(1, after - 1)
        found = show_difference(desk, article, before, after)
    return page(request, "desk/diff.html", {"facts": facts, "found": found})


@router.get("/{article}/history")
def history(request: Request, article: str) -> Response:
    """Show what was done, oldest first, and whether it is proved to be what was written."""
    if visiting(request) is None:
        return to_sign_in(request)
    with parts_of(request).desks.borrow() as desk:
        events = events_of(desk, article)
        try:
            proof, fault = verify(desk, article), ""
        except OslerError as altered:
            proof, fault = None, altered.message
    names = {"article": article, "events": events, "proof": proof, "fault": fault}
    return page(request, "desk/history.html", names)


def visiting(request: Request) -> Person | None:
    """Return who is signed in and has a part in reviewing, or None where nobody is signed in.

    Raises:
        NotAllowedError: The account has no role: drafts are for those who work on them.
    """
    current = who_asks(request).signed_in
    if current is None:
        return None
    if not current.account.person.roles:
        raise NotAllowedError(
            "the desk is for those who write, review or look after articles",
            hint="ask an administrator for a role",
        )
    return current.account.person


def to_sign_in(request: Request) -> Response:
    """Return the way to the sign-in and back."""
    back = quote(request.url.path, safe="/")
    return RedirectResponse(f"{SIGN_IN}?next={back}", status_code=303)


def day_of(text: str, item: str) -> date | None:
    """Return the day that a form names, or None where it is left empty.

    Raises:
        UsageError: It is none.
    """
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise UsageError("this is no date", item=item, hint="such as 2027-01-31") from error


@dataclass(frozen=True, slots=True)
class Typing:
    """What somebody typed into a form of one statement.

    Attributes:
        statement: ``st_…``; empty for the article as a whole.
        act: ``reject``, ``edit`` or ``comment``.
        text: Words, or a remark.
        reason: Why.
    """

    statement: str
    act: str
    text: str = ""
    reason: str = ""


NOTHING_TYPED: Final = Typing("", "")


def desk_page(
    request: Request,
    article: str,
    me: Person,
    fault: OslerError | None = None,
    typed: Typing | None = None,
) -> Response:
    """Return the page of an article claim by claim; ``fault`` is told where it was ``typed``."""
    with parts_of(request).desks.borrow() as desk:
        document = show_claims(desk, article, who=me)
        facts = document["article"]
        offered = offers(desk, article, me)
        is_reviewed = facts["state"] == State.UNDER_REVIEW.value
        findings = lint_document(desk, article) if is_reviewed else []
        reported = words_of(desk, article, by=me) if offered["declare"]["allowed"] else {}
    numbers = {claim["statement"]["id"]: n for n, claim in enumerate(document["claims"], start=1)}
    names: dict[str, Any] = {
        **document,
        "facts": facts,
        "claims": [{**claim, "beside": [marked(each) for each in claim["beside"]]}
                   for claim in document["claims"]],
        "offered": offered,
        "barred": barred_from(offered),
        "findings": findings,
        "words": reported,
        "reviewers": _reviewers(request, facts) if offered["assign"]["allowed"] else [],
        "moves": [{**each, "reason": numbered(each["reason"], numbers)} for each in document["moves"]],
        "numbers": numbers,
        "typed": typed if fault and typed else NOTHING_TYPED,
        "move_words": {move.value: text for move, text in MOVE_WORDS.items()},
        "needs_reason": NEEDS_REASON,
        "said": numbered(fault.message, numbers) if fault else "",
        "hint": fault.hint if fault else "",
    }  # fmt: skip
    return page(request, "desk/article.html", names, status=status_of(fault) if fault else 200)


NEEDS_REASON: Final = frozenset(
    each.value
    for each in Move
    if each not in (Move.SUBMIT, Move.BEGIN_REVIEW, Move.RESUBMIT, Move.APPROVE)
)
"""Moves for which a form asks why."""


def numbered(text: str, numbers: Mapping[str, int]) -> str:
    """Return ``text`` with each statement called by its number on the page, not by its id."""
    for named, number in numbers.items():
        text = text.replace(named, f"statement {number}")
    return text


def marked(citation: Mapping[str, Any]) -> dict[str, Any]:
    """Return a citation with its passage cut before and behind the words that are quoted."""
    text, start, end = citation["passage_text"] or "", citation["start"], citation["end"]
    if text[start:end] != citation["quote"]:
        lost = {"before": "", "marked": citation["quote"], "after": "", "found": False}
        return {**citation, **lost, "is_cut_before": False, "is_cut_after": False}
    first, last = _around(text, start, end)
    return {
        **citation,
        "before": text[first:start],
        "marked": text[start:end],
        "after": text[end:last],
        "found": True,
        "is_cut_before": first > 0,
        "is_cut_after": last < len(text),
    }


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of a passage to show around the words from ``start`` to ``end``.

    Some lines before and behind, cut between words, so that the marked ones are in sight; a passage
    that is little longer is shown whole.
    """
    first = text.find(" ", start - MOST_AROUND) + 1 if start > MOST_AROUND + LITTLE else 0
    last = text.rfind(" ", end, end + MOST_AROUND) if len(text) - end > MOST_AROUND + LITTLE else -1
    return first, last if last > 0 else len(text)


def barred_from(offered: Mapping[str, Any]) -> str:
    """Return why whoever is signed in may accept no statement, where one reason holds for all."""
    reasons = {
        "" if one["accept"]["allowed"] else str(one["accept"]["reason"])
        for one in offered["statements"].values()
    }
    return reasons.pop() if len(reasons) == 1 else ""


def _reviewers(request: Request, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return who may be asked to review, without the author."""
    wanted = {"reviewer", "board_member"}
    return [
        one
        for one in people.list_people(registry_of(request))
        if not one["disabled"] and wanted & set(one["roles"]) and one["id"] != facts["author"]["id"]
    ]
