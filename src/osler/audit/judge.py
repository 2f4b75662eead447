"""One claim against all sources that speak of it: the best evidence wins, and precision comes first.

``supported`` is said only where a source passes every check and nothing that the audit looks at objects;
``contradicted`` only where a source plainly says the opposite and none supports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from osler.audit.evidence import FINDINGS, Said
from osler.audit.opposition import is_denied, turns_round
from osler.audit.parts import split_parts
from osler.audit.seek import Spoken
from osler.audit.verdicts import AuditVerdict
from osler.model.citation import Citation
from osler.model.figure import Figure, Metric
from osler.model.verdict import Check, Outcome
from osler.text.drug_names import drugs_in
from osler.text.figures import same_value
from osler.text.names import names, spelt_out
from osler.text.outcomes import outcomes_in, times_in
from osler.text.people import groups_in
from osler.verify.checks import CheckName
from osler.verify.claim import ClaimVerdict, check_claim
from osler.verify.figures import figures_of
from osler.verify.spans import sentences_of
from osler.verify.wording import share, subject_tokens

MOST_EVIDENCE: Final = 3
_SUPPORTED: Final = "supported"
_CONTRADICTED: Final = "contradicted"
_OVERSTATES: Final = frozenset({CheckName.STRENGTH.value, CheckName.POPULATION.value})
_LEAST_TO_SHOW: Final = 0.5
_MOST_NEAR: Final = 2
_FEWEST_SUBJECTS: Final = 3
_LEAST_SHARED: Final = 0.6
_TELLING: Final = tuple(
    name.value
    for name in (
        CheckName.STANDING, CheckName.ENTITIES, CheckName.COVERAGE, CheckName.POPULATION,
        CheckName.FIGURES, CheckName.POLARITY, CheckName.DIRECTION, CheckName.STRENGTH,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """What the library does for one claim, before the text itself is looked at.

    Attributes:
        verdict: As far as the evidence goes.
        reason: Why.
        evidence: The sentences it rests on, the best first.
        checks: Of the judge, against the best of them.
        best: The sentence that bears the claim out or comes nearest; None where nothing is near.
        whole: Whether the sentence was judged as one, not by its parts.
        also: Further sentences that bear the claim out.
    """

    verdict: AuditVerdict
    reason: str
    evidence: tuple[Citation, ...] = ()
    checks: tuple[Check, ...] = ()
    best: Said | None = None
    whole: bool = True
    also: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class _One:
    """The verdict of one source."""

    spoken: Spoken
    verdict: ClaimVerdict
    nearness: float

    @property
    def failures(self) -> tuple[Check, ...]:
        return tuple(check for check in self.verdict.checks if check.outcome is Outcome.FAILED)

    @property
    def best(self) -> Said | None:
        for citation in self.verdict.evidence:
            for passage in self.spoken.passages:
                if passage.id == citation.passage:
                    return Said(self.spoken.source, passage, citation.start, citation.end)
        return None


def judge_claim(claim: str, spoken: Sequence[Spoken], vocabulary: Mapping[str, str]) -> Judged:
    """Return what the sources ``spoken`` do for ``claim``.

    Args:
        claim: One sentence that states something.
        spoken: The sources that speak of it, best first.
        vocabulary: Abbreviation to long form.
    """
    ones = _verdicts(claim, spoken, vocabulary)
    whole = _decide(claim, ones)
    if whole.verdict not in {AuditVerdict.UNSUPPORTED, AuditVerdict.PARTLY}:
        return whole
    parts = split_parts(claim)
    if len(parts) < 2:
        return whole
    judged = [_decide(part, _verdicts(part, spoken, vocabulary)) for part in parts]
    return _join(parts, judged, whole)


def _verdicts(claim: str, spoken: Sequence[Spoken], vocabulary: Mapping[str, str]) -> list[_One]:
    ones = []
    for each in spoken:
        if not _speaks_of(claim, each, vocabulary):
            continue
        verdict = _verdict(claim, each, vocabulary)
        near = share(claim, verdict.evidence[0].quote) if verdict.evidence else 0.0
        ones.append(_One(each, verdict, near))
    return ones


def _verdict(claim: str, each: Spoken, vocabulary: Mapping[str, str]) -> ClaimVerdict:
    """Return what one source does for ``claim``, as it stands or with its abbreviations written out."""
    given = check_claim(claim, source=each.source, passages=each.passages, vocabulary=vocabulary)
    failed = {check.check for check in given.checks if check.outcome is Outcome.FAILED}
    opened = _written_out(claim, vocabulary)
    if failed != {CheckName.COVERAGE.value} or opened == claim:
        return given
    other = check_claim(opened, source=each.source, passages=each.passages, vocabulary=vocabulary)
    return other if other.outcome.value == _SUPPORTED else given


def _written_out(claim: str, vocabulary: Mapping[str, str]) -> str:
    """Return ``claim`` with each abbreviation after its long form, as papers introduce it."""
    for short, long in sorted(vocabulary.items()):
        found = re.search(rf"(?<![\w(-]){re.escape(short)}(?![\w)-])", claim)
        if found and not names(claim, long):
            claim = f"{claim[: found.start()]}{long} ({short}){claim[found.end() :]}"
    return claim


def _speaks_of(claim: str, each: Spoken, vocabulary: Mapping[str, str]) -> bool:
    """Tell whether a sentence, with its title, holds enough of the claim's words to be judged."""
    title = each.source.title or ""
    return any(
        share(claim, spelt_out(f"{title} . {passage.text[start:end]}", vocabulary)) >= _LEAST_TO_SHOW
        for passage in each.passages
        for start, end in sentences_of(passage)
    )


def _decide(claim: str, ones: Sequence[_One]) -> Judged:
    ranked = sorted(ones, key=lambda one: -one.nearness)
    for_it = [one for one in ranked if one.verdict.outcome.value == _SUPPORTED]
    against = [one for one in ranked if _says_the_opposite(claim, one)]
    if for_it and against:
        reason = f"one source says so, another the opposite: {_why_opposed(claim, against[0])}"
        return _judged(AuditVerdict.PARTLY, reason, [for_it[0], against[0], *for_it[1:]])
    if for_it:
        return _judged(AuditVerdict.SUPPORTED, "a source of the library says so", for_it)
    if against:
        return _judged(AuditVerdict.CONTRADICTED, _why_opposed(claim, against[0]), against)
    stronger = [one for one in ranked if one.failures and {c.check for c in one.failures} <= _OVERSTATES]
    if stronger:
        return _judged(AuditVerdict.OVERSTATED, stronger[0].failures[0].reason, stronger)
    carried = [one for one in ranked if _carries_some_figures(claim, one)]
    if carried:
        reason = f"only some of its figures are carried: {carried[0].failures[0].reason}"
        return _judged(AuditVerdict.PARTLY, reason, carried)
    refusals = {one.verdict.reason for one in ones if one.verdict.outcome.value == "not_checkable"}
    if refusals:
        return Judged(AuditVerdict.NOT_CHECKABLE, sorted(refusals)[0])
    near = sorted(
        (one for one in ranked if one.nearness >= _LEAST_TO_SHOW and one.failures),
        key=lambda one: len(one.failures),
    )
    if near:
        fault = min(near[0].failures, key=_telling)
        reason = f"no source found says so; the nearest does not: {fault.reason}"
        return _judged(AuditVerdict.UNSUPPORTED, reason, near[:_MOST_NEAR])
    return Judged(AuditVerdict.UNSUPPORTED, "no source found speaks of it")


def _judged(verdict: AuditVerdict, reason: str, ones: Sequence[_One]) -> Judged:
    evidence = tuple(one.verdict.evidence[0] for one in ones if one.verdict.evidence)
    checks = ones[0].verdict.checks
    bests = [one.best for one in ones]
    also = tuple(best for best in bests[1:] if best is not None)
    return Judged(
        verdict,
        reason,
        evidence[:MOST_EVIDENCE],
        checks,
        bests[0],
        also=also if verdict is AuditVerdict.SUPPORTED else (),
    )


def _says_the_opposite(claim: str, one: _One) -> bool:
    """Tell whether the source contradicts ``claim``; by a figure only where both speak of the same.

    Another figure for other people, another time or another outcome is another finding.
    """
    if one.verdict.outcome.value != _CONTRADICTED or not one.verdict.evidence:
        return False
    said = one.verdict.evidence[0].quote
    if CheckName.FIGURES.value not in {check.check for check in one.failures}:
        return is_denied(claim, said) or turns_round(claim, said)
    return (
        len(subject_tokens(claim)) >= _FEWEST_SUBJECTS
        and share(said, claim) >= _LEAST_SHARED
        and outcomes_in(claim) == outcomes_in(said)
        and groups_in(claim) == groups_in(said)
        and {time[:2] for time in times_in(claim)} == {time[:2] for time in times_in(said)}
        and not _overlap(claim, said)
    )


def _rival(claim: str, said: str) -> tuple[Figure, Figure] | None:
    """Return the figure of ``claim`` that ``said`` does not have, and the one in its place."""
    theirs = figures_of(said)
    for figure in figures_of(claim):
        if not any(same_value(figure, other) for other in theirs):
            rivals = [f for f in theirs if f.metric is figure.metric and f.relation == figure.relation]
            return (figure, rivals[0]) if rivals else None
    return None


def _overlap(claim: str, said: str) -> bool:
    """Tell whether the two figures at odds are ranges, or values, that both may be right."""
    found = _rival(claim, said)
    if found is None or found[0].metric is Metric.COUNT_OF:
        return False
    (low, high), (least, most) = ((f.value, f.high or f.value) for f in found)
    return low <= most and least <= high


def _why_opposed(claim: str, one: _One) -> str:
    said = one.verdict.evidence[0].quote
    found = _rival(claim, said)
    if found is None or CheckName.FIGURES.value not in {check.check for check in one.failures}:
        return one.verdict.reason
    ours, theirs = found
    return f"the source gives {said[theirs.start : theirs.end]!r}, not {claim[ours.start : ours.end]!r}"


def _telling(check: Check) -> int:
    """Return the place of a failed check among those that tell a reader most."""
    return _TELLING.index(check.check) if check.check in _TELLING else len(_TELLING)


def _carries_some_figures(claim: str, one: _One) -> bool:
    """Tell whether only figures are at odds, and one finding of several stands in the evidence."""
    if not one.failures or {check.check for check in one.failures} != {CheckName.FIGURES.value}:
        return False
    stated = [f for f in figures_of(claim) if f.metric in FINDINGS]
    said = figures_of(one.verdict.evidence[0].quote) if one.verdict.evidence else ()
    held = [figure for figure in stated if any(same_value(figure, other) for other in said)]
    return 0 < len(held) < len(stated)


def _join(parts: Sequence[str], judged: Sequence[Judged], whole: Judged) -> Judged:
    """Return the verdict on a sentence from those on its parts."""
    carried = [one for one in judged if one.verdict is AuditVerdict.SUPPORTED]
    opposed = [one for one in judged if one.verdict is AuditVerdict.CONTRADICTED]
    evidence = tuple(dict.fromkeys(c for one in (*carried, *opposed) for c in one.evidence[:1]))
    if not carried:
        if opposed:
            return Judged(
                AuditVerdict.CONTRADICTED,
                opposed[0].reason,
                evidence,
                opposed[0].checks,
                opposed[0].best,
            )
        return whole
    if len(carried) == len(parts) and all(
        drugs_in(part) or len(figures_of(part)) == 0 for part in parts
    ):
        reason = "each of its parts is said by a source of the library"
        return Judged(
            AuditVerdict.SUPPORTED, reason, evidence, carried[0].checks, carried[0].best, whole=False
        )
    failing = next(
        (i for i, one in enumerate(judged) if one.verdict is not AuditVerdict.SUPPORTED), None
    )
    if failing is None:
        return Judged(
            AuditVerdict.PARTLY,
            "its parts are said, but not together",
            evidence,
            whole.checks,
            carried[0].best,
        )
    reason = f"a part of it is carried, but not {parts[failing].rstrip('.')!r}: {judged[failing].reason}"
    return Judged(AuditVerdict.PARTLY, reason, evidence, judged[failing].checks, carried[0].best)
