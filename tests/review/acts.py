"""Steps that several tests take on the way to what they are about."""

from __future__ import annotations

from tests.review.made import AUTHOR, BOARD, DOSE, EDITOR, REVIEWER, SECOND, TimedDesk

from osler.model.editorial import Judgement
from osler.model.person import Person
from osler.review.states import Move
from osler.service.articles import desk as acts
from osler.service.articles.kept import Kept, find
from osler.service.articles.moving import move
from osler.service.articles.opening import submit


def submitted(desk: TimedDesk, question: str = DOSE, author: Person = AUTHOR) -> Kept:
    return submit(desk, question, by=author).kept


def under_review(desk: TimedDesk, question: str = DOSE, author: Person = AUTHOR) -> Kept:
    kept = submitted(desk, question, author)
    for reviewer in (REVIEWER, SECOND):
        acts.assign(desk, kept.article.id, reviewer, by=EDITOR)
    for one in (REVIEWER, SECOND, BOARD):
        acts.declare(desk, kept.article.id, by=one)
    return find(desk, kept.article.id)


def sign_all(desk: TimedDesk, article: str, *signers: Person) -> Kept:
    for signer in signers or (REVIEWER, SECOND):
        kept = find(desk, article)
        printed = [one.id for one in kept.article.version.statements]
        acts.judge(desk, article, printed, Judgement.ACCEPT, by=signer)
    return find(desk, article)


def approved(desk: TimedDesk, question: str = DOSE) -> Kept:
    kept = under_review(desk, question)
    sign_all(desk, kept.article.id)
    return move(desk, kept.article.id, Move.APPROVE, by=BOARD)
