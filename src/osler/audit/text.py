"""A whole text, audited: its sentences judged one by one, then looked at together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from osler.audit.asked import check_asked
from osler.audit.citing import check_citing
from osler.audit.claims import Sentence, find_sentences
from osler.audit.clashes import find_clashes
from osler.audit.evidence import Said, sentences_said
from osler.audit.figure_places import check_places
from osler.audit.figure_scope import Scope, check_scope, ends_without_range
from osler.audit.findings import NARROWING, OPPOSING, OVERSTATING, Finding, remark
from osler.audit.form import check_attribution, check_comparator, check_order, check_verb, check_words
from osler.audit.judge import Judged, judge_claim
from osler.audit.reading import read_blocks
from osler.audit.seek import Seeker, Spoken
from osler.audit.verdicts import Audit, AuditedClaim, AuditVerdict
from osler.model.citation import Citation
from osler.model.verdict import Check, Outcome
from osler.text.drug_names import drugs_in
from osler.text.terms import find_abbreviations
from osler.verify.wording import share

_OF_TONE: Final = frozenset({"polarity", "direction", "strength", "population"})
_ALL_BUT_WHOLE: Final = 0.85
Advance = Callable[[int, int, str], None]
_LOWERING: Final = (
    (OPPOSING, AuditVerdict.CONTRADICTED),
    (OVERSTATING, AuditVerdict.OVERSTATED),
    (NARROWING, AuditVerdict.PARTLY),
)


def audit_text(
    text: str, *, name: str, seeker: Seeker, snapshot: str, advance: Advance | None = None
) -> Audit:
    """Return the audit of ``text`` against the library behind ``seeker``.

    Args:
        text: As given; every offset of the audit counts in it.
        name: Of the file, by whose ending its format is told; ``-`` for standard input.
        seeker: Finds the evidence.
        snapshot: Names the state of the library.
        advance: Told after each sentence how many of how many are done, and which.

    Raises:
        InputError: Nothing in it is there to be read.
    """
    blocks = read_blocks(text, name=name)
    sentences = find_sentences(blocks)
    own = {found.short: found.long for block in blocks for found in find_abbreviations(block.text)}
    citing, asked = check_citing(sentences), check_asked(sentences)
    claims = []
    for done, sentence in enumerate(sentences, start=1):
        beside = (*citing.get(sentence.n, ()), *asked.get(sentence.n, ()))
        claims.append(_audited(sentence, seeker, own, beside))
        if advance is not None:
            advance(done, len(sentences), "")
    return Audit(tuple(claims), tuple(find_clashes(sentences)), snapshot)


def _audited(
    sentence: Sentence, seeker: Seeker, own: dict[str, str], beside: tuple[Check, ...]
) -> AuditedClaim:
    plain = AuditedClaim(
        sentence.n,
        sentence.text,
        sentence.start,
        sentence.end,
        AuditVerdict.NOT_CHECKABLE,
        sentence.why_not,
        checks=beside,
    )
    if not sentence.is_claim:
        return plain
    spoken = seeker.seek(sentence.judged)
    vocabulary = seeker.abbreviations(sentence.judged, own)
    judged = judge_claim(sentence.judged, spoken, vocabulary)
    if judged.verdict is AuditVerdict.NOT_CHECKABLE:
        return replace(plain, reason=judged.reason)
    said = _said(sentence.judged, spoken, seeker)
    judged, scope, found = _looked_at(sentence.judged, judged, said, vocabulary)
    verdict, reason = _lowered(sentence.judged, judged, found)
    if verdict is AuditVerdict.UNSUPPORTED and scope.shown:
        reason = scope.checks[0].reason
    read_as = (
        (remark(Finding.READ_AS, f"read as {sentence.judged!r}"),)
        if sentence.judged != sentence.marks.bare
        else ()
    )
    return replace(
        plain,
        verdict=verdict,
        reason=reason,
        evidence=_evidence(judged, scope),
        checks=(*judged.checks, *read_as, *found, *beside),
    )


def _looked_at(
    claim: str, judged: Judged, said: Sequence[Said], vocabulary: Mapping[str, str]
) -> tuple[Judged, Scope, tuple[Check, ...]]:
    """Return the findings in the text, by that of several supporting sentences that objects least."""
    is_near = judged.verdict is not AuditVerdict.UNSUPPORTED or _differs_in_tone(claim, judged)
    tried = []
    for best in (judged.best if is_near else None, *judged.also):
        scope, found = _findings(claim, judged, best, said, vocabulary)
        tried.append((len(found), best, scope, found))
        if not found:
            break
    _, best, scope, found = min(tried, key=lambda one: one[0])
    if best is not None and best is not judged.best:
        first = best.citation
        rest = tuple(citation for citation in judged.evidence if citation != first)
        judged = replace(judged, evidence=(first, *rest), best=best)
    return judged, scope, found


def _findings(
    claim: str,
    judged: Judged,
    best: Said | None,
    said: Sequence[Said],
    vocabulary: Mapping[str, str],
) -> tuple[Scope, tuple[Check, ...]]:
    scope = check_scope(claim, said, best)
    return scope, (
        *scope.checks,
        *check_places(claim, best),
        *check_order(claim, best),
        *check_words(claim, best if judged.whole else None, vocabulary),
        *check_comparator(claim),
        *check_verb(claim, best),
        *check_attribution(claim, best),
    )


def _differs_in_tone(claim: str, judged: Judged) -> bool:
    """Tell whether the nearest evidence holds all that the claim is about, put otherwise."""
    failed = {check.check for check in judged.checks if check.outcome is Outcome.FAILED}
    return (
        judged.verdict is AuditVerdict.UNSUPPORTED
        and judged.best is not None
        and failed <= _OF_TONE
        and share(claim, judged.best.text) >= _ALL_BUT_WHOLE
    )


def _said(claim: str, spoken: Sequence[Spoken], seeker: Seeker) -> list[Said]:
    """Return every sentence found for ``claim``, and for its ranges those with their ends."""
    said = sentences_said(spoken)
    ends = ends_without_range(claim, said)
    if not ends:
        return said
    known = {each.source.id for each in spoken}
    more = seeker.seek(" ".join((*sorted(drugs_in(claim)), *ends)))
    return said + sentences_said([each for each in more if each.source.id not in known])


def _evidence(judged: Judged, scope: Scope) -> tuple[Citation, ...]:
    """Return what is shown: for a range over unlike findings its two ends, not what is near."""
    ends = tuple(said.citation for said in scope.shown)
    if judged.verdict is AuditVerdict.UNSUPPORTED and ends:
        return ends
    return tuple(dict.fromkeys((*judged.evidence, *ends)))


def _lowered(claim: str, judged: Judged, found: tuple[Check, ...]) -> tuple[AuditVerdict, str]:
    """Return the verdict once the text itself has been looked at: an objection takes ``supported`` away.

    What only goes further than the evidence is no contradiction: ``lowers`` where the source reports an
    association that does not prove cause.
    """
    failed = [check for check in found if check.outcome is Outcome.FAILED]
    if judged.verdict is AuditVerdict.CONTRADICTED or _differs_in_tone(claim, judged):
        surer = next((check for check in failed if check.check == Finding.VERB), None)
        if surer:
            return AuditVerdict.OVERSTATED, surer.reason
        other = next((check for check in failed if check.check == Finding.WORDS), None)
        if other:
            return (
                AuditVerdict.UNSUPPORTED,
                f"no source found says so; the nearest does not: {other.reason}",
            )
        return judged.verdict, judged.reason
    if judged.verdict is not AuditVerdict.SUPPORTED:
        return judged.verdict, judged.reason
    for names, verdict in _LOWERING:
        fault = next((check for check in failed if check.check in names), None)
        if fault is not None:
            return verdict, f"a source says the rest, but: {fault.reason}"
    return judged.verdict, judged.reason
