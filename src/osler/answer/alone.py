"""Whether a sentence is understood where it is printed: by itself, beside its number, under its lead.

A reader has the question, the lead and the line, and not the article. What the line leaves unsaid must
be one of these; else it is not printed, however well its words match. The judge holds the same line to
what it may never do; this is the editor's rule, stricter, and it looks into the library's vocabulary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from osler.answer.sentences import FAMILIAR, SHORT_FORM, Candidate, figures_held
from osler.model.statement import Insertion
from osler.retrieval.vocabulary import Vocabulary
from osler.text.lists import word_set
from osler.text.referring import refers_back
from osler.text.terms import find_abbreviations

STATISTICS: Final = word_set("NS SEM SD SE CI ANOVA ROC AUC RCT RCTs MeSH")
"""What a reader of studies takes as read."""
ONE_MEANING: Final = 0.75
"""Share of a library's definitions of an abbreviation that the commonest needs to be taken as read."""
KNOWN_BY: Final = 3
"""Definitions below which a library says nothing about what an abbreviation mostly means."""

_TORN_HEAD: Final = re.compile(r"[a-z]+(?:[ ,]|$)|[A-Z]{1,9}: |[^\w\s(\[“\"'<>≥≤~•]")
_TORN_TAIL: Final = re.compile(
    r"\.[A-Z]+$|\b[A-Z]?[a-z]*-$|(?<=[a-z] )(?!(?:mg|ml|kg|cm|mm|it|us|so|do|up)\b)[a-z]{2}$"
)
STEM: Final = 4
"""First letters by which two spellings of a long form are one."""


def unclear(
    candidate: Candidate,
    insertions: Iterable[Insertion],
    *,
    own: Mapping[str, str],
    explained: Iterable[str],
    vocabulary: Vocabulary,
) -> str:
    """Return what a reader of the line alone cannot know, in words for the list of what is withheld.

    Args:
        candidate: The sentence.
        insertions: What is added to it in brackets.
        own: Short → long of the abbreviations that its source defines.
        explained: Abbreviations that the question uses or an earlier line of the answer explains.
        vocabulary: The library's words.
    """
    if _is_torn(candidate):
        return "it begins or ends inside a sentence"
    if pointing := refers_back(candidate.text):
        return f"“{pointing}” refers to something outside the sentence"
    known = {
        *explained,
        *FAMILIAR,
        *STATISTICS,
        *(pair.short for pair in find_abbreviations(candidate.text)),
    }
    opened = {candidate.text[: added.offset].rsplit(None, 1)[-1] for added in insertions}
    for found in SHORT_FORM.finditer(candidate.text):
        short = found.group()
        bare = short.removesuffix("s")
        if {short, bare} & known or any(short in word for word in opened):
            continue
        long = own.get(short) or own.get(bare)
        if long is not None:
            if not figures_held(long, candidate.text):
                continue  # a name with a number of its own, which no bracket may bring into a quote
            return f"{short} is not spelt out: the line would be too long"
        if _means_many(bare, vocabulary):
            return f"{short} is not spelt out by its source, and means more than one thing"
    return ""


def _is_torn(candidate: Candidate) -> bool:
    """Tell whether a passage, cut from a text by its source, begins or ends inside this sentence."""
    text, section = candidate.text, candidate.section
    begins = candidate.start == section.start and _TORN_HEAD.match(text) is not None
    return begins or (candidate.end == section.end and _TORN_TAIL.search(text) is not None)


def _means_many(short: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the library's sources define an abbreviation in ways that differ.

    What nobody defines is a name (a gene, a scale), and what nearly all define alike is read alike.
    """
    if any(char.isdigit() for char in short):
        return False
    counts: Counter[tuple[str, ...]] = Counter()
    for long, count in vocabulary.long_forms(short):
        # "left ventricle" and "left ventricular" are one meaning.
        counts[tuple(word[:STEM] for word in long.replace("-", " ").split())] += count
    total = counts.total()
    return total >= KNOWN_BY and max(counts.values()) < ONE_MEANING * total
