"""One claim against one source: the sentence that speaks of it, and what it says.

Precision comes first: ``supported`` is said only where no check objects. Looks nothing up; the caller
brings the source and its passages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from osler.model.citation import Citation, cite
from osler.model.passage import Passage, Role
from osler.model.source import Source
from osler.model.verdict import Check, Outcome
from osler.text.moves import classify_move
from osler.text.names import spelt_out
from osler.verify.characters import is_addressed_to_software
from osler.verify.checks import CheckName
from osler.verify.figures import is_rivalled
from osler.verify.signs import opposes
from osler.verify.spans import sentences_of
from osler.verify.standing import check_standing
from osler.verify.wording import Evidence, relevant_clause, share, subject_tokens
from osler.verify.written import compare, is_one_statement

MOST_JUDGED: Final = 3
LEAST_TO_CONTRADICT: Final = 0.85
LEAST_TO_JUDGE: Final = 0.4
_CONTRADICTS: Final = frozenset(
    {CheckName.POLARITY.value, CheckName.DIRECTION.value, CheckName.FIGURES.value}
)
_OVERSTATES: Final = frozenset({CheckName.STRENGTH.value, CheckName.POPULATION.value})


class ClaimOutcome(StrEnum):
    """What the source does for the claim."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """What the judge found about one claim.

    Attributes:
        claim: The claim as given.
        outcome: What the source does for it.
        reason: Why, in words a reader understands.
        evidence: The sentences it was judged by, the best first.
        checks: The checks against the best sentence.
    """

    claim: str
    outcome: ClaimOutcome
    reason: str
    evidence: tuple[Citation, ...] = ()
    checks: tuple[Check, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the verdict as plain values."""
        return {
            "claim": self.claim,
            "outcome": self.outcome.value,
            "reason": self.reason,
            "evidence": [
                {
                    "source": c.source,
                    "version": c.version,
                    "passage": c.passage,
                    "start": c.start,
                    "end": c.end,
                    "quote": c.quote,
                    "sha256": c.sha256,
                }
                for c in self.evidence
            ],
            "checks": [
                {"check": c.check, "outcome": c.outcome.value, "reason": c.reason} for c in self.checks
            ],
        }


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence of the source with the share of the claim's words that it holds."""

    share: float
    order: int
    citation: Citation
    evidence: Evidence
    checks: tuple[Check, ...] = field(default=())


def check_claim(
    text: str,
    *,
    source: Source,
    passages: Sequence[Passage],
    vocabulary: Mapping[str, str] | None = None,
) -> ClaimVerdict:
    """Return what ``source`` does for the claim ``text``.

    Args:
        text: One statement.
        source: The source it is checked against, as it stands today.
        passages: The passages of the source's current version.
        vocabulary: Abbreviation to long form, as the library writes it.
    """
    known = vocabulary or {}
    refusal = _why_not_checkable(text)
    if refusal:
        return ClaimVerdict(text, ClaimOutcome.NOT_CHECKABLE, refusal)
    standing = check_standing(source)
    if standing.outcome is Outcome.FAILED:
        return ClaimVerdict(text, ClaimOutcome.UNSUPPORTED, standing.reason, checks=(standing,))
    found = _best(text, source, passages, known)
    if not found:
        return ClaimVerdict(text, ClaimOutcome.UNSUPPORTED, "the source does not speak of it")
    judged = [
        _Found(
            f.share,
            f.order,
            f.citation,
            f.evidence,
            (standing, *compare(text, f.evidence, known, strict=False)),
        )
        for f in found
    ]
    return _decide(text, judged)


def _why_not_checkable(text: str) -> str:
    if not text.strip():
        return "the claim is empty"
    if is_addressed_to_software(text):
        return "the claim gives orders instead of stating something"
    if not is_one_statement(text):
        return "the claim is not one statement; check its sentences one by one"
    if not subject_tokens(text):
        return "the claim names nothing that could be looked for"
    return ""


def _best(
    text: str, source: Source, passages: Sequence[Passage], vocabulary: Mapping[str, str]
) -> list[_Found]:
    """Return the sentences that share most with ``text`` and state something, best first."""
    title = source.title or ""
    shared: list[tuple[float, int, Passage, int, int]] = []
    for passage in passages:
        for start, end in sentences_of(passage):
            held = share(text, spelt_out(passage.text[start:end], vocabulary))
            if held < LEAST_TO_JUDGE / 2:
                continue
            section = passage.section_at(start)
            if section is not None and section.role in {Role.RESULTS, Role.CONCLUSIONS}:
                held += 0.05
            shared.append((held, len(shared), passage, start, end))
    found: list[_Found] = []
    for held, order, passage, start, end in sorted(shared, key=lambda entry: (-entry[0], entry[1])):
        sentence = passage.text[start:end]
        section = passage.section_at(start)
        if is_addressed_to_software(sentence):
            continue
        if not classify_move(sentence, section.role if section else None).is_evidence:
            continue
        evidence = Evidence(sentence, title, passage.text, source.headings)
        found.append(_Found(held, order, cite(passage, start, end), evidence))
        if len(found) == MOST_JUDGED:
            break
    return found


def _decide(text: str, judged: list[_Found]) -> ClaimVerdict:
    passing = [f for f in judged if not _failures(f)]
    against = [f for f in judged if f.share >= LEAST_TO_CONTRADICT and _contradicts(text, f)]
    if passing and not any(f.share >= passing[0].share for f in against):
        best = passing[0]
        return _verdict(text, ClaimOutcome.SUPPORTED, "the source says so", best, judged)
    overstated = [f for f in judged if _is_overstated(f)]
    if against and not any(f.share >= against[0].share for f in overstated):
        best = against[0]
        reason = next(c.reason for c in _failures(best) if c.check in _CONTRADICTS)
        return _verdict(text, ClaimOutcome.CONTRADICTED, reason, best, judged)
    if overstated:
        best = overstated[0]
        return _verdict(text, ClaimOutcome.PARTLY, _failures(best)[0].reason, best, judged)
    best = judged[0]
    failures = _failures(best)
    reason = failures[0].reason if failures else "the source speaks of it in another way"
    return _verdict(text, ClaimOutcome.UNSUPPORTED, reason, best, judged)


def _failures(found: _Found) -> list[Check]:
    return [check for check in found.checks if check.outcome is Outcome.FAILED]


def _is_overstated(found: _Found) -> bool:
    failures = _failures(found)
    return bool(failures) and all(check.check in _OVERSTATES for check in failures)


def _contradicts(text: str, found: _Found) -> bool:
    """Tell whether the sentence says the opposite: only meaning is at odds, and plainly."""
    failures = _failures(found)
    if not failures or not all(check.check in _CONTRADICTS for check in failures):
        return False
    if any(check.check == CheckName.FIGURES.value for check in failures):
        return len(failures) == 1 and is_rivalled(text, found.evidence.text)
    return opposes(text, relevant_clause(text, found.evidence.text))


def _verdict(
    text: str, outcome: ClaimOutcome, reason: str, best: _Found, judged: list[_Found]
) -> ClaimVerdict:
    others = tuple(f.citation for f in judged if f is not best and f.share >= LEAST_TO_JUDGE)
    return ClaimVerdict(text, outcome, reason, (best.citation, *others), best.checks)
