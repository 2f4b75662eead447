"""What somebody may do at the desk with an article now, statement by statement, and why not the rest.

A page offers what is here and explains what is not; whether it is done is decided again when it is done.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from osler.model.article import Article
from osler.model.editorial import Judgement
from osler.model.person import Person
from osler.review import rules
from osler.review.rules import Decision
from osler.review.signing import needs_of
from osler.service.articles.kept import find
from osler.service.wiring import Desk

GIVEN: Final = "given"
"""Stands for the reason that a form asks for."""


def offers(desk: Desk, named: str, who: Person) -> dict[str, Any]:
    """Return what ``who`` may do: to each statement by its id, and to the article beside moving it.

    Raises:
        NotFoundError: There is no such article.
    """
    article, today = find(desk, named).article, desk.now().date()
    statements = {}
    for one in article.version.statements:
        statements[one.id] = {
            **{
                judgement.value: _told(
                    rules.may_judge(who, article, one.id, judgement, reason=GIVEN, today=today)
                )
                for judgement in Judgement
            },
            "edit": _told(rules.may_edit(who, article, one.id, reason=GIVEN, today=today)),
        }
    declared = article.declaration_of(who.id)
    return {
        "statements": statements,
        "left": left_to(article, who, today),
        "declare": _told(rules.may_declare(who)),
        "declared": {"on": declared.on, "interest": declared.interest} if declared else None,
        "assign": _told(rules.may_release(who, article)),
        "comment": _told(rules.may_comment(who, article, None)),
        "revise": _told(rules.may_revise(who, article)),
        "explain": _told(rules.may_explain(who, article, today=today)),
        "erase": _told(rules.may_erase(who)),
        "reply": {
            one.number: _told(rules.may_reply(who, article, one.number)) for one in article.corrections
        },
    }


def left_to(article: Article, who: Person, today: date) -> list[str]:
    """Return what waits for ``who``, in order: signable, not signed enough, not decided on."""
    decided = {
        one.content for one in article.decided if one.by.id == who.id and one.event > article.renewed
    }
    lacking = {need.statement for need in needs_of(article) if need.lacks}
    return [
        one.id
        for one in article.version.statements
        if one.id in lacking
        and one.content not in decided
        and rules.may_judge(who, article, one.id, Judgement.ACCEPT, reason=GIVEN, today=today).allowed
    ]


def _told(decision: Decision) -> dict[str, Any]:
    return {"allowed": decision.allowed, "reason": decision.reason, "rule": str(decision.rule)}
