"""True statements pass, the same with one change of meaning are refused; the span check has no part.

Two sets: 1,000 sentences of real abstracts, held against themselves (developer data, read when the test
runs), and paraphrases written by hand of sentences of the starter library (``paraphrases.jsonl``). Run
with ``-s`` for the table of each kind.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from tests.verify.corrupting import NUMERIC, Corruption, corrupt

from osler.model.verdict import Outcome
from osler.text.moves import classify_move
from osler.text.sentences import split_sentences
from osler.text.terms import find_abbreviations
from osler.verify.wording import Evidence
from osler.verify.written import compare

HERE = Path(__file__).parent
PACK = HERE.parents[1] / "src" / "osler" / "library" / "packs" / "hlh.jsonl"
STATEMENTS = 1000
STRIDE = 7


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that say truly what ``evidence`` says."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Tally:
    """What the judge did with a set of statements and their corruptions."""

    statements: int
    alarms: int
    made: Counter[Corruption]
    caught: Counter[Corruption]

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.statements

    def share(self, *, numeric: bool) -> float:
        kinds = [kind for kind in self.made if (kind in NUMERIC) is numeric]
        return sum(self.caught[kind] for kind in kinds) / sum(self.made[kind] for kind in kinds)


def paraphrases() -> Iterator[Statement]:
    records = {record["key"]: record for record in map(json.loads, PACK.open(encoding="utf-8"))}
    with (HERE / "paraphrases.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            record = records[row["source"]]
            text = record["blocks"][row["block"]]["text"]
            evidence = Evidence(
                text[row["start"] : row["end"]],
                record["title"] or "",
                text,
                tuple(record["headings"]),
            )
            yield Statement(row["paraphrase"], evidence)


@cache
def vocabulary() -> dict[str, str]:
    """Return the abbreviations that the starter library explains."""
    found: dict[str, str] = {}
    for record in map(json.loads, PACK.open(encoding="utf-8")):
        for block in record["blocks"]:
            for pair in find_abbreviations(block["text"]):
                found.setdefault(pair.short, pair.long)
    return found


def sentences_of_abstracts(dev_data: Path) -> Iterator[Statement]:
    """Yield findings that can be corrupted, of every STRIDE-th abstract, each against itself."""
    with lzma.open(dev_data / "scale" / "abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in islice(map(json.loads, lines), 0, None, STRIDE):
            text = row["abstract"]
            for start, end in split_sentences(text):
                sentence = text[start:end]
                if not 60 < len(sentence) < 300 or not classify_move(sentence, None).is_evidence:
                    continue
                if any(corrupt(kind, sentence) for kind in Corruption):
                    yield Statement(sentence, Evidence(sentence, row["title"], text))
                    break


def is_refused(text: str, statement: Statement, known: dict[str, str]) -> bool:
    checks = compare(text, statement.evidence, known, strict=True)
    return any(check.outcome is Outcome.FAILED for check in checks)


def judge_all(statements: list[Statement], known: dict[str, str], title: str) -> Tally:
    """Judge each statement as it is and corrupted once, by the kind that was made least often so far."""
    made: Counter[Corruption] = Counter()
    caught: Counter[Corruption] = Counter()
    alarms = 0
    for statement in statements:
        alarms += is_refused(statement.text, statement, known)
        for kind in sorted(Corruption, key=lambda kind: made[kind]):
            changed = corrupt(kind, statement.text)
            if changed:
                made[kind] += 1
                caught[kind] += is_refused(changed, statement, known)
                break
    tally = Tally(len(statements), alarms, made, caught)
    print(f"\n{title}: {tally.statements} statements, false alarms {tally.false_alarms:.1%}")
    for kind in Corruption:
        if made[kind]:
            print(f"  {kind:<12} {caught[kind]:>4} of {made[kind]:>4} caught {caught[kind] / made[kind]:.1%}")
    return tally


@pytest.mark.slow
def test_a_sentence_of_an_abstract_passes_and_is_refused_once_corrupted(dev_data: Path) -> None:
    statements = list(islice(sentences_of_abstracts(dev_data), STATEMENTS))
    assert len(statements) == STATEMENTS
    tally = judge_all(statements, {}, "sentences of abstracts")
    assert tally.false_alarms <= 0.03
    assert tally.share(numeric=True) >= 0.97
    assert tally.share(numeric=False) >= 0.85


def test_a_corrupted_paraphrase_is_refused() -> None:
    tally = judge_all(list(paraphrases()), vocabulary(), "paraphrases")
    assert tally.false_alarms <= 0.4
    assert tally.share(numeric=True) >= 0.97
    assert tally.share(numeric=False) >= 0.85
