"""True statements pass, the same with one change of meaning are refused; the span check has no part.

Two sets: 1,000 sentences of real abstracts, held against themselves (developer data, read when the test
runs), and paraphrases written by hand of sentences of the starter library (``paraphrases.jsonl``). Run
with ``-s`` for the table of each kind.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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
OF_EACH_KIND = STATEMENTS // len(Corruption)
MOST_ALARMS = 0.25
"""Of paraphrases; 10% is the aim, and is missed (docs/evaluation.md)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that say truly what ``evidence`` says."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Tally:
    """What the judge did with a set of statements and their corruptions.

    ``apart`` counts corruptions of statements that pass as they are: there, what is caught is caught for
    the corruption.
    """

    statements: int
    alarms: int
    made: Counter[Corruption]
    caught: Counter[Corruption]
    made_apart: Counter[Corruption]
    caught_apart: Counter[Corruption]

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.statements

    def share(self, *, numeric: bool) -> float:
        """Return the share caught, of corruptions of statements that pass as they are."""
        kinds = [kind for kind in self.made_apart if (kind in NUMERIC) is numeric]
        made = sum(self.made_apart[kind] for kind in kinds)
        return sum(self.caught_apart[kind] for kind in kinds) / made


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


def findings(dev_data: Path) -> Iterator[Statement]:
    """Yield the findings of the abstracts, in the order of the file, each held against itself."""
    with lzma.open(dev_data / "scale" / "abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = row["abstract"]
            for start, end in split_sentences(text):
                sentence = text[start:end]
                if 60 < len(sentence) < 300 and classify_move(sentence, None).is_evidence:
                    yield Statement(sentence, Evidence(sentence, row["title"], text))


def drawn(dev_data: Path) -> list[tuple[Statement, Corruption]]:
    """Return the first findings that fill every kind of corruption alike, one of an abstract."""
    made: Counter[Corruption] = Counter()
    chosen: list[tuple[Statement, Corruption]] = []
    seen = ""
    for statement in findings(dev_data):
        if statement.evidence.around == seen:
            continue
        for kind in sorted(Corruption, key=lambda kind: made[kind]):
            if made[kind] < OF_EACH_KIND and corrupt(kind, statement.text):
                made[kind] += 1
                chosen.append((statement, kind))
                seen = statement.evidence.around
                break
        if len(chosen) == STATEMENTS:
            break
    return chosen


def spread(statements: Iterable[Statement]) -> list[tuple[Statement, Corruption | None]]:
    """Return each statement with the kind of corruption that was made least often so far, or None."""
    made: Counter[Corruption] = Counter()
    chosen: list[tuple[Statement, Corruption | None]] = []
    for statement in statements:
        kinds = [kind for kind in Corruption if corrupt(kind, statement.text)]
        kind = min(kinds, key=lambda kind: made[kind], default=None)
        if kind is not None:
            made[kind] += 1
        chosen.append((statement, kind))
    return chosen


def is_refused(text: str, statement: Statement, known: dict[str, str]) -> bool:
    checks = compare(text, statement.evidence, known, strict=True)
    return any(check.outcome is Outcome.FAILED for check in checks)


def judge_all(
    chosen: Sequence[tuple[Statement, Corruption | None]], known: dict[str, str], title: str
) -> Tally:
    """Judge each statement as it is and with its corruption, and print the table."""
    counters: tuple[Counter[Corruption], ...] = (Counter(), Counter(), Counter(), Counter())
    made, caught, made_apart, caught_apart = counters
    alarms = 0
    for statement, kind in chosen:
        is_alarm = is_refused(statement.text, statement, known)
        alarms += is_alarm
        if kind is None:
            continue
        is_caught = is_refused(corrupt(kind, statement.text), statement, known)
        made[kind] += 1
        caught[kind] += is_caught
        made_apart[kind] += not is_alarm
        caught_apart[kind] += is_caught and not is_alarm
    tally = Tally(len(chosen), alarms, made, caught, made_apart, caught_apart)
    lines = [f"{title}: {tally.statements} statements, false alarms {tally.false_alarms:.1%}"]
    lines += [
        f"  {kind:<12} {caught[kind]:>4} of {made[kind]:>4} caught;"
        f" of those that pass as they are {caught_apart[kind]:>4} of {made_apart[kind]:>4}"
        for kind in Corruption
    ]
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    return tally


@pytest.mark.slow
def test_a_sentence_of_an_abstract_passes_and_is_refused_once_corrupted(dev_data: Path) -> None:
    chosen = drawn(dev_data)
    assert len(chosen) == STATEMENTS
    tally = judge_all(chosen, {}, "sentences of abstracts")
    assert tally.false_alarms <= 0.03
    assert tally.share(numeric=True) >= 0.97
    assert tally.share(numeric=False) >= 0.85


def test_a_corrupted_paraphrase_is_refused() -> None:
    tally = judge_all(spread(paraphrases()), vocabulary(), "paraphrases")
    assert tally.false_alarms <= MOST_ALARMS
    assert tally.share(numeric=True) >= 0.97
    assert tally.share(numeric=False) >= 0.85
