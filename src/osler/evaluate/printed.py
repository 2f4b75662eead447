"""What an answer prints, held against the library by code that shares nothing with the judge.

The judge decides what is printed; whoever measures it must not ask it. This module reads the answer's
public document and what the library stores, and compares characters: a statement has a span, the quote
is the passage's own text there, its hash is right, what is printed is the quote with brackets, every
figure is in the cited words or in the source's record, and nothing is printed twice.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from osler.model.certainty import PROVISIONAL
from osler.model.passage import Passage
from osler.model.source import Source

Document = dict[str, Any]

NUMERAL: Final = re.compile(r"\d+(?:[.,·]\d+)*")
"""A printed figure: every run of digits, those of names (IL-6, COVID-19) and codes included."""
_BRACKETS: Final = re.compile(r" ?\[[^\[\]]*\]")
_COMPUTED: Final = re.compile(r"\[computed:[^\[\]]*\]")
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+")
_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELT: Final = {word: str(value) for value, word in enumerate(_UNITS)} | {
    word: str(10 * value) for value, word in enumerate(_TENS, start=2)
}
_SPELT_WORD: Final = re.compile(rf"\b(?:{'|'.join(_SPELT)})\b", re.IGNORECASE)
_SPELT_PAIR: Final = re.compile(rf"\b({'|'.join(_TENS)})[- ]({'|'.join(_UNITS[1:10])})\b", re.IGNORECASE)
"""Ninety-nine, in one figure."""
_PLAIN: Final = re.compile(r"\d+(?:\.\d+)?")
_SAME_TO: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that must never be printed.

    Attributes:
        kind: ``no span``, ``span``, ``hash``, ``words``, ``figure``, ``twice``, ``record``, ``number``.
        statement: The statement's id, or what else it concerns.
        detail: What was found.
    """

    kind: str
    statement: str
    detail: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at in one answer and what was wrong.

    Attributes:
        statements: Statements printed, those that stand beneath the answer included.
        figures: Printed figures by where each was found: ``cited span``, ``record: people, year``,
            ``record: title``, ``computed`` (marked so), ``stated rule`` (of a provisional certainty).
        faults: What was wrong.
    """

    statements: int
    figures: Counter[str]
    faults: tuple[Fault, ...]


def printed_statements(answer: Document) -> Iterator[Document]:
    """Yield every statement of an answer document: bottom line, sections, what stands beneath."""
    if answer["bottom_line"]:
        yield answer["bottom_line"]
    for group in (*answer["sections"], *answer["beneath"]):
        yield from group["statements"]


def check_printed(
    answer: Document, passages: Mapping[str, Passage], sources: Mapping[str, Source]
) -> Checked:
    """Return what is wrong with an answer's document; nothing should be.

    Args:
        answer: The part ``answer`` of the document.
        passages: By id, as read from the library again.
        sources: By id, as read from the library again.
    """
    statements = list(printed_statements(answer))
    figures: Counter[str] = Counter()
    faults = list(_twice(statements))
    reasons: dict[str, list[str]] = {}
    for entry in answer["uncertain"]:
        reasons.setdefault(entry["statement"], []).append(entry["reason"])
    for statement in statements:
        faults += _span_faults(statement, passages)
        faults += _word_faults(statement)
        said = [statement["lead"], statement["text"], statement["plain"] or ""]
        basis = str((statement["certainty"] or {}).get("basis", ""))
        if basis.startswith(PROVISIONAL):
            figures["stated rule"] += len(NUMERAL.findall(basis))
        else:
            said.append(basis)
        faults += _figure_faults(statement, said, sources, figures)
        for reason in reasons.get(statement["id"], ()):
            figures["computed"] += len(NUMERAL.findall(reason))
    faults += _table_faults(answer, statements, figures)
    faults += _conflict_faults(answer, statements, figures)
    faults += _record_faults(answer, sources)
    faults += _number_faults(answer, statements)
    return Checked(len(statements), figures, tuple(faults))


def _span_faults(statement: Document, passages: Mapping[str, Passage]) -> Iterator[Fault]:
    """Yield a statement without citation, and citations whose quote does not stand at its span."""
    name = statement["id"]
    if not statement["citations"]:
        yield Fault("no span", name, "cites nothing")
    for cited in statement["citations"]:
        passage = passages.get(cited["passage"])
        start, end = cited["start"], cited["end"]
        if passage is None:
            yield Fault("no span", name, f"{cited['passage']} is not in the library")
            continue
        if (passage.source, passage.version) != (cited["source"], cited["version"]):
            yield Fault("span", name, f"{cited['passage']} is another source's or version's")
        if not 0 <= start < end <= len(passage.text) or passage.text[start:end] != cited["quote"]:
            yield Fault("span", name, f"{start}:{end} does not hold the quote")
        if hashlib.sha256(cited["quote"].encode("utf-8")).hexdigest() != cited["sha256"]:
            yield Fault("hash", name, "the hash is not that of the quote")


def _word_faults(statement: Document) -> Iterator[Fault]:
    """Yield what a quoted statement prints beside its quote and brackets."""
    if statement["made"] != "quoted" or not statement["citations"]:
        return
    quote = _bare(statement["citations"][0]["quote"])
    for field in ("text", "plain"):
        shown = statement[field]
        if shown is not None and _bare(shown) != quote:
            yield Fault("words", statement["id"], f"{field} is not the quote with brackets")


def _bare(text: str) -> str:
    return " ".join(_BRACKETS.sub("", text).split())


def _figure_faults(
    statement: Document,
    said: Iterable[str],
    sources: Mapping[str, Source],
    figures: Counter[str],
) -> Iterator[Fault]:
    """Yield the figures of what is printed that neither cited words nor record hold."""
    spans = " ".join(cited["quote"] for cited in statement["citations"])
    held = numerals(spans)
    records = [sources[c["source"]] for c in statement["citations"] if c["source"] in sources]
    stated = {str(value) for r in records for value in (r.participants, r.year) if value is not None}
    titled = set().union(*(numerals(r.title or "") for r in records))
    for text in said:
        marked = sum(len(NUMERAL.findall(found)) for found in _COMPUTED.findall(text))
        figures["computed"] += marked
        for figure in map(plain_number, NUMERAL.findall(_COMPUTED.sub(" ", text))):
            if figure in held:
                figures["cited span"] += 1
            elif figure in stated:
                figures["record: people, year"] += 1
            elif figure in titled:
                figures["record: title"] += 1
            else:
                yield Fault("figure", statement["id"], f"{figure} is not in the cited words")


def numerals(text: str) -> frozenset[str]:
    """Return the figures of ``text`` as compared: without thousands separators, spelt ones as digits."""
    spelt = {_SPELT[word.lower()] for word in _SPELT_WORD.findall(text)}
    pairs = {
        str(int(_SPELT[tens.lower()]) + int(_SPELT[unit.lower()]))
        for tens, unit in _SPELT_PAIR.findall(text)
    }
    return frozenset(map(plain_number, NUMERAL.findall(text))) | spelt | pairs


def plain_number(written: str) -> str:
    """Return a figure as compared: ``1,234`` as ``1234``, ``0·5`` as ``0.5``."""
    written = written.replace("·", ".")
    return written.replace(",", "") if _GROUPED.fullmatch(written) else written


def _table_faults(
    answer: Document, statements: list[Document], figures: Counter[str]
) -> Iterator[Fault]:
    """Yield the figures of the table that are not in the words that their row cites."""
    quotes = {s["id"]: " ".join(c["quote"] for c in s["citations"]) for s in statements}
    for group in answer["figures"]:
        for row in group["rows"]:
            name = row["statement"]
            if name not in quotes:
                yield Fault("figure", name, "a row of the table rests on no printed statement")
                continue
            held = numerals(quotes[name])
            known = [float(each) for each in held if _PLAIN.fullmatch(each)]
            for value in _stated_values(row):
                if any(abs(abs(value) - each) <= _SAME_TO * max(1.0, each) for each in known):
                    figures["cited span"] += 1
                else:
                    yield Fault("figure", name, f"{value:g} of the table is not in the cited words")
            for text in _worded(group, row):
                for figure in numerals(text) - held:
                    yield Fault("figure", name, f"{figure} of {text!r} is not in the cited words")


def _stated_values(row: Document) -> list[float]:
    """Return the figures of a row that must stand in the cited words; what it computed is marked."""
    dose = row["dose"] or {}
    values = [row["n"], row["of"], dose.get("amount"), dose.get("high")]
    if row["origin"] == "stated":
        values += [row["value"], row["low"], row["high"]]
    return [float(value) for value in values if value is not None]


def _worded(group: Document, row: Document) -> list[str]:
    """Return the words of a row and of its group that may hold figures."""
    dose = row["dose"] or {}
    said = [dose.get(part) for part in ("frequency", "maximum", "duration")]
    return [text for text in (*said, group["time_point"], group["population"]) if text]


def _conflict_faults(
    answer: Document, statements: list[Document], figures: Counter[str]
) -> Iterator[Fault]:
    """Yield sides of a conflict that are not printed, and figures of its line that no side cites."""
    known = {s["id"]: s for s in statements}
    for conflict in answer["conflicts"]:
        held: set[str] = set()
        for side in conflict["sides"]:
            held |= numerals(side["citation"]["quote"])
            if side["statement"] not in known:
                yield Fault("no span", side["statement"], "a side of a conflict is not printed")
        for figure in numerals(f"{conflict['about']} {conflict['why']}"):
            if figure in held:
                figures["cited span"] += 1
            else:
                yield Fault("figure", conflict["about"], f"{figure} is in no side's words")


def _twice(statements: list[Document]) -> Iterator[Fault]:
    """Yield statements with one id, with the same words, or with spans that share characters."""
    seen: set[str] = set()
    words: set[str] = set()
    spans: list[tuple[str, int, int]] = []
    for statement in statements:
        if statement["id"] in seen:
            yield Fault("twice", statement["id"], "the id is printed twice")
        seen.add(statement["id"])
        folded = " ".join(re.findall(r"\w+", statement["text"].lower()))
        if folded in words:
            yield Fault("twice", statement["id"], "the same words are printed twice")
        words.add(folded)
        for cited in statement["citations"][:1]:
            span = (cited["passage"], cited["start"], cited["end"])
            if any(span[0] == p and span[1] < e and s < span[2] for p, s, e in spans):
                yield Fault("twice", statement["id"], "shares words of a passage with another")
            spans.append(span)


def _record_faults(answer: Document, sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Yield references whose figures and names are not those of the stored source."""
    for reference in answer["references"]:
        source = sources.get(reference["source"])
        if source is None:
            yield Fault("record", reference["source"], "is not in the library")
            continue
        stored = (source.participants, source.year, source.pmid, source.doi, source.title)
        if stored != tuple(reference[name] for name in ("n", "year", "pmid", "doi", "title")):
            yield Fault("record", reference["source"], "the reference is not what is stored")


def _number_faults(answer: Document, statements: list[Document]) -> Iterator[Fault]:
    """Yield cited sources without a reference, and numbers that stand for no reference or for two."""
    numbers = [reference["number"] for reference in answer["references"]]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield Fault("number", answer["id"], "the numbers are not 1 to the number of references")
    known = {reference["source"] for reference in answer["references"]}
    for statement in statements:
        for cited in statement["citations"]:
            if cited["source"] not in known:
                yield Fault("number", statement["id"], f"{cited['source']} has no reference")
        if set(statement["also"]) - set(numbers):
            yield Fault("number", statement["id"], "names a number that stands for nothing")
