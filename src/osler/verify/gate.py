"""The gate: every statement passes here before anyone reads it; what is not proved is refused.

Stands beside the flow: it is given a draft, its passages and the question, never how the draft was made.
It changes nothing and looks nothing up. What only other words than the source's need is imported where
they are judged, so that an answer made of quotes never waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from osler.model.certainty import Level
from osler.model.citation import Citation
from osler.model.passage import Passage
from osler.model.question import Concept, Question
from osler.model.source import Source
from osler.model.statement import Insertion
from osler.model.verdict import Check, Outcome, Verdict
from osler.verify.checks import CheckName, failed
from osler.verify.coverage import Line, check_coverage
from osler.verify.insertions import check_insertions
from osler.verify.moves import check_move, check_standalone, check_understood
from osler.verify.numerals import check_added_figures
from osler.verify.polarity import check_cut
from osler.verify.spans import check_citation, check_whole
from osler.verify.standing import check_standing

if TYPE_CHECKING:
    from osler.verify.wording import Evidence


def judge_quoted(
    citation: Citation,
    insertions: tuple[Insertion, ...],
    *,
    passage: Passage,
    source: Source,
    question: Question,
    needed: tuple[Concept, ...],
    vocabulary: Mapping[str, str],
    lead: str = "",
) -> Verdict:
    """Return the verdict on a statement that prints ``citation.quote`` with ``insertions``.

    Args:
        citation: Where the words stand.
        insertions: Words added in square brackets, in order of offset.
        passage: The passage that ``citation`` names.
        source: The source of the passage, as it stands today.
        question: What was asked.
        needed: Concepts that the line must name; the caller knows which part of the question it answers.
        vocabulary: Abbreviation to long form, as the library writes it.
        lead: Words printed in front of the quote, from the source record.
    """
    standing = check_standing(source)
    exact = check_citation(citation, passage, source)
    if exact.outcome is Outcome.FAILED:
        return Verdict((exact, standing))
    start, end = citation.start, citation.end
    added = tuple(insertion.text for insertion in insertions)
    return Verdict(
        (
            check_whole(citation, passage),
            standing,
            check_added_figures(added, lead, passage=passage, source=source, start=start, end=end),
            check_insertions(
                citation.quote,
                insertions,
                start=start,
                passage=passage,
                source=source,
                vocabulary=vocabulary,
            ),
            check_cut(start, end, passage),
            check_move(start, end, passage),
            check_standalone(start, end, passage=passage, insertions=insertions),
            check_coverage(
                Line(citation.quote, added, lead),
                passage=passage,
                source=source,
                question=question,
                needed=needed,
                vocabulary=vocabulary,
            ),
        )
    )


def judge_written(
    text: str,
    citations: tuple[Citation, ...],
    *,
    passages: Mapping[str, Passage],
    sources: Mapping[str, Source],
    vocabulary: Mapping[str, str] | None = None,
    level: Level | None = None,
) -> Verdict:
    """Return the verdict on a statement in other words than its source's.

    Every source cited must carry the whole statement by itself: a citation that only decorates is
    refused. Spans of one passage are read together.

    Args:
        text: The statement, one sentence.
        citations: What it rests on, whole sentences.
        passages: By id, every passage that may be cited; another id is an invented one.
        sources: By id, the sources of the passages, as they stand today.
        vocabulary: Abbreviation to long form, as the library writes it.
        level: Certainty of the evidence, where the caller knows it: the verbs may claim no more.
    """
    from osler.verify.written import compare

    if not citations:
        return Verdict((failed(CheckName.SPANS, "the statement cites nothing"),))
    spans: list[Check] = []
    for citation in citations:
        spans.extend(_judge_span(citation, passages, sources))
    faults = tuple(check for check in spans if check.outcome is Outcome.FAILED)
    if faults:
        return Verdict(faults)
    own = _judge_form(text, level)
    compared: tuple[Check, ...] = ()
    for evidence in _evidence(citations, passages, sources):
        found = compare(text, evidence, vocabulary or {}, strict=True)
        if not compared or any(check.outcome is Outcome.FAILED for check in found):
            compared = found
        if any(check.outcome is Outcome.FAILED for check in found):
            break
    return Verdict((*_once(spans), *own, *compared))


def judge_restated(
    text: str,
    citations: tuple[Citation, ...],
    *,
    lead: str,
    passages: Mapping[str, Passage],
    sources: Mapping[str, Source],
    vocabulary: Mapping[str, str],
    question: Question,
    needed: tuple[Concept, ...],
) -> Verdict:
    """Return the verdict on a statement that is to stand in an answer in the place of what it cites.

    It must say nothing but what each source says, as ``judge_written`` has it; and it must lose nothing
    of that, name what was asked about, and look like plain words of nobody else.

    Args:
        text: The statement, one sentence.
        citations: What it rests on, whole sentences.
        lead: Words printed in front of it, from the source record.
        passages: By id, every passage that may be cited.
        sources: By id, the sources of the passages, as they stand today.
        vocabulary: Abbreviation to long form, as the library writes it.
        question: What was asked.
        needed: Concepts that the line must name.
    """
    from osler.verify.carried import check_carried
    from osler.verify.characters import check_plain

    verdict = judge_written(text, citations, passages=passages, sources=sources, vocabulary=vocabulary)
    if not verdict.passed:
        return verdict
    added = [check_plain(text)]
    cited = _evidence(citations, passages, sources)
    added += [check_carried(text, evidence, vocabulary) for evidence in cited]
    line = Line(text, (), lead)
    for citation in citations:
        passage = passages[citation.passage]
        check = check_coverage(
            line,
            passage=passage,
            source=sources[passage.source],
            question=question,
            needed=needed,
            vocabulary=vocabulary,
        )
        added.append(check)
    faults = tuple(check for check in added if check.outcome is Outcome.FAILED)
    return Verdict(faults or (*verdict.checks, *_once(added)))


def _judge_span(
    citation: Citation, passages: Mapping[str, Passage], sources: Mapping[str, Source]
) -> tuple[Check, ...]:
    passage = passages.get(citation.passage)
    if passage is None:
        return (failed(CheckName.SPANS, f"no passage has the id {citation.passage}"),)
    source = sources.get(passage.source)
    if source is None:
        return (failed(CheckName.SPANS, f"no source has the id {passage.source}"),)
    exact = check_citation(citation, passage, source)
    if exact.outcome is Outcome.FAILED:
        return (exact,)
    return (
        check_whole(citation, passage),
        check_standing(source),
        check_cut(citation.start, citation.end, passage),
        check_move(citation.start, citation.end, passage),
    )


def _judge_form(text: str, level: Level | None) -> tuple[Check, ...]:
    """Return whether ``text`` is one sentence, understandable alone, no surer than ``level``."""
    from osler.verify.assurance import check_assurance
    from osler.verify.written import is_one_statement

    if not is_one_statement(text):
        return (failed(CheckName.MOVE, "is not one statement"),)
    own = (check_understood(text),)
    return own if level is None else (*own, check_assurance(text, level))


def _evidence(
    citations: tuple[Citation, ...], passages: Mapping[str, Passage], sources: Mapping[str, Source]
) -> Iterator[Evidence]:
    """Yield for each passage the words cited from it, with the title of its source."""
    from osler.verify.wording import Evidence

    for passage_id in dict.fromkeys(citation.passage for citation in citations):
        passage = passages[passage_id]
        source = sources[passage.source]
        spans = sorted({(c.start, c.end) for c in citations if c.passage == passage_id})
        text = " ".join(passage.text[start:end] for start, end in spans)
        yield Evidence(text, source.title or "", passage.text, source.headings)


def _once(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return the first check of each name, in order."""
    first: dict[str, Check] = {}
    for check in checks:
        first.setdefault(check.check, check)
    return tuple(first.values())
