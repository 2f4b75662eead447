"""The gate: every statement passes here before anyone reads it; what is not proved is refused.

Stands beside the flow: it is given a draft, its passages and the question, never how the draft was made.
It changes nothing and looks nothing up.
"""

from __future__ import annotations

from collections.abc import Mapping

from osler.model.citation import Citation
from osler.model.passage import Passage
from osler.model.question import Concept, Question
from osler.model.source import Source
from osler.model.statement import Insertion
from osler.model.verdict import Outcome, Verdict
from osler.verify.coverage import Line, check_coverage
from osler.verify.insertions import check_insertions
from osler.verify.moves import check_move, check_standalone
from osler.verify.numerals import check_added_figures
from osler.verify.polarity import check_cut
from osler.verify.spans import check_citation, check_whole
from osler.verify.standing import check_standing


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
