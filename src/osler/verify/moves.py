"""Whether a quote states something, and can be understood where it stands.

Uses the classes and cues of ``text``; which of them may be printed is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from osler.model.passage import Passage
from osler.model.statement import Insertion
from osler.model.verdict import Check
from osler.text.anaphora import dangling
from osler.text.cue import CueKind
from osler.text.moves import classify_move
from osler.verify.characters import is_addressed_to_software
from osler.verify.checks import CheckName, failed, passed, skipped
from osler.verify.spans import sentences_of

_ANSWERED_BESIDE: Final = frozenset({CueKind.WEAK, CueKind.SELF_REFERENCE})
_NOT_STATED: Final = {
    "aim": "says what the authors set out to do, not what is known",
    "method": "says how it was done, not what was found",
    "hypothesis": "is a hypothesis, not a finding",
    "question": "is a question",
    "pointer": "points elsewhere and says nothing itself",
    "fragment": "is not a whole sentence",
}


def check_move(start: int, end: int, passage: Passage) -> Check:
    """Return whether every sentence of the quote states a finding, a recommendation or a known fact."""
    seen = []
    for begin, stop in _quoted_sentences(start, end, passage):
        sentence = passage.text[begin:stop]
        if is_addressed_to_software(sentence):
            return failed(CheckName.MOVE, "gives orders to whoever reads it; that is never a finding")
        section = passage.section_at(begin)
        move = classify_move(sentence, section.role if section else None)
        if not move.is_evidence:
            return failed(CheckName.MOVE, _NOT_STATED.get(move.value, f"is a {move.value}"))
        seen.append(move.value)
    if not seen:
        return failed(CheckName.MOVE, "is not a sentence")
    return passed(CheckName.MOVE, seen[0])


def check_standalone(
    start: int, end: int, *, passage: Passage, insertions: tuple[Insertion, ...]
) -> Check:
    """Return whether the first sentence of the quote leaves no pronoun or pointer open.

    Later sentences of one quote may refer back to the first. ``This study`` is answered by the number
    that stands beside the line, ``the two groups`` by the title of the source.
    """
    first = next(_quoted_sentences(start, end, passage), None)
    if first is None:
        return skipped(CheckName.STANDALONE)
    resolved = [(added.offset, added.offset + added.replaces) for added in insertions if added.replaces]
    for cue in dangling(passage.text[first[0] : first[1]]):
        if cue.kind in _ANSWERED_BESIDE or any(at < cue.end and cue.start < to for at, to in resolved):
            continue
        return failed(CheckName.STANDALONE, f"{cue.text!r} refers to something outside the quote")
    return passed(CheckName.STANDALONE)


def check_understood(text: str) -> Check:
    """Return whether a statement of its own words points at nothing outside itself."""
    for cue in dangling(text):
        if cue.kind is not CueKind.WEAK:
            return failed(
                CheckName.STANDALONE, f"{cue.text!r} refers to something outside the statement"
            )
    return passed(CheckName.STANDALONE)


def _quoted_sentences(start: int, end: int, passage: Passage) -> Iterator[tuple[int, int]]:
    for begin, stop in sentences_of(passage):
        if begin < end and start < stop:
            yield max(begin, start), min(stop, end)
