"""Where the sources of an answer differ: its printed statements on people, each with its setting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from osler.answer.assure import is_about_animals
from osler.answer.lead import DESIGN_WORDS
from osler.answer.select import Pick
from osler.model.conflict import Conflict
from osler.model.question import ConceptRole, Question
from osler.model.source import Kind
from osler.model.statement import Made
from osler.text.lists import word_set

_GIVEN: Final = (ConceptRole.INTERVENTION, ConceptRole.COMPARATOR, ConceptRole.TOPIC)


def conflicts_of(picks: Sequence[Pick], question: Question) -> tuple[Conflict, ...]:
    """Return where the statements of ``picks`` differ from each other.

    Left out is what speaks of animals and what a model wrote from several sources: its words have no one
    source that could be held against another.
    """
    compared = [
        pick
        for pick in picks
        if pick.statement.made is Made.QUOTED and not any(map(is_about_animals, pick.candidates))
    ]
    if len({pick.candidate.source.id for pick in compared}) < 2:
        return ()
    from osler.synthesis.conflicts import Said, find_conflicts
    from osler.synthesis.setting import setting_of

    said = []
    for pick in compared:
        source, citation = pick.candidate.source, pick.statement.citations[0]
        is_law = source.kind is not Kind.RESEARCH
        setting = setting_of(
            citation.quote,
            spelt=pick.statement.text,
            lead=pick.statement.lead,
            year=source.year,
            design=DESIGN_WORDS[source.design],
            place=f"{source.title or ''} {source.container or ''}" if is_law else "",
        )
        said.append(Said(pick.statement.id, citation, setting))
    return find_conflicts(said, _known(question))


def _known(question: Question) -> dict[str, str]:
    """Return each spelling of what the question asks about, in lower case, with its name here.

    A topic counts, since not every treatment is known as one; words that name any treatment do not.
    """
    return {
        variant.lower(): concept.text.lower()
        for concept in question.with_role(*_GIVEN)
        for variant in (concept.text, *concept.variants)
        if len(variant) > _SHORTEST and variant.lower() not in _ANY_TREATMENT
    }


_SHORTEST: Final = 2
_ANY_TREATMENT: Final = word_set(
    """
    disease dose doses drug drugs effect effects group intervention management medication medications
    outcome outcomes patients risk surgery therapies therapy treatment treatments use
    """
)
