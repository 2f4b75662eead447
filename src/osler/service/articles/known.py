"""The article that there is on a question, whoever asks it and in whichever words. Keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass

from osler.model.editorial import State
from osler.model.question import Question
from osler.retrieval.understand import understand
from osler.review.cards import Card, read_card
from osler.review.matching import same_question, subject_of
from osler.service.articles.kept import may_read
from osler.service.wiring import Desk


@dataclass(frozen=True, slots=True)
class Matched:
    """The article on a question, and why it was taken for the same."""

    card: Card
    why: str


def match(desk: Desk, question: str) -> Matched | None:
    """Return the article that answers ``question``, or None."""
    return match_understood(desk, understand(question, desk.vocabulary))


def match_understood(desk: Desk, question: Question) -> Matched | None:
    """Return the article on a question as understood: an approved one first, a superseded one last."""
    subject = subject_of(question)
    found = []
    for row in desk.store.articles.cards(kind=subject.kind):
        card = read_card(row.card)
        same = same_question(subject, card.subject)
        if same is not None and may_read(desk, card):
            found.append(Matched(card, same.why))
    return min(
        found,
        key=lambda one: (
            not is_approved(desk, one.card),
            one.card.state is State.SUPERSEDED,
            one.card.slug,
        ),
        default=None,
    )


def is_approved(desk: Desk, card: Card) -> bool:
    """Tell whether an article is approved today: its approval may have run out since."""
    is_past = card.expires is not None and desk.now().date().isoformat() > card.expires
    return card.state is State.APPROVED and not is_past


def notices_on(desk: Desk, question: Question) -> list[str]:
    """Return a line on the approved article that answers a question as understood, if there is one."""
    matched = match_understood(desk, question)
    if matched is None or not is_approved(desk, matched.card):
        return []
    return [f"an approved article answers this: {matched.card.id} ({matched.card.asked})"]
