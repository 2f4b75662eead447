"""What an approval depends on outside the article's history: its sources today, other articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from osler.model.editorial import State
from osler.model.source import Status
from osler.review.cards import read_card
from osler.review.content import Document, statements_of
from osler.review.explaining import explanation_that_counts
from osler.review.lint import Finding, Page, lint
from osler.review.matching import kin
from osler.review.watch import cited_standings, names_of, not_to_rest_on
from osler.service.articles.kept import Kept, find, may_read
from osler.service.articles.known import is_approved
from osler.service.wiring import Desk


def standings_today(desk: Desk, sources: Iterable[str]) -> dict[str, Status]:
    """Return how ``sources`` stand in the library; those that it no longer holds are left out."""
    return {source: record.status for source, record in desk.store.sources(sources).items()}


def fallen(desk: Desk, kept: Kept) -> tuple[str, ...]:
    """Return why the newest version may not be approved by its sources and quotes, one line each."""
    cited = cited_standings(kept.answer)
    today = standings_today(desk, cited)
    return (
        *not_to_rest_on(cited, today, names_of(kept.answer)),
        *unfaithful(desk, kept.answer),
    )


def unfaithful(desk: Desk, answer: Document) -> tuple[str, ...]:
    """Return which citations no longer find their words in the library, one line each."""
    citations = [c for one in statements_of(answer) for c in one["citations"]]
    passages = {p.id: p for p in desk.store.passages({c["passage"] for c in citations})}
    return tuple(
        f"the words cited from {citation['passage']} are not in it"
        for citation in citations
        if citation["passage"] not in passages
        or passages[citation["passage"]].text[citation["start"] : citation["end"]] != citation["quote"]
    )


def findings(desk: Desk, named: str | None = None) -> tuple[Finding, ...]:
    """Return the contradictions between approved articles; with ``named`` those that concern it.

    The article named takes part in whatever state it is.
    """
    own = find(desk, named) if named else None
    pages = [] if own is None else [page_of(own)]
    for row in desk.store.articles.cards(states=[State.APPROVED.value]):
        card = read_card(row.card)
        if not may_read(desk, card) or not is_approved(desk, card):
            continue
        if own and row.id == own.article.id:
            continue
        if own is None or kin(own.article.subject, card.subject):
            pages.append(page_of(find(desk, row.id)))
    return lint(pages, only=own.article.id if own else None)


def page_of(kept: Kept) -> Page:
    """Return an article as it is compared."""
    article = kept.article
    return Page(article.id, article.asked, article.subject, kept.answer)


def explained(desk: Desk, finding: Finding) -> str | None:
    """Return why ``finding`` may stand, as somebody without a part in it explained; or None."""
    articles = [find(desk, named).article for named in finding.articles]
    given = explanation_that_counts(finding.key, articles)
    return f"{given.text} ({given.by.name})" if given else None


def lint_document(desk: Desk, named: str | None = None) -> list[dict[str, Any]]:
    """Return the contradictions as plain values, each with why it may stand, or None."""
    return [
        {
            "key": finding.key,
            "kind": finding.kind.value,
            "about": finding.about,
            "why": finding.why,
            "sides": [
                {"article": side.article, "statement": side.statement, "words": side.words}
                for side in finding.sides
            ],
            "explained": explained(desk, finding),
        }
        for finding in findings(desk, named)
    ]


def contradictions(desk: Desk, kept: Kept) -> tuple[str, ...]:
    """Return what the article contradicts and nobody has explained, one line each."""
    return tuple(
        finding.line for finding in findings(desk, kept.article.id) if explained(desk, finding) is None
    )
