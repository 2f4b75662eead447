"""Whether quoted words stand where the citation says, in whole sentences.

Looks at characters only; what the words mean is for the other checks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from osler.ids import sha256_text
from osler.model.citation import Citation
from osler.model.passage import Passage
from osler.model.source import Source
from osler.model.verdict import Check
from osler.text.anaphora import opening_connective
from osler.text.section_labels import label_at_start
from osler.text.sentences import split_sentences
from osler.verify.checks import CheckName, failed, passed

_CLOSERS: Final = ".!?;:)]}\"'”’"
_OPEN_END: Final = re.compile(
    r"(?:[-+±=<>≤≥~/(\[,]|\b(?-i:vs|versus)\.?|\b(?:and|or|of|than|by|with|p|to|for|from"
    r"|into|between|versus|the|(?-i:an?)|which|that|is|are|was|were|be|been))\s*$",
    re.IGNORECASE,
)
_CONDITIONAL: Final = re.compile(r"\b(?:otherwise|if|unless|except|instead)\b", re.IGNORECASE)


def sentences_of(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return the sentence spans of ``passage``; no sentence runs from one section into the next."""
    return _split(passage.text, tuple((section.start, section.end) for section in passage.sections))


@lru_cache(maxsize=128)
def _split(text: str, sections: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    position = 0
    for start, end in (*sections, (len(text), len(text))):
        spans.extend(split_sentences(text, position, start))
        spans.extend(split_sentences(text, start, end))
        position = end
    return tuple(spans)


def check_citation(citation: Citation, passage: Passage, source: Source) -> Check:
    """Return whether ``citation`` points at exactly these words of this version of this source."""
    reason = _identity_fault(citation, passage, source) or _words_fault(citation, passage)
    if reason:
        return failed(CheckName.SPANS, reason)
    return passed(CheckName.SPANS)


def check_whole(citation: Citation, passage: Passage) -> Check:
    """Return whether the quote of an exact citation is made of whole sentences."""
    reason = _boundary_fault(citation.start, citation.end, passage)
    return failed(CheckName.SPANS, reason) if reason else passed(CheckName.SPANS)


def _identity_fault(citation: Citation, passage: Passage, source: Source) -> str:
    if citation.passage != passage.id:
        return f"the citation names passage {citation.passage}, which is not the passage given"
    if citation.source != passage.source or passage.source != source.id:
        return "the words are from another source than the one cited"
    if citation.version != passage.version:
        return "the words are from another version of the source than the one cited"
    return ""


def _words_fault(citation: Citation, passage: Passage) -> str:
    if not 0 <= citation.start < citation.end <= len(passage.text):
        return "the cited span lies outside the passage"
    if passage.text[citation.start : citation.end] != citation.quote:
        return "the quoted words do not stand at the cited place"
    if sha256_text(citation.quote) != citation.sha256:
        return "the hash of the quoted words does not agree"
    return ""


def _boundary_fault(start: int, end: int, passage: Passage) -> str:
    text = passage.text
    if text[start].isspace() or text[end - 1].isspace():
        return "the quote begins or ends with white space"
    first = last = None
    for span in sentences_of(passage):
        if span[0] <= start < span[1]:
            first = span
        if span[0] < end <= span[1]:
            last = span
    if first is None or last is None:
        return "the quote is not part of any sentence of the passage"
    if start != first[0] and not _drops_only_what_opens(text, first, start):
        return "the quote begins inside a sentence"
    if end != last[1] and text[end : last[1]].strip(_CLOSERS):
        return "the quote ends inside a sentence"
    if _OPEN_END.search(text[start:end]):
        return "the quote ends before its sentence does"
    quote = text[start:end]
    if quote.count("(") > quote.count(")") or quote.count("[") > quote.count("]"):
        return "the quote ends inside a bracket"
    return ""


def _drops_only_what_opens(text: str, sentence: tuple[int, int], start: int) -> bool:
    """Tell whether what is left off is a label of a section or a connective, and nothing else."""
    label = label_at_start(text[sentence[0] : sentence[1]])
    if label is not None and start == sentence[0] + label[1]:
        return True
    found = opening_connective(text[sentence[0] : sentence[1]])
    if found is None:
        return False
    dropped = text[sentence[0] : start]
    cut = found[1]
    rest = dropped[cut:] if len(dropped) >= cut else "x"
    return not rest.strip(" ,\t\u00a0") and not _CONDITIONAL.search(dropped)
