"""Where articles contradict each other, or an article itself: figures, advice, effects, class limits.

Reads the statements that pages print; what sources differ in within one page stands in that page's own
table of conflicts and is no finding here, but classes that do not meet are, and what the desk worded
against the rest of its page. A finding has a key that stays the same as long as the statements do, so
that an explanation given once goes on counting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, product
from typing import Any, Final

from osler.ids import sha256_text
from osler.model.article import Subject
from osler.model.citation import Citation
from osler.model.conflict import NOT_EXPLAINED, Conflict
from osler.model.question import ConceptRole
from osler.model.statement import Made
from osler.retrieval.lexicon import MODIFIERS
from osler.review.amounts import doses_apart
from osler.review.boundaries import Bounds, bounds_in, seams
from osler.review.content import Document, content_of, statements_of
from osler.review.history import digest
from osler.review.matching import kin, shares_a_condition
from osler.synthesis.conflicts import Said, find_conflicts
from osler.synthesis.setting import NOT_STATED, Setting, setting_of
from osler.text.names import keyed

FINDING_DOMAIN: Final = "osler.article.finding.v1"
KEY_DIGITS: Final = 12
_GIVEN: Final = (ConceptRole.INTERVENTION, ConceptRole.COMPARATOR, ConceptRole.TOPIC)
_ILL: Final = (ConceptRole.CONDITION, ConceptRole.POPULATION)
_SHORTEST: Final = 2
DOSED_APART: Final = ("newborn", "pregnancy", "renal impairment", "hepatic impairment")
"""People who are treated otherwise than others: what is said of them contradicts nothing general."""
_OVERTAKEN: Final = frozenset({"year", "jurisdiction"})
"""Respects that do not excuse opposite advice: one of the pages has to say it."""


class Contradiction(StrEnum):
    """What two statements cannot both hold of."""

    DOSE = "dose"
    FIGURE = "figure"
    ADVICE = "advice"
    EFFECT = "effect"
    CLASSES = "classes"


@dataclass(frozen=True, slots=True)
class Page:
    """An article as it is compared: what it is about, and the answer that it prints."""

    article: str
    asked: str
    subject: Subject
    answer: Document


@dataclass(frozen=True, slots=True)
class Quoted:
    """One side of a finding: whose statement it is, and its words."""

    article: str
    statement: str
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction.

    Attributes:
        key: Names it for ever, as long as its statements say what they say.
        kind: What it is about.
        about: The thing, in words.
        why: What was read to differ besides, or ``not explained``.
        sides: The statements, of two articles or of one.
    """

    key: str
    kind: Contradiction
    about: str
    why: str
    sides: tuple[Quoted, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles concerned, each once."""
        return tuple(dict.fromkeys(side.article for side in self.sides))

    @property
    def line(self) -> str:
        """The finding in one line."""
        first, last = self.sides[0], self.sides[-1]
        return f"{self.about} ({self.key}): “{first.words}” and “{last.words}” in {last.article}"


def lint(pages: Sequence[Page], *, only: str | None = None) -> tuple[Finding, ...]:
    """Return the contradictions between ``pages``, or those that concern the article ``only``."""
    found: list[Finding] = []
    for page in pages:
        if only in (None, page.article):
            found += _classes([page])
            found += _worded_against(page)
    for one, other in combinations(pages, 2):
        concerned = only is None or only in (one.article, other.article)
        if concerned and one.article != other.article and kin(one.subject, other.subject):
            found += _differences(one, other)
            if shares_a_condition(one.subject, other.subject):
                found += _classes([one, other])
    return tuple({finding.key: finding for finding in found}.values())


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement as it is compared, with its own source and hash."""

    said: Said
    words: str
    source: str
    content: str
    is_worded: bool


def _differences(one: Page, other: Page) -> Iterator[Finding]:
    """Yield what two pages say differently of the same thing in the same people."""
    known = _names(one.subject, other.subject)
    told = [*_told(one), *_told(other)]
    by_statement = {(t.said.citation.source, t.said.statement): t for t in told}
    for conflict in _conflicts([(t.said, t.words) for t in told], known):
        kind = _kind(conflict.about)
        if not _stands(kind, conflict.why):
            continue
        sides = [by_statement[side.citation.source, side.statement] for side in conflict.sides]
        if _is_one_source(sides) or _both_show(sides, one, other):
            continue
        yield _finding(
            kind, conflict.about, conflict.why, sides, [s.citation.quote for s in conflict.sides]
        )
    yield from _doses(one, other, known)


def _doses(one: Page, other: Page, known: Mapping[str, str]) -> Iterator[Finding]:
    """Yield doses by weight and flat ones, and maxima, that no patient could be given both of."""
    drugs = {spelling: name for spelling, name in known.items() if " " not in spelling}
    for mine, theirs in product(_told(one), _told(other)):
        sides = [mine, theirs]
        if _is_one_source(sides) or _both_show(sides, one, other):
            continue
        if _dosed_apart(mine.words) != _dosed_apart(theirs.words):
            continue
        for apart in doses_apart(
            mine.words, mine.said.setting, theirs.words, theirs.said.setting, drugs
        ):
            words = [mine.words, theirs.words]
            yield _finding(Contradiction.DOSE, apart.about, NOT_EXPLAINED, sides, words)


def _conflicts(told: Sequence[tuple[Said, str]], known: Mapping[str, str]) -> Iterator[Conflict]:
    """Yield where statements differ that are about the same people, each with its words.

    What is said of people with failing kidneys is held only against what is said of these.
    """
    for people in dict.fromkeys(_dosed_apart(words) for _, words in told):
        alike = [said for said, words in told if _dosed_apart(words) == people]
        yield from find_conflicts(alike, known)


def _dosed_apart(words: str) -> frozenset[str]:
    """Return which of the people who are treated otherwise than others ``words`` names."""
    return frozenset(name for name in DOSED_APART if MODIFIERS[name].search(words.lower()))


def _worded_against(page: Page) -> Iterator[Finding]:
    """Yield what a statement that the desk worded contradicts on its own page.

    The page's table of conflicts was made before, from the sentences that the library found.
    """
    told = list(_told(page))
    if not any(one.is_worded for one in told):
        return
    apart = [
        replace(one.said, citation=replace(one.said.citation, source=one.said.statement)) for one in told
    ]
    by_statement = {one.said.statement: one for one in told}
    tabled = [{side["statement"] for side in each["sides"]} for each in page.answer["conflicts"]]
    known = _names(page.subject, page.subject)
    for conflict in _conflicts(list(zip(apart, [one.words for one in told], strict=True)), known):
        kind, named = _kind(conflict.about), {side.statement for side in conflict.sides}
        sides = [by_statement[side.statement] for side in conflict.sides]
        is_told = any(named <= each for each in tabled)
        if is_told or not _stands(kind, conflict.why) or not any(one.is_worded for one in sides):
            continue
        words = [side.citation.quote for side in conflict.sides]
        yield _finding(kind, conflict.about, conflict.why, sides, words)


def _told(page: Page) -> Iterator[_Told]:
    """Yield the statements of a page; the article stands in the place of the source.

    So only statements of two articles are compared, and by what is printed where somebody worded them.
    """
    records = {entry["source"]: entry for entry in page.answer["references"]}
    for one in statements_of(page.answer):
        first = one["citations"][0]
        worded = one["made"] == Made.WRITTEN.value
        words = one["text"] if worded else first["quote"]
        record = records.get(first["source"], {})
        citation = Citation(
            page.article, first["version"], first["passage"], 0, len(words), words, sha256_text(words)
        )
        setting = _setting(one, words, record, page.subject)
        yield _Told(Said(one["id"], citation, setting), words, first["source"], content_of(one), worded)


def _setting(one: Document, words: str, record: Mapping[str, Any], subject: Subject) -> Setting:
    """Return the setting of a statement; what it leaves unsaid of the condition, its page says."""
    is_law = record.get("kind") != "research"
    setting = setting_of(
        words,
        spelt=one["text"],
        lead=one["lead"],
        year=record.get("year"),
        design=str(record.get("design", "")).replace("_", " "),
        place=f"{record.get('title') or ''} {record.get('container') or ''}" if is_law else "",
    )
    spellings = [v for t in subject.terms if t.role in _ILL for v in t.variants]
    if not spellings:
        return setting
    return replace(
        setting,
        condition=setting.condition or max(spellings, key=len),
        words=setting.words | frozenset(keyed(" ".join(spellings)).split()),
    )


def _names(one: Subject, other: Subject) -> dict[str, str]:
    """Return each spelling of what the two pages are about, with the one name used here."""
    known: dict[str, str] = {}
    for term in (*one.terms, *other.terms):
        if term.role not in _GIVEN:
            continue
        spellings = [v.lower() for v in (term.text, *term.variants) if len(v) > _SHORTEST]
        name = next((known[v] for v in spellings if v in known), term.text.lower())
        known |= {v: name for v in spellings if v not in known}
    return known


def _kind(about: str) -> Contradiction:
    if "dose" in about:
        return Contradiction.DOSE
    if about.startswith("whether") and about.endswith("advised"):
        return Contradiction.ADVICE
    if about.startswith(("whether", "effect of")):
        return Contradiction.EFFECT
    return Contradiction.FIGURE


def _stands(kind: Contradiction, why: str) -> bool:
    """Tell whether a difference is a contradiction: the same people and setting, as far as was read.

    A dose that only one side binds to its people may be read for all by a reader of the other page, and
    advice is not excused by its year.
    """
    if why == NOT_EXPLAINED:
        return True
    respects = [part.partition(":") for part in why.split("; ")]
    if kind is Contradiction.ADVICE:
        return all(name in _OVERTAKEN for name, _, _ in respects)
    if kind is Contradiction.DOSE:
        return all(values.strip().endswith(NOT_STATED) for _, _, values in respects)
    return False


def _is_one_source(sides: Sequence[_Told]) -> bool:
    """Tell whether both pages only quote one source, which told its figures apart in its own place."""
    return len({side.source for side in sides}) == 1 and not any(side.is_worded for side in sides)


def _both_show(sides: Sequence[_Told], one: Page, other: Page) -> bool:
    """Tell whether both pages print every side, so that no reader sees only one of them."""
    needed = {side.content for side in sides}
    return all(
        needed <= {content_of(statement) for statement in statements_of(page.answer)}
        for page in (one, other)
    )


def _classes(pages: Sequence[Page]) -> Iterator[Finding]:
    """Yield classes that leave a gap or overlap: within one page, or between two."""
    read: list[tuple[_Told, Bounds]] = []
    for page in pages:
        for told in _told(page):
            read += [(told, bounds) for bounds in bounds_in(told.words)]
    for seam in seams([bounds for _, bounds in read]):
        (one, a), (other, b) = read[seam.one], read[seam.other]
        articles = {one.said.citation.source, other.said.citation.source}
        if len(articles) != len(pages):
            continue
        about = f"{a.scale}: {seam.what}"
        yield _finding(Contradiction.CLASSES, about, NOT_EXPLAINED, [one, other], [a.shown, b.shown])


def _finding(
    kind: Contradiction, about: str, why: str, sides: Sequence[_Told], words: Iterable[str]
) -> Finding:
    contents = sorted(f"{side.said.citation.source}:{side.content}" for side in sides)
    return Finding(
        digest(FINDING_DOMAIN, kind.value, about, *contents)[:KEY_DIGITS],
        kind,
        about,
        why,
        tuple(
            Quoted(side.said.citation.source, side.said.statement, said)
            for side, said in zip(sides, words, strict=True)
        ),
    )
