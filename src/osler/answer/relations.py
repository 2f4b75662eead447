"""The links of a mechanism: which target the evidence names, and which conditions stand beside which."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from osler.answer.sentences import Candidate
from osler.model.question import Concept, ConceptRole, Facet
from osler.retrieval.matching import keyed_phrase, names
from osler.retrieval.search import FoundPassage
from osler.retrieval.understand import find_variants, is_condition
from osler.retrieval.vocabulary import Vocabulary
from osler.text.normalise import fold

# Gene and protein symbols: letters, then an optional hyphen and a number (IL-1, JAK2, CD20, PD-1).
_SYMBOL: Final = re.compile(r"(?<![\w-])([A-Z]{2,5}-?\d{1,2})(?=[^\d]|$)")
_RECEPTOR: Final = re.compile(r"\b([a-z][\w-]+) receptors?\b", re.IGNORECASE)
_ACTS_ON: Final = re.compile(
    r"\b(?:block|inhibit|antagoni|bind|compet|neutrali|agonist|activat|target|suppress|occup|prevent)\w*"
)
_JOINED: Final = re.compile(
    r"([A-Za-z][\w-]*(?: [a-z][\w-]*){0,3})\s?/\s?([A-Za-z][\w-]*(?: [a-z][\w-]*){0,3})"
)
SOURCES_NEEDED: Final = 2


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


def find_related(
    conditions: tuple[Concept, ...], found: Iterable[FoundPassage], vocabulary: Vocabulary
) -> tuple[Concept, ...]:
    """Return conditions that several sources write beside the asked one, joined by a stroke.

    ``HLH/MAS`` in two sources says that their authors treat the two together; evidence on the other one
    is related, and the line that carries it names it.
    """
    if not conditions:
        return ()
    beside: defaultdict[str, set[str]] = defaultdict(set)
    shown: dict[str, str] = {}
    for entry in found:
        text = f"{entry.source.title or ''} . {entry.passage.text}"
        for pair in _JOINED.finditer(text):
            for one, other in ((pair[1], pair[2]), (pair[2], pair[1])):
                for own in _endings(one) if one == pair[1] else _beginnings(one):
                    if not any(_same(own, condition) for condition in conditions):
                        continue
                    for name in _beginnings(other) if other == pair[2] else _endings(other):
                        variants = find_variants(name, vocabulary)
                        if any(is_condition(v) for v in variants) and not any(
                            _same(name, condition) for condition in conditions
                        ):
                            key = max(variants, key=len)
                            beside[key].add(entry.source.id)
                            shown.setdefault(key, name)
    related = [key for key, sources in beside.items() if len(sources) >= SOURCES_NEEDED]
    counts = Counter({key: len(beside[key]) for key in related})
    return tuple(
        Concept(shown[key], ConceptRole.CONDITION, find_variants(shown[key], vocabulary))
        for key, _count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
    )


def _endings(phrase: str) -> list[str]:
    pieces = phrase.split()
    return [" ".join(pieces[i:]) for i in range(len(pieces))]


def _beginnings(phrase: str) -> list[str]:
    pieces = phrase.split()
    return [" ".join(pieces[:i]) for i in range(len(pieces), 0, -1)]


def _same(phrase: str, condition: Concept) -> bool:
    """Tell whether ``phrase`` is the condition or a kind of it (secondary HLH, sHLH)."""
    own = keyed_phrase(phrase)
    bare = keyed_phrase(phrase[1:]) if phrase[:1] in "sp" and phrase[1:].isupper() else own
    return any(
        keyed_phrase(variant) in own or keyed_phrase(variant) == bare for variant in condition.variants
    )
