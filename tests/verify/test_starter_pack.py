"""The judge on shipped text: every sentence supports itself, and no sentence supports its mutation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from tests.verify.made import QUESTION

from osler.library.starter import read_pack
from osler.model.citation import cite
from osler.model.passage import Passage, Section
from osler.model.source import Source
from osler.verify.gate import judge_quoted, judge_written
from osler.verify.spans import sentences_of

LEAST_PRINTABLE = 0.95
TURNS = (
    ("higher", "lower"),
    ("lower", "higher"),
    ("increased", "decreased"),
    ("reduced", "increased"),
    ("raised", "lowered"),
    (" not ", " "),
    ("without ", "with "),
    ("may ", "will "),
    ("children", "adults"),
    ("adults", "children"),
    ("mice", "patients"),
    ("anakinra", "canakinumab"),
    ("anakinra", "tocilizumab"),
    ("intravenous", "subcutaneous"),
    ("subcutaneous", "intravenous"),
    (" mg", " g"),
    ("mg/kg", "mg"),
    ("interleukin-1", "interleukin-6"),
    (" days", " weeks"),
)


@cache
def shipped() -> tuple[tuple[Source, Passage, int, int], ...]:
    return tuple(_sentences())


def _sentences() -> Iterator[tuple[Source, Passage, int, int]]:
    for record in read_pack("hlh"):
        sections = []
        position = 0
        for block in record.blocks:
            sections.append(Section(block.label, block.role, position, position + len(block.text)))
            position += len(block.text) + 1
        passage = Passage(
            source=record.source.id,
            version="ver_1",
            ordinal=0,
            text="\n".join(block.text for block in record.blocks),
            text_kind=record.text_kind,
            sections=tuple(sections),
        )
        for start, end in sentences_of(passage):
            yield record.source, passage, start, end


def says(statement: str, source: Source, passage: Passage, start: int, end: int) -> bool:
    return judge_written(
        statement,
        (cite(passage, start, end),),
        passages={passage.id: passage},
        sources={source.id: source},
    ).passed


def test_almost_every_shipped_sentence_may_be_quoted() -> None:
    verdicts = [
        judge_quoted(
            cite(passage, start, end),
            (),
            passage=passage,
            source=source,
            question=QUESTION,
            needed=(),
            vocabulary={},
        )
        for source, passage, start, end in shipped()
    ]
    assert sum(verdict.passed for verdict in verdicts) >= LEAST_PRINTABLE * len(verdicts)


def test_almost_every_shipped_sentence_says_what_it_says() -> None:
    said = [says(p.text[start:end], s, p, start, end) for s, p, start, end in shipped()]
    assert sum(said) >= LEAST_PRINTABLE * len(said)


@pytest.mark.parametrize(("old", "new"), TURNS)
def test_no_shipped_sentence_says_the_same_with_one_word_exchanged(old: str, new: str) -> None:
    passed = []
    for source, passage, start, end in shipped():
        sentence = passage.text[start:end]
        changed = sentence.replace(old, new, 1)
        if changed != sentence and says(changed, source, passage, start, end):
            passed.append(changed)
    assert passed == []


def test_no_shipped_sentence_says_the_same_with_one_number_changed() -> None:
    passed = []
    for source, passage, start, end in shipped():
        sentence = passage.text[start:end]
        for found in re.finditer(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w-])", sentence):
            number = found.group()
            other = number[:-1] + str((int(number[-1]) + 1) % 10)
            changed = sentence[: found.start()] + other + sentence[found.end() :]
            if says(changed, source, passage, start, end):
                passed.append(changed)
    assert passed == []
