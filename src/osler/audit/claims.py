"""The sentences of a text, each either a claim that evidence can bear out, or not one, with the reason.

Where a sentence points back (``It blocks ...``) to the one drug of the sentence before, that drug is
read in its place for judging; a sentence that points back to anything else cannot be judged by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from osler.audit.blocks import Block, BlockKind
from osler.audit.marks import Marks, find_marks
from osler.text.drug_names import drugs_in
from osler.text.sentences import split_sentences
from osler.text.verbs import has_verb
from osler.verify.characters import is_addressed_to_software
from osler.verify.wording import subject_tokens

_REFERENCES: Final = re.compile(
    r"^\W*(?:\d+\.?\s+)?(?:references?|bibliography|literature(?: cited)?|sources?"
    r"|further reading|citations?"
    r"|works cited|notes)\W*$",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(
    r"\bet al\b.*\b(?:19|20)\d\d\b.*[;:]\s?\d|\b(?:19|20)\d\d;\s?\d+|\bdoi:\s?10\.\d|\bPMID:?\s?\d"
    r"|^\W*\d{0,3}\W*https?://\S+\s*$",
    re.IGNORECASE,
)
_SCOPE: Final = re.compile(
    r"^(?:in )?(?:this|the present|the following|our|below)\b[^.]{0,40}?\b(?:article|page|review"
    r"|section|guide"
    r"|overview|summary|document|text|chapter|post|answer|table|figure)\b"
    r"|\bnot (?:a substitute for|intended (?:as|to)|medical advice)\b|\bfor (?:educational"
    r"|informational) purposes\b"
    r"|^(?:by|for the purposes? of this)\b.*\bwe mean\b|^last (?:updated|reviewed)\b"
    r"|\ball rights reserved\b"
    r"|^we (?:describe|review|discuss|summari[sz]e|searched|will|focus)\b",
    re.IGNORECASE,
)
_ORDER: Final = re.compile(
    r"^(?:please|always|never|do not|don['’]t|avoid|ask|call|check|consider|consult|contact"
    r"|continue|discontinue|"
    r"discuss|ensure|follow|give|keep|look|make sure|measure|monitor|note|obtain|perform|refer"
    r"|remember|repeat|"
    r"screen|see|seek|speak|start|stop|switch|take|talk|tell|use|watch)\s+(?!of\b|is\b|was\b|are\b)\w",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(
    r"\b(?:your|my)\s+(?!doctors?\b|clinicians?\b)\w+|\b(?:this|that) (?:patient|man|woman|child|boy)\b"
    r"|\bthe patient['’]s\b[^.]{0,60}\d|\bgiven (?:your|his|her)\b|\byou (?:have|had|are|were)\b",
    re.IGNORECASE,
)
_ADVICE: Final = re.compile(r"\byou (?:can|should|may|might|must|need|will)\b", re.IGNORECASE)
_EMPTY_IT: Final = re.compile(
    r"^It(?:['’]s| is| was| has been| should be| must be| may be| can be| remains)\s+(?:\w+\s+){0,2}?"
    r"(?:important|essential|advisable|recommended|noted|explained|known|thought|likely|possible|necessary"
    r"|crucial|worth|clear|unclear|estimated|reported|suggested|believed|common|best|better|safe)\b"
)
_BACK: Final = re.compile(
    r"^(?P<word>It|They|This (?:drug|agent|medicine|treatment|antagonist)|The (?:drug|agent|medicine)"
    r"|These (?:drugs|agents))\b",
)
_OPEN_END: Final = re.compile(
    r"^(?:This|That|These|Those|Such|He|She|Both|Here|There(?! (?:is|are|was|were)))\b(?!\s+[a-z]+\s)"
)
_STOPS: Final = (".", "!", ".)", ".”", '."')
_FEWEST_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the text, whether it can be checked or not.

    Attributes:
        n: Its number in the text, from 1.
        text: As a reader reads it.
        start: First code point in the text as given.
        end: One past the last.
        block: Number of its block, from 0.
        heading: The nearest heading above it.
        why_not: Why it cannot be checked; empty for a claim.
        judged: What is judged: without citations, a drug in the place of a word that points back to it.
        marks: What it cites.
        is_heading: Whether it is a heading of the text.
    """

    n: int
    text: str
    start: int
    end: int
    block: int
    heading: str
    why_not: str
    judged: str
    marks: Marks
    is_heading: bool = False

    @property
    def is_claim(self) -> bool:
        """Whether it states something that evidence can bear out."""
        return not self.why_not


def find_sentences(blocks: Sequence[Block]) -> list[Sentence]:
    """Return the sentences of ``blocks`` in order; a heading is one sentence."""
    found: list[Sentence] = []
    for number, block in enumerate(blocks):
        before: frozenset[str] = frozenset()
        for start, end in _spans(block):
            sentence = _sentence(block, number, (start, end), len(found) + 1, before)
            before = drugs_in(sentence.judged)
            found.append(sentence)
    return found


def _spans(block: Block) -> list[tuple[int, int]]:
    whole = block.kind in {BlockKind.HEADING, BlockKind.CODE, BlockKind.TABLE}
    return [(0, len(block.text))] if whole else split_sentences(block.text)


def _sentence(
    block: Block, number: int, span: tuple[int, int], n: int, before: frozenset[str]
) -> Sentence:
    text = block.text[span[0] : span[1]]
    marks = find_marks(text)
    judged = marks.bare
    why_not = _why_not(block, judged, text)
    if not why_not:
        judged, why_not = _resolved(judged, before)
    start, end = block.place(*span)
    is_heading = block.kind is BlockKind.HEADING
    return Sentence(n, text, start, end, number, block.heading, why_not, judged, marks, is_heading)


def _why_not(block: Block, judged: str, text: str) -> str:
    """Return why the sentence states nothing that can be checked, or nothing."""
    if block.kind is BlockKind.HEADING:
        return "a heading"
    if block.kind is BlockKind.CODE:
        return "not prose"
    if _REFERENCES.match(find_marks(block.heading).bare) or _ENTRY.search(text):
        return "an entry of a list of references"
    if block.kind is BlockKind.TABLE:
        return "a row of a table, which is no sentence"
    if judged.rstrip("\"'”’) ").endswith("?"):
        return "a question"
    if is_addressed_to_software(judged):
        return "it gives orders to software instead of stating something"
    if _SCOPE.search(judged):
        return "it speaks of the text itself, not of medicine"
    if _PERSON.search(judged):
        return "it is about one particular person, whom no library knows"
    if _ADVICE.search(judged):
        return "advice to the reader, which states nothing"
    if _ORDER.match(judged):
        return "an instruction, which states nothing"
    if len(judged.split()) < _FEWEST_WORDS or not subject_tokens(judged):
        return "it names nothing that could be looked for"
    if not judged.endswith(_STOPS) and not has_verb(judged):
        return "no sentence: it has no verb"
    return ""


def _resolved(judged: str, before: frozenset[str]) -> tuple[str, str]:
    """Return what is to be judged, and why it cannot be."""
    found = _BACK.match(judged)
    if found and not _EMPTY_IT.match(judged):
        if len(before) == 1:
            return f"{next(iter(before)).capitalize()}{judged[found.end('word') :]}", ""
        if not drugs_in(judged):
            return judged, f"{found['word']!r} points back to something that is not clear"
    elif _OPEN_END.match(judged):
        return judged, f"{judged.split()[0]!r} points back to something that is not clear"
    return judged, ""
