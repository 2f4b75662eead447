"""Which sentences belong to a topic that stands beneath an answer: each topic by a test of its words.

Holds no search and no order; a sentence that belongs may still be refused by the judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from osler.answer.against import drugs_named, may_tell_against, tells_against
from osler.answer.assure import is_about_animals
from osler.answer.facets import facet_of_label, speaks_on
from osler.answer.sentences import Candidate
from osler.answer.weigh import other_drug
from osler.model.passage import Role
from osler.model.question import Concept, Facet
from osler.model.source import Design, Kind
from osler.model.topic import Topic
from osler.retrieval.matching import names
from osler.retrieval.search import FoundPassage
from osler.text.names import keyed
from osler.text.normalise import fold

_CONTRA: Final = re.compile(
    r"\bcontraindicat(?:ed|es)\b|\bcontraindications? (?:to|of|for|include)\b|\bmust not be\b"
    r"|\bshould not be (?:started|given|used|taken|initiated|administered|prescribed)\b"
    r"|\b(?:should be|is|are) avoided\b|\bdo not (?:use|start|give|administer|initiate)\b"
    r"|\bnot recommended (?:in|for|during) (?:\w+ ){0,3}"
    r"(?:patients|people|women|children|pregnancy|use)\b"
)
_OF_OTHERS: Final = re.compile(
    r"\b(?:if|when|where|whom|who|whose|unless|with|having|had|because)\b[^,;]{0,60}\bcontraindicat"
)
_NO_HARM: Final = re.compile(
    r"\bsafety (?:and \w+ )?(?:monitoring )?(?:committees?|boards?|aspects?)\b|\badverse outcomes?\b"
    r"|\bunless not tolerated\b"
    r"|\b(?:recorded at|(?:primary|secondary) end-?points?|later \w+ reviewed)\b.*"
    r"|\b(?:parameters|variables|measures|end-?points?) (?:included|were)\b.*"
)
"""Words of a harm that tell of none: a committee's name, what was recorded, who was let in."""
_BENCHMARK: Final = re.compile(
    r"\b(?:surviv\w+|mortality|died|deaths?|alive|fatality|relapsed?|recurr\w+)\b"
)
_WITHOUT: Final = re.compile(
    r"\b(?:untreated|without (?:\w+ )?treatment|placebo|no treatment|natural (?:history|course)"
    r"|spontaneous\w*|usual care|standard (?:care|treatment|therapy)|historical)\b"
)
# What changes a figure, or tells one part of the patients from another, gives no figure of them all.
_CHANGES: Final = re.compile(
    r"\b(?:reduc\w+|decreas\w+|increas\w+|lower|higher|improv\w+|strateg(?:y|ies)|categor\w+|\w+tiles?"
    r"|(?:study|intervention|treatment|stimulator) (?:group|arm))\b"
)
_OPENING: Final = 0.35
"""Share of a passage within which a paper speaks of its field."""
_SHARE: Final = re.compile(r"\d ?%|\d+ ?/ ?\d+|\b\d+ of (?:the )?\d+\b|\bmedian\b")
_OF_ANOTHER_USE: Final = re.compile(
    r"\bapproved by (?:the|our|an?) (?:\w+ ){0,4}(?:ethics|review|board)|\binformed consent\b"
)
_PREDICTS: Final = re.compile(
    r"\b(?:predict\w*|risk factors?|prognostic|hazard ratio|odds ratio|relative risk|rate ratio"
    r"|sensitivity|specificity|associated with|correlat\w+|hr|aor)\b"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question about a drug names: the drug, and the condition or nothing."""

    drug: Concept
    conditions: tuple[Concept, ...]


def may_hold(topic: Topic, found: FoundPassage) -> bool:
    """Tell at a glance whether a passage can hold a sentence on ``topic``; spares reading the others."""
    return _GLANCES[topic](found)


def belongs(topic: Topic, candidate: Candidate, asked: Asked) -> bool:
    """Tell whether a sentence is on ``topic`` by its own words, of people and the drug asked about."""
    return _TESTS[topic](candidate, asked) and not is_about_animals(candidate)


def _is_harm(candidate: Candidate, asked: Asked) -> bool:
    # The disease itself may be called by the name of a harm: neutropenia, an infection.
    text = fold(candidate.text)
    for condition in asked.conditions:
        for variant in condition.variants:
            text = text.replace(variant, " ")
    told = speaks_on(_NO_HARM.sub(" ", text), (Facet.SAFETY,))
    if not told and (_NO_HARM.search(text) or not _is_safety_label(_label_of(candidate))):
        return False
    if candidate.role is Role.METHODS or not _is_on_the_drug(candidate, asked):
        return False
    if _is_contraindication(candidate, asked):
        return False
    return Facet.SAFETY in candidate.facets and candidate.facets[0] is not Facet.LICENCE


def says_not_to(text: str) -> re.Match[str] | None:
    """Return where ``text``, folded, says that something is not to be given; None where it does not."""
    return None if _OF_OTHERS.search(text) else _CONTRA.search(text)


def _is_contraindication(candidate: Candidate, asked: Asked) -> bool:
    if _is_contraindication_label(_label_of(candidate)):
        return True
    found = says_not_to(fold(candidate.text))
    if found is None:
        return False
    before = keyed(candidate.text[: found.start()])
    after = keyed(candidate.text[found.end() :])
    return names(before, asked.drug) or names(after, asked.drug)


def _label_of(candidate: Candidate) -> str:
    return candidate.section.label or candidate.passage.heading


def _is_safety_label(label: str) -> bool:
    return facet_of_label(label) is Facet.SAFETY


def _is_contraindication_label(label: str) -> bool:
    return _is_safety_label(label) and "contraindication" in fold(label)


def _is_on_licence(candidate: Candidate, asked: Asked) -> bool:
    return (
        speaks_on(candidate.text, (Facet.LICENCE,))
        and names(candidate.keyed, asked.drug)
        and all(names(keyed(name), asked.drug) for name in drugs_named(candidate.text)[:1])
        and not _OF_ANOTHER_USE.search(fold(candidate.text))
    )


def _is_against(candidate: Candidate, asked: Asked) -> bool:
    return tells_against(candidate, asked.drug) and _is_on_the_drug(candidate, asked)


def _is_benchmark(candidate: Candidate, asked: Asked) -> bool:
    folded = fold(candidate.text)
    if not _BENCHMARK.search(folded) or not _SHARE.search(folded) or _PREDICTS.search(folded):
        return False
    if names(candidate.keyed, asked.drug) or candidate.source.design is Design.NARRATIVE_REVIEW:
        return False
    title = candidate.source.title or ""
    without = _WITHOUT.search(folded) is not None
    if not without and _CHANGES.search(folded):
        return False
    if names(keyed(title), asked.drug) and not without:
        return False
    return without or not (other_drug(candidate.text, ()) or other_drug(title, ()))


def _is_on_the_drug(candidate: Candidate, asked: Asked) -> bool:
    """Tell whether a sentence names the drug, or stands in a paper about it and names no other drug."""
    if names(candidate.keyed, asked.drug):
        return True
    title = keyed(candidate.source.title or "")
    is_label = candidate.source.kind is Kind.LABEL
    if not is_label and (candidate.role is Role.BACKGROUND or candidate.position < _OPENING):
        return False  # what a paper says first is of the field, and not of its drug
    return names(title, asked.drug) and (is_label or not other_drug(candidate.text, (asked.drug,)))


def _holds_words(facet: Facet) -> Callable[[FoundPassage], bool]:
    return lambda found: speaks_on(found.passage.text, (facet,))


def _labels_of(found: FoundPassage) -> tuple[str, ...]:
    return (found.passage.heading, *(section.label for section in found.passage.sections))


def _holds_harm(found: FoundPassage) -> bool:
    # Under its label a harm need not be called one: "severe infection occurred in 10 of 34".
    return speaks_on(found.passage.text, (Facet.SAFETY,)) or any(
        map(_is_safety_label, _labels_of(found))
    )


def _holds_contraindication(found: FoundPassage) -> bool:
    labelled = any(map(_is_contraindication_label, _labels_of(found)))
    return labelled or bool(_CONTRA.search(fold(found.passage.text)))


def _holds_benchmark(found: FoundPassage) -> bool:
    folded = fold(found.passage.text)
    return bool(_BENCHMARK.search(folded)) and bool(_SHARE.search(folded))


_GLANCES: Final[dict[Topic, Callable[[FoundPassage], bool]]] = {
    Topic.HARMS: _holds_harm,
    Topic.CONTRAINDICATIONS: _holds_contraindication,
    Topic.LICENCE: _holds_words(Facet.LICENCE),
    Topic.COUNTER_EVIDENCE: lambda found: may_tell_against(found.passage.text),
    Topic.BENCHMARKS: _holds_benchmark,
}
_TESTS: Final[dict[Topic, Callable[[Candidate, Asked], bool]]] = {
    Topic.HARMS: _is_harm,
    Topic.CONTRAINDICATIONS: _is_contraindication,
    Topic.LICENCE: _is_on_licence,
    Topic.COUNTER_EVIDENCE: _is_against,
    Topic.BENCHMARKS: _is_benchmark,
}
