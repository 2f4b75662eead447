"""Which signatures a version still needs, and which ones it has. Decides on nothing else.

A signature belongs to the content it was given for: it goes on counting in later versions that print the
same, and no longer counts once the words or what they cite have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from osler.model.article import Article, Printed
from osler.model.editorial import Judgement
from osler.model.review import Actor, Decided

PLAIN: Final = 1
"""Signatures that a statement needs."""
DOSING: Final = 2
"""Signatures, of two people, that a statement with a dose needs."""


@dataclass(frozen=True, slots=True)
class Need:
    """One statement of the newest version with its signatures.

    Attributes:
        statement: ``st_…``.
        wanted: How many signatures it needs, each of another person.
        signed: The acceptances that count, oldest first.
        rejected: Who rejects it now.
    """

    statement: str
    wanted: int
    signed: tuple[Decided, ...]
    rejected: tuple[Actor, ...]

    @property
    def lacks(self) -> int:
        """How many signatures are missing."""
        return max(0, self.wanted - len(self.signed))


def needs_of(article: Article) -> tuple[Need, ...]:
    """Return for each statement of the newest version what it needs and has, in order."""
    return tuple(_need(article, one) for one in article.version.statements)


def signatures(article: Article) -> tuple[Decided, ...]:
    """Return every acceptance that counts for the newest version, in the order of its statements."""
    return tuple(signed for need in needs_of(article) for signed in need.signed)


def _need(article: Article, one: Printed) -> Need:
    latest: dict[str, Decided] = {}
    for decided in article.decided:
        if decided.content == one.content and decided.event > article.renewed:
            latest.pop(decided.by.id, None)
            latest[decided.by.id] = decided
    return Need(
        one.id,
        DOSING if one.is_dosing else PLAIN,
        tuple(
            d for d in latest.values() if d.judgement is Judgement.ACCEPT and _counts(article, one, d)
        ),
        tuple(d.by for d in latest.values() if d.judgement is Judgement.REJECT),
    )


def _counts(article: Article, one: Printed, signed: Decided) -> bool:
    """Tell whether a signature counts: not of the author, the writer, or one with an interest."""
    declared = article.declaration_of(signed.by.id)
    is_partial = declared is None or bool(declared.interest)
    return signed.by.id not in {article.author.id, one.writer} and not is_partial
