"""Approved articles in a library: put forward, signed and approved by the desk's own functions.

The people are plainly made up. A question that the desk does not let through (no answer, one that an
article answers already, a contradiction nobody explained) is passed over for the next one.
"""

from __future__ import annotations

from collections.abc import Iterable

from osler.errors import OslerError
from osler.model.editorial import Judgement, State
from osler.model.person import Person, Role
from osler.review.states import Move
from osler.service.articles import desk as acts
from osler.service.articles.kept import find
from osler.service.articles.moving import move
from osler.service.articles.opening import submit
from osler.service.articles.show import list_articles
from osler.service.wiring import Desk

AUTHOR = Person("p-bench-author", "Test Author", frozenset({Role.AUTHOR}))
EDITOR = Person("p-bench-editor", "Test Editor", frozenset({Role.EDITOR}))
BOARD = Person("p-bench-board", "Test Board Member", frozenset({Role.BOARD_MEMBER}))
REVIEWERS = (
    Person("p-bench-reviewer-1", "Test Reviewer One", frozenset({Role.REVIEWER})),
    Person("p-bench-reviewer-2", "Test Reviewer Two", frozenset({Role.REVIEWER})),
)


def publish(desk: Desk, questions: Iterable[str], *, wanted: int) -> list[str]:
    """Return the slugs of ``wanted`` approved articles, those that are missing made from ``questions``.

    Raises:
        SystemExit: The questions do not suffice.
    """
    slugs = [one["slug"] for one in list_articles(desk, states=[State.APPROVED])]
    for question in questions:
        if len(slugs) >= wanted:
            break
        try:
            slugs.append(_approve(desk, question))
        except OslerError as fault:
            print(f"not published: {question}: {fault.message}", flush=True)
    if len(slugs) < wanted:
        raise SystemExit(f"{len(slugs)} articles could be approved, {wanted} are wanted")
    return sorted(slugs)[:wanted]


def _approve(desk: Desk, question: str) -> str:
    kept = submit(desk, question, by=AUTHOR).kept
    article = kept.article.id
    for reviewer in REVIEWERS:
        acts.assign(desk, article, reviewer, by=EDITOR)
    for one in (*REVIEWERS, BOARD):
        acts.declare(desk, article, by=one)
    printed = [one.id for one in find(desk, article).article.version.statements]
    for reviewer in REVIEWERS:
        acts.judge(desk, article, printed, Judgement.ACCEPT, by=reviewer)
    return move(desk, article, Move.APPROVE, by=BOARD).article.slug
