"""Whose explanation of a contradiction counts: of somebody with no part in either of its articles."""

from __future__ import annotations

from collections.abc import Sequence

from osler.model.article import Article
from osler.model.person import Person
from osler.model.review import Explanation
from osler.review.rules import Decision, Rule
from osler.review.states import Condition


def explanation_that_counts(finding: str, articles: Sequence[Article]) -> Explanation | None:
    """Return the explanation of ``finding`` that holds for all its ``articles``, or None.

    It may be kept with any of them. Nobody explains for an article of their own by way of the other one,
    and what somebody said counts no longer once they declare an interest in one of them, as with
    signatures.
    """
    for article in articles:
        for given in article.explanations:
            if given.finding == finding and not _has_part(given.by.id, articles):
                return given
    return None


def may_explain_between(who: Person, articles: Sequence[Article]) -> Decision:
    """Return whether ``who`` has no part in any of ``articles``, the sides of a contradiction."""
    own = next((one for one in articles if one.author.id == who.id), None)
    if own is not None:
        return Decision(False, f"{own.id} is an article of your own", Condition.NOT_OWN_WORK)
    if _has_part(who.id, articles):
        return Decision(False, "an interest was declared in one of the articles", Condition.DECLARED)
    return Decision(True, "", Rule.ALLOWED)


def _has_part(person: str, articles: Sequence[Article]) -> bool:
    return any(
        article.author.id == person
        or ((declared := article.declaration_of(person)) is not None and bool(declared.interest))
        for article in articles
    )
