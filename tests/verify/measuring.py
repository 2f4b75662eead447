"""What the judge lets through and what it refuses wrongly, of true statements and of their corruptions.

    PYTHONPATH=src python -m tests.verify.measuring

prints the table of each kind of corruption. Three sets, none of which carries text of a source:
sentences of real abstracts held against themselves; paraphrases of sentences of the starter library
(``paraphrases.jsonl``); and paraphrases of sentences of those abstracts
(``abstract_paraphrases.jsonl``). The rules of the judge were mended on the development half alone.
The span check has no part. The abstracts are developer data and are read when this runs.
"""

from __future__ import annotations

import json
import lzma
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from tests.verify.corrupting import NUMERIC, Corruption, corrupt

from osler.model.verdict import Outcome
from osler.text.moves import classify_move
from osler.text.sentences import split_sentences
from osler.text.terms import find_abbreviations
from osler.verify.wording import Evidence
from osler.verify.written import compare

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PACK = ROOT / "src" / "osler" / "library" / "packs" / "hlh.jsonl"
STATEMENTS = 1000
OF_EACH_KIND = STATEMENTS // len(Corruption)
SEED = 2026


class Half(StrEnum):
    """Whether the rules of the judge were mended on a statement, or it was kept from that."""

    DEVELOPMENT = "development"
    HELD_OUT = "held out"


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that say truly what ``evidence`` says."""

    text: str
    evidence: Evidence
    half: Half


@dataclass(frozen=True, slots=True)
class Tally:
    """What the judge did with a set of statements and their corruptions.

    ``apart`` counts corruptions of statements that pass as they are: there, what is caught is caught for
    the corruption.
    """

    statements: int
    alarms: int
    made: Counter[Corruption] = field(default_factory=Counter)
    caught: Counter[Corruption] = field(default_factory=Counter)
    made_apart: Counter[Corruption] = field(default_factory=Counter)
    caught_apart: Counter[Corruption] = field(default_factory=Counter)

    @property
    def false_alarms(self) -> float:
        """The share of true statements that are refused."""
        return self.alarms / self.statements

    def share(self, *, numeric: bool) -> float:
        """Return the share caught, of corruptions of statements that pass as they are."""
        kinds = [kind for kind in self.made_apart if (kind in NUMERIC) is numeric]
        made = sum(self.made_apart[kind] for kind in kinds)
        return sum(self.caught_apart[kind] for kind in kinds) / made

    def as_text(self, title: str) -> str:
        """Return the table of each kind, of all corruptions and of those of statements that pass."""
        lines = [
            f"{title}: {self.statements} true statements,"
            f" {self.alarms} refused ({self.false_alarms:.1%})"
        ]
        lines += [
            f"  {kind:<12} {self.caught[kind]:>4} of {self.made[kind]:>4} caught;"
            f" where the true one passes {self.caught_apart[kind]:>4} of {self.made_apart[kind]:>4}"
            for kind in Corruption
        ]
        lines.append(
            f"  where the true one passes: figures and units {self.share(numeric=True):.1%},"
            f" the others {self.share(numeric=False):.1%}"
        )
        return "\n".join(lines)


def starter_paraphrases() -> Iterator[Statement]:
    """Yield the paraphrases of the starter library; the rules were mended on all of them."""
    records = {record["key"]: record for record in map(json.loads, PACK.open(encoding="utf-8"))}
    for row in _rows("paraphrases.jsonl"):
        record = records[row["source"]]
        text = record["blocks"][row["block"]]["text"]
        cited = text[row["start"] : row["end"]]
        evidence = Evidence(cited, record["title"] or "", text, tuple(record["headings"]))
        yield Statement(row["paraphrase"], evidence, Half.DEVELOPMENT)


def abstract_paraphrases(dev_data: Path) -> Iterator[Statement]:
    """Yield the paraphrases of sentences of the abstracts."""
    abstracts = _abstracts(dev_data)
    for row in _rows("abstract_paraphrases.jsonl"):
        evidence = _sentence(abstracts[row["source"]], row["start"], row["end"])
        yield Statement(row["paraphrase"], evidence, Half(row["half"]))


def originals(dev_data: Path) -> list[tuple[Statement, Corruption]]:
    """Return 1,000 sentences of abstracts, each held against itself, with the kind to corrupt it by.

    First those that were paraphrased, then as many as fill every kind alike, one of an abstract, drawn
    by seed and put into the halves in turn.
    """
    abstracts = _abstracts(dev_data)
    made: Counter[Corruption] = Counter()
    chosen: list[tuple[Statement, Corruption]] = []
    taken: set[str] = set()
    for row in _rows("abstract_paraphrases.jsonl"):
        evidence = _sentence(abstracts[row["source"]], row["start"], row["end"])
        _choose([Statement(evidence.text, evidence, Half(row["half"]))], made, chosen)
        taken.add(row["source"])
    others = [key for key in abstracts if key not in taken]
    random.Random(SEED).shuffle(others)
    halves = tuple(Half)
    for key in others:
        if len(chosen) == STATEMENTS:
            break
        half = halves[len(chosen) % len(halves)]
        _choose([Statement(e.text, e, half) for e in _findings(abstracts[key])], made, chosen)
    return chosen


def _choose(
    statements: Sequence[Statement],
    made: Counter[Corruption],
    chosen: list[tuple[Statement, Corruption]],
) -> None:
    """Add the first of ``statements`` that can be corrupted in the way that was used least so far."""
    for kind in sorted(Corruption, key=lambda kind: made[kind]):
        for statement in statements:
            if made[kind] < OF_EACH_KIND and corrupt(kind, statement.text):
                made[kind] += 1
                chosen.append((statement, kind))
                return


def _findings(row: Mapping[str, Any]) -> Iterator[Evidence]:
    for start, end in split_sentences(row["abstract"]):
        evidence = _sentence(row, start, end)
        if 60 < len(evidence.text) < 300 and classify_move(evidence.text, None).is_evidence:
            yield evidence


def _sentence(row: Mapping[str, Any], start: int, end: int) -> Evidence:
    return Evidence(row["abstract"][start:end], row["title"], row["abstract"])


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@cache
def _abstracts(dev_data: Path) -> dict[str, dict[str, Any]]:
    with lzma.open(dev_data / "scale" / "abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


@cache
def vocabulary() -> dict[str, str]:
    """Return the abbreviations that the starter library explains."""
    found: dict[str, str] = {}
    for record in map(json.loads, PACK.open(encoding="utf-8")):
        for block in record["blocks"]:
            for pair in find_abbreviations(block["text"]):
                found.setdefault(pair.short, pair.long)
    return found


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


def is_refused(text: str, statement: Statement, known: Mapping[str, str]) -> bool:
    """Tell whether a check of what is to be printed objects to ``text``."""
    checks = compare(text, statement.evidence, known, strict=True)
    return any(check.outcome is Outcome.FAILED for check in checks)


def judge_all(chosen: Iterable[tuple[Statement, Corruption | None]], known: Mapping[str, str]) -> Tally:
    """Judge each statement as it is and with its corruption."""
    statements = alarms = 0
    counts: tuple[Counter[Corruption], ...] = (Counter(), Counter(), Counter(), Counter())
    made, caught, made_apart, caught_apart = counts
    for statement, kind in chosen:
        is_alarm = is_refused(statement.text, statement, known)
        statements += 1
        alarms += is_alarm
        if kind is None:
            continue
        is_caught = is_refused(corrupt(kind, statement.text), statement, known)
        made[kind] += 1
        caught[kind] += is_caught
        made_apart[kind] += not is_alarm
        caught_apart[kind] += is_caught and not is_alarm
    return Tally(statements, alarms, made, caught, made_apart, caught_apart)


def main() -> None:
    """Print the table of every set and half."""
    began = time.monotonic()
    dev_data = Path(os.environ.get("OSLER_DEV_DATA") or ROOT.parent / "shared" / "data")
    drawn = originals(dev_data)
    restated = list(abstract_paraphrases(dev_data))
    sets: list[tuple[str, Sequence[tuple[Statement, Corruption | None]], dict[str, str]]] = [
        ("paraphrases of the starter library, development", spread(starter_paraphrases()), vocabulary())
    ]
    for half in Half:
        of_half = [pair for pair in drawn if pair[0].half is half]
        sets.append((f"sentences of abstracts, {half}", of_half, {}))
    for half in Half:
        of_half = [statement for statement in restated if statement.half is half]
        sets.append((f"paraphrases of abstracts, {half}", spread(of_half), {}))
    for title, chosen, known in sets:
        sys.stdout.write(judge_all(chosen, known).as_text(title) + "\n\n")
    sys.stdout.write(f"{time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
