"""A small library of invented papers, a desk with a clock of its own, and people with plain names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from osler.model.person import Person, Role
from osler.service.add import add
from osler.service.wiring import Desk, open_desk

DOSE = "What dose of inventumab is used in testosis?"
MECHANISM = "What is the mechanism of action of inventumab in testosis?"
GUIDELINE = {
    "pmid": "99999981",
    "title": "Invented guideline on testosis",
    "abstract": "For adults with testosis, inventumab 2 mg/kg per day intravenously is recommended.",
    "year": 2022,
    "journal": "Invented Guidelines",
    "publication_types": ["Practice Guideline"],
}
TRIAL = {
    "pmid": "99999982",
    "title": "Inventumab in testosis: a randomized trial",
    "abstract": "METHODS: We randomized 40 adults with testosis to inventumab or placebo. RESULTS: The"
    " dose of inventumab was 2 mg/kg per day in 20 adults with testosis. Inventumab inhibits the testin"
    " receptor in adults with testosis. Fever resolved in 15 of 20 adults (75%) given inventumab.",
    "year": 2019,
    "journal": "J Invent Med",
}
SERIES = {
    "pmid": "99999983",
    "title": "Inventumab in five adults with testosis: a case series",
    "abstract": "Five adults with testosis were given inventumab 2 mg/kg per day. Liver enzymes rose"
    " in 1 of 5 adults with testosis treated with inventumab.",
    "year": 2020,
    "journal": "Invent Reports",
}
PAPERS = [GUIDELINE, TRIAL, SERIES]
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

AUTHOR = Person("p-author", "Test Author", frozenset({Role.AUTHOR}))
REVIEWER = Person("p-one", "Test Reviewer One", frozenset({Role.REVIEWER}))
SECOND = Person("p-two", "Test Reviewer Two", frozenset({Role.REVIEWER}))
BOARD = Person("p-board", "Test Board Member", frozenset({Role.BOARD_MEMBER}))
EDITOR = Person("p-editor", "Test Editor", frozenset({Role.EDITOR}))
ADMINISTRATOR = Person("p-admin", "Test Administrator", frozenset({Role.ADMINISTRATOR}))
CLOSED = Person("p-closed", "Test Closed Account", frozenset(Role), disabled=True)
EVERYBODY = (AUTHOR, REVIEWER, SECOND, BOARD, EDITOR, ADMINISTRATOR, CLOSED)


class Directory:
    """People looked up by id or name, as the accounts do."""

    def person(self, name_or_id: str) -> Person | None:
        return next((one for one in EVERYBODY if name_or_id in (one.id, one.name)), None)


@dataclass
class TimedDesk(Desk):
    """A desk whose clock a test sets."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def reading(self, scopes: frozenset[str]) -> TimedDesk:
        """Return the desk of somebody who may read ``scopes``, by the same clock."""
        if scopes == self.scopes:
            return self
        return TimedDesk(self.settings, self.store, self.holder, scopes, self.notices, at=self.at)

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.at += timedelta(**time)


def write_papers(folder: Path, papers: list[dict[str, Any]], name: str = "papers.jsonl") -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
    return file


def write_notice(folder: Path, kind: str, of: str) -> Path:
    """Write a MEDLINE record that says ``kind`` (``RetractionOf``, ``ErratumFor``) of a PMID."""
    file = folder / f"{kind}-{of}.xml"
    file.write_text(
        '<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation>'
        '<PMID Version="1">99999900</PMID><Article><ArticleTitle>A notice.</ArticleTitle>'
        "<Abstract><AbstractText>A notice on an invented paper.</AbstractText></Abstract></Article>"
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>J Invent</RefSource>'
        f'<PMID Version="1">{of}</PMID></CommentsCorrections></CommentsCorrectionsList>'
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>",
        encoding="utf-8",
    )
    return file


@contextmanager
def desk_at(home: Path, *, create: bool = False) -> Iterator[TimedDesk]:
    """Open the library in ``home`` at the desk of the test's clock."""
    settings = {"OSLER_HOME": str(home), "OSLER_OFFLINE": "1"}
    with open_desk(settings, create=create, holder="osler test") as desk:
        yield TimedDesk(desk.settings, desk.store, desk.holder)


def stock(home: Path, folder: Path, papers: list[dict[str, Any]] = PAPERS) -> None:
    """Fill the library in ``home`` with ``papers``."""
    with desk_at(home, create=True) as desk:
        report = add(desk, [str(write_papers(folder, papers))])
        assert report.failed == 0, report


def forget(desk: TimedDesk) -> None:
    """Let go of what was opened before the library changed, as a new process would have."""
    for name in ("index", "vocabulary", "meaning"):
        desk.__dict__.pop(name, None)
