"""A site on which every kind of page can be opened: articles in each state, people, kept answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pyotp import TOTP
from tests.review.made import TimedDesk, desk_at
from tests.surfaces.web.browsing import PASSWORD

from osler.accounts import people, second_factor
from osler.accounts.links import make_link
from osler.model.account import Purpose
from osler.model.editorial import Concern, Judgement, Outcome
from osler.model.person import Person, Role
from osler.model.reader import Reader
from osler.review.states import Move
from osler.service.add import add
from osler.service.articles import desk as acts
from osler.service.articles.corrections import reply, report
from osler.service.articles.moving import move
from osler.service.articles.opening import submit
from osler.service.articles.revising import edit
from osler.service.articles.show import show_claims
from osler.service.ask import ask
from osler.service.keep import keep
from osler.service.wiring import open_registry

REWORDED = (
    "In HLH, evidence on anakinra against standard treatment is of very low certainty and too thin for"
    " reliable conclusions, CADTH found."
)
"""The first statement of the article under review, as a reviewer puts it."""
MEMBER, SECOND_FACTOR = "Test Member", "Test Member With A Second Factor"
"""Neither has a role."""
AUTHOR, EDITOR, ONE, TWO, BOARD, CHIEF = (
    "Test Author",
    "Test Editor",
    "Test Reviewer One",
    "Test Reviewer Two",
    "Test Board Member",
    "Test Administrator",
)
ROLES = {
    AUTHOR: Role.AUTHOR,
    EDITOR: Role.EDITOR,
    ONE: Role.REVIEWER,
    TWO: Role.REVIEWER,
    BOARD: Role.BOARD_MEMBER,
    CHIEF: Role.ADMINISTRATOR,
}
QUESTIONS = {
    "approved": "What dose of anakinra is used in HLH in children?",
    "under_review": "How effective is anakinra in HLH?",
    "submitted": "What are the adverse effects of anakinra?",
    "changes_requested": "How effective is etoposide in HLH?",
    "withdrawn": "How effective is ruxolitinib in HLH?",
    "superseded": "What is the half-life of anakinra?",
    "expired": "How is HLH diagnosed?",
    "declined": "How is HLH treated?",
    "draft": "What is the survival in HLH?",
}
"""Asked of the starter library; each answer is an article in the state that names it."""
LONG_AGO = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Furnished:
    """What the site holds.

    Attributes:
        people: By name.
        slugs: Of the article in each state, by the state.
        edited: Id of the article of which there are two versions.
        kept: Id of an answer that is kept.
        invitation: Token of a link that opens the page to choose a password.
    """

    people: dict[str, Person]
    slugs: dict[str, str]
    edited: str
    kept: str
    invitation: str

    @property
    def names(self) -> dict[str, str]:
        """What stands in addresses, by what it is."""
        own = {"edited": self.edited, "kept": self.kept, "invitation": self.invitation}
        return {**self.slugs, **own, "reviewer": self.people[ONE].id}


def furnish(home: Path) -> Furnished:
    """Fill the library in ``home`` with the starter library and all that its pages can show."""
    with desk_at(home, create=True) as desk:
        add(desk, ["starter:hlh"])
    settings = {"OSLER_HOME": str(home)}
    with open_registry(settings, holder="test") as registry:
        known = {}
        for name in (*ROLES, MEMBER, SECOND_FACTOR):
            roles = [ROLES[name]] if name in ROLES else []
            account = people.add_person(registry, name, roles=roles, actor="terminal")
            known[name] = people.set_password(registry, account, PASSWORD, actor="terminal").person
        secret = second_factor.begin(registry, known[SECOND_FACTOR].id)
        second_factor.confirm(registry, known[SECOND_FACTOR].id, TOTP(secret).now())
        invited = people.add_person(registry, "Test Invited Person", actor="terminal")
        invitation = make_link(registry, invited, Purpose.INVITATION, actor="terminal")
    with desk_at(home) as desk:
        slugs = {state: _article(desk, state, known) for state in QUESTIONS}
        edited = _discuss(desk, slugs["under_review"], known)
        why = "The dose is told in another article."
        successor = slugs["approved"]
        move(
            desk, slugs["superseded"], Move.SUPERSEDE, by=known[EDITOR], reason=why, successor=successor
        )
        answer = ask(desk, QUESTIONS["approved"], reader=Reader.CLINICIAN, keep=False)
        kept = keep(desk, answer.document)
    return Furnished(known, slugs, edited, kept.id, invitation)


def _article(desk: TimedDesk, state: str, known: dict[str, Person]) -> str:
    """Return the slug of an article that people of the desk brought into ``state``."""
    desk.at = LONG_AGO if state == "expired" else datetime.now(UTC)
    as_draft = state == "draft"
    article = submit(desk, QUESTIONS[state], by=known[AUTHOR], as_draft=as_draft).kept.article
    if state == "withdrawn":
        move(desk, article.id, Move.WITHDRAW, by=known[AUTHOR], reason="The question was too wide.")
    elif state == "declined":
        move(desk, article.id, Move.DECLINE, by=known[EDITOR], reason="Not a question of this desk.")
    elif state not in ("draft", "submitted"):
        _review(desk, article.id, known, approve=state in ("approved", "superseded", "expired"))
        if state == "changes_requested":
            move(desk, article.id, Move.REQUEST_CHANGES, by=known[ONE], reason="Say for whom.")
        elif state == "approved":
            report(desk, article.id, "The second dose is of another paper.", concern=Concern.FIGURE)
            reply(desk, article.id, 1, "The paper says so.", outcome=Outcome.UNCHANGED, by=known[EDITOR])
            report(desk, article.id, "The year is wrong.", concern=Concern.SOURCE)
    return article.slug


def _review(desk: TimedDesk, article: str, known: dict[str, Person], *, approve: bool) -> None:
    for name in (ONE, TWO):
        acts.assign(desk, article, known[name], by=known[EDITOR], due=date(2030, 1, 31))
        acts.declare(desk, article, by=known[name])
    claims = _claims(desk, article)
    signed = claims if approve else claims[:1]
    for name in (ONE, TWO):
        acts.judge(desk, article, signed, Judgement.ACCEPT, by=known[name])
    if approve:
        acts.declare(desk, article, by=known[BOARD])
        review_by = date(2025, 1, 8) if desk.at == LONG_AGO else None
        move(desk, article, Move.APPROVE, by=known[BOARD], review_by=review_by)


def _discuss(desk: TimedDesk, slug: str, known: dict[str, Person]) -> str:
    """Put other words in the place of one statement, reject one, remark on both; return the id."""
    article = show_claims(desk, slug)
    first, second = [claim["statement"] for claim in article["claims"]][:2]
    acts.comment(desk, slug, "For whom is this?", by=known[ONE], statement=first["id"])
    acts.comment(desk, slug, "The order is good.", by=known[TWO])
    acts.judge(desk, slug, [second["id"]], Judgement.REJECT, by=known[TWO], reason="Of another drug.")
    edit(desk, slug, first["id"], REWORDED, by=known[ONE], reason="Plainer.")
    return str(article["article"]["id"])


def _claims(desk: TimedDesk, article: str) -> Sequence[str]:
    return [claim["statement"]["id"] for claim in show_claims(desk, article)["claims"]]
