"""The links of a mechanism: which target the evidence names, and which conditions stand beside which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from osler.answer.sentences import Candidate
from osler.model.question import Concept, ConceptRole, Facet
from osler.retrieval.matching import names
from osler.retrieval.search import FoundPassage
from osler.retrieval.understand import find_variants
from osler.retrieval.vocabulary import Vocabulary
from osler.text.disease_names import is_disease
from osler.text.names import keyed
from osler.text.normalise import fold

# Gene and protein symbols: letters, then an optional hyphen and a number (IL-1, JAK2, CD20, PD-1).
_SYMBOL: Final = re.compile(r"(?<![\w-])([A-Z]{2,5}-?\d{1,2})(?=[^\d]|$)")
_RECEPTOR: Final = re.compile(r"\b([a-z][\w-]+) receptors?\b", re.IGNORECASE)
_ACTS_ON: Final = re.compile(
    r"\b(?:block|inhibit|antagoni|bind|compet|neutrali|agonist|activat|target|suppress|occup|prevent)\w*"
)
_JOINT: Final = re.compile(r"\s?/\s?| or | and ")
_BEFORE: Final = re.compile(r"[A-Za-z][\w-]*(?: [a-z][\w-]*){0,3}\Z")
_AFTER: Final = re.compile(r"[A-Za-z][\w-]*(?: [a-z][\w-]*){0,3}")
_LOOK_BACK: Final = 100  # four words are shorter
_BEGINNING: Final = 3  # letters of a name that a glance looks for
_PARENTHESIS: Final = re.compile(r" \([^()]{1,20}\)")
LOUD_ENOUGH: Final = 2.0
MOST_RELATED: Final = 3


def acts_on_a_target(candidate: Candidate) -> bool:
    """Tell whether a sentence says that something acts on a named molecule."""
    return bool(_ACTS_ON.search(fold(candidate.text))) and bool(
        _SYMBOL.search(candidate.text) or _RECEPTOR.search(candidate.text)
    )


def find_target(
    candidates: Iterable[Candidate], drug: Concept, vocabulary: Vocabulary
) -> Concept | None:
    """Return the molecule that most sources name where they say what the drug acts on, or None."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        if not names(candidate.keyed, drug) or Facet.MECHANISM not in candidate.facets:
            continue
        if not _ACTS_ON.search(fold(candidate.text)):
            continue
        for symbol in _SYMBOL.findall(candidate.text):
            named[symbol].add(candidate.source.id)
    if not named:
        return None
    best = min(named, key=lambda symbol: (-len(named[symbol]), symbol))
    variants = find_variants(best, vocabulary)
    return Concept(best, ConceptRole.TARGET, variants)


def names_target(candidate: Candidate, target: Concept) -> bool:
    """Tell whether a sentence names the target, or a form of it (``IL-1`` in ``IL-1Ra``, ``IL-1β``)."""
    folded = fold(candidate.text).replace("-", " ")
    return any(
        re.search(rf"\b{re.escape(variant.replace('-', ' '))}(?!\d)", folded) is not None
        for variant in target.variants
    )


def find_related(
    conditions: tuple[Concept, ...], found: Iterable[FoundPassage], vocabulary: Vocabulary
) -> tuple[Concept, ...]:
    """Return conditions that several sources name in one breath with the asked one.

    ``HLH/MAS`` says that its authors treat the two together; ``HLH or MAS`` says so half as loudly.
    Evidence on such a condition is related, and the line that carries it names it.
    """
    if not conditions:
        return ()
    beside: defaultdict[str, dict[str, float]] = defaultdict(dict)
    shown: dict[str, str] = {}
    glance = _glance(conditions)
    for entry in found:
        text = _PARENTHESIS.sub("", f"{entry.source.title or ''} . {entry.passage.text}")
        for left, joint, right in _joined(text, glance):
            weight = 1.0 if "/" in joint else 0.5
            for name in _partners(left, right, conditions):
                variants = find_variants(name, vocabulary)
                if not any(is_disease(variant) for variant in variants):
                    continue
                key = max(variants, key=lambda variant: (len(variant), variant))
                heard = beside[key].get(entry.source.id, 0.0)
                beside[key][entry.source.id] = max(heard, weight)
                shown.setdefault(key, name)
                break
    loud = {key: sum(heard.values()) for key, heard in beside.items()}
    kept = sorted((k for k in loud if loud[k] >= LOUD_ENOUGH), key=lambda key: (-loud[key], key))
    return tuple(
        Concept(shown[key], ConceptRole.CONDITION, find_variants(shown[key], vocabulary))
        for key in kept[:MOST_RELATED]
    )


def _glance(conditions: tuple[Concept, ...]) -> re.Pattern[str]:
    """Return a pattern that stands wherever a condition is named; costs little to look for."""
    begins = {
        form.split()[0][:_BEGINNING]
        for condition in conditions
        for variant in condition.variants
        for form in (variant, keyed(variant).strip())
        if form.split()
    }
    return re.compile("|".join(re.escape(begin) for begin in sorted(begins)), re.IGNORECASE)


def _joined(text: str, glance: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the words, at most four, on either side of each stroke, ``or`` and ``and``.

    A joint with nothing like a condition near it, which ``glance`` tells, is passed over.
    """
    near = [found.start() for found in glance.finditer(text)]
    begin = 0
    for joint in _JOINT.finditer(text):
        if not any(joint.start() - _LOOK_BACK <= at <= joint.end() + _LOOK_BACK for at in near):
            begin = joint.end()
            continue
        right = _AFTER.match(text, joint.end())
        left = _BEFORE.search(text[max(begin, joint.start() - _LOOK_BACK) : joint.start()])
        if left and right:
            yield left.group(), joint.group(), right.group()
            begin = joint.end()


def _partners(left: str, right: str, conditions: tuple[Concept, ...]) -> list[str]:
    """Return what stands beside an asked condition in ``left / right``, longest reading first."""
    partners: list[str] = []
    if _holds_any(_endings(left), conditions):
        partners += [name for name in _beginnings(right) if not _holds_any([name], conditions)]
    if _holds_any(_beginnings(right), conditions):
        partners += [name for name in _endings(left) if not _holds_any([name], conditions)]
    return partners


def _holds_any(phrases: list[str], conditions: tuple[Concept, ...]) -> bool:
    return any(_same(phrase, condition) for phrase in phrases for condition in conditions)


def _endings(phrase: str) -> list[str]:
    pieces = phrase.split()
    return [" ".join(pieces[i:]) for i in range(len(pieces))]


def _beginnings(phrase: str) -> list[str]:
    pieces = phrase.split()
    return [" ".join(pieces[:i]) for i in range(len(pieces), 0, -1)]


def _same(phrase: str, condition: Concept) -> bool:
    """Tell whether ``phrase`` is the condition or a kind of it (secondary HLH, sHLH)."""
    own = keyed(phrase)
    bare = keyed(phrase[1:]) if phrase[:1] in "sp" and phrase[1:].isupper() else own
    return any(keyed(variant) in own or keyed(variant) == bare for variant in condition.variants)
