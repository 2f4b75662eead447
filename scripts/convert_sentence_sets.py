"""Convert the development data to documents with gold sentences, for training and measuring.

Needs the developer data (OSLER_DEV_DATA, default ../shared/data). Writes, below FOLDER, files that
``osler eval sentences`` reads and that ``scripts/train_sentences.py`` learns from:

    scifact.jsonl    rationale sentences of the abstracts that support or refute a claim
    bioasq.jsonl     gold snippets in all abstracts at hand that hold them, found by PMID or by the words
    pubmedqa.jsonl   abstracts without their section labels; the conclusion answers the question
    inference.jsonl  paragraphs of trial reports; the span that states an outcome's direction
    dismech.jsonl    abstracts; the quotation that supports a statement on a disease

The last two data sets hold no question: one is made from their fields by a fixed pattern. A document of
fewer than four sentences is left out, since hardly anything is to be chosen there. What cannot be
converted is counted and said. The result is for measuring, not for passing on: the texts keep their
publishers' rights.

    python scripts/convert_sentence_sets.py FOLDER [--data FOLDER]
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from osler.text.sentences import split_sentences

Row = dict[str, Any]
FEWEST: Final = 4
PATTERNS: Final = {
    "treatments": "Does {name} help in {disorder}?",
    "phenotypes": "Is {name} a feature of {disorder}?",
    "genetic": "Is {name} associated with {disorder}?",
    "diagnosis": "Is {name} used to diagnose {disorder}?",
    "biochemical": "Is {name} changed in {disorder}?",
    "environmental": "Is {name} a risk factor for {disorder}?",
    "pathophysiology": "What is the role of {name} in {disorder}?",
}
"""Sections of the disease-mechanism data whose entries can be asked about, and how."""


def main() -> None:
    """Convert everything and say what was written."""
    default = os.environ.get("OSLER_DEV_DATA") or Path(__file__).parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path(default))
    arguments = parser.parse_args()
    dev, scale = arguments.data / "dev", arguments.data / "scale"
    if not dev.is_dir():
        parser.error(f"needs the developer data: {dev} is absent (set OSLER_DEV_DATA)")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    abstracts = [row for row in read(scale / "abstracts.jsonl.xz") if row.get("abstract")]
    sets = {
        "scifact": rationales(dev),
        "bioasq": snippets(dev, abstracts),
        "pubmedqa": conclusions(dev),
        "inference": outcomes(dev, scale / "passages_pmc.jsonl.xz"),
        "dismech": quotations(dev, abstracts),
    }
    for name, rows in sets.items():
        written, short = [], 0
        for row in rows:
            if len(split_sentences(row["text"])) < FEWEST:
                short += 1
            else:
                written.append(json.dumps(row, ensure_ascii=False) + "\n")
        (arguments.folder / f"{name}.jsonl").write_text("".join(written), "utf-8")
        print(f"{name}: {len(written)} rows; {short} documents of under {FEWEST} sentences left out")


def rationales(dev: Path) -> Iterator[Row]:
    """Yield each claim with each abstract that holds rationale sentences for it."""
    corpus = {row["doc_id"]: row for row in read(dev / "scifact_corpus.jsonl")}
    for claim in read(dev / "scifact_claims.jsonl"):
        gold: dict[str, set[int]] = {}
        for entry in claim["evidence"]:
            gold.setdefault(entry["doc_id"], set()).update(entry["sentences"])
        for document, numbers in gold.items():
            if document in corpus:
                text, spans = joined(corpus[document]["abstract"], numbers)
                yield row_of(claim["claim"], document, corpus[document]["title"], text, spans)


def snippets(dev: Path, abstracts: Iterable[Row]) -> Iterator[Row]:
    """Yield each question with each abstract at hand that holds gold snippets of it."""
    wanted: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    asked = {}
    for question in read(dev / "bioasq_7b_9b.jsonl"):
        asked[question["id"]] = question["body"]
        for snippet in question["snippets"]:
            text = snippet["text"].strip()
            if snippet["beginSection"] == "abstract" and len(text) > 40:
                wanted[opening(text)][question["id"]].add(text)
    for abstract in abstracts:
        found: dict[str, set[tuple[int, int]]] = defaultdict(set)
        pieces = {opening(piece) for piece in sentences(abstract["abstract"])}
        for piece in sorted(pieces & wanted.keys()):
            for question, texts in wanted[piece].items():
                spans = (find(abstract["abstract"], text) for text in texts)
                found[question].update(span for span in spans if span)
        for question, spans in found.items():
            if spans:
                yield row_of(
                    asked[question],
                    abstract["id"],
                    abstract["title"],
                    abstract["abstract"],
                    [list(span) for span in sorted(spans)],
                )


def conclusions(dev: Path) -> Iterator[Row]:
    """Yield each research question with its abstract, its labels taken off."""
    for row in read(dev / "pubmedqa.jsonl"):
        parts = [part.strip() for part in (*row["contexts"], row["long_answer"])]
        text, spans = joined(parts, {len(parts) - 1})
        (start, end) = spans[0]
        gold = [list(span) for span in split_sentences(text, start, end)]
        # The question is the article's title.
        yield row_of(row["question"], f"pmid:{row['pmid']}", row["question"], text, gold)


def outcomes(dev: Path, file: Path) -> Iterator[Row]:
    """Yield each comparison with each paragraph that states what came of it."""
    prompts: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in read(dev / "evidence_inference_v2.jsonl"):
        if len(row["evidence"].strip()) > 40:
            prompts[row["pmcid"]][row["prompt_id"]].append(row)
    for paragraph in read(file):
        for group in prompts.get(paragraph["id"].partition("#")[0], {}).values():
            found = (find(paragraph["text"], row["evidence"].strip()) for row in group)
            spans = sorted({span for span in found if span})
            if spans:
                one = group[0]
                asked = (
                    f"What is the effect of {one['intervention'].strip()} compared with"
                    f" {one['comparator'].strip()} on {one['outcome'].strip()}?"
                )
                article = paragraph["id"].partition("#")[0]  # the data holds no titles
                yield row_of(
                    asked, paragraph["id"], article, paragraph["text"], [list(s) for s in spans]
                )


def quotations(dev: Path, abstracts: Iterable[Row]) -> Iterator[Row]:
    """Yield each statement on a disease with the abstract that is quoted for it."""
    by_pmid = {str(row["pmid"]): row for row in abstracts if row.get("pmid")}
    gold: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    for row in read(dev / "dismech_evidence.jsonl"):
        abstract = by_pmid.get(row["reference"].removeprefix("PMID:"))
        name = (row["context"] or {}).get("name")
        quoted = row["snippet"].strip()
        if row["supports"] != "SUPPORT" or row["section"] not in PATTERNS or not name:
            continue
        if abstract and len(quoted) > 40 and (span := find(abstract["abstract"], quoted)):
            asked = PATTERNS[row["section"]].format(
                name=name.strip(), disorder=row["disorder"].replace("_", " ")
            )
            gold[asked, str(abstract["pmid"])].add(span)
    for (asked, pmid), spans in gold.items():
        abstract = by_pmid[pmid]
        yield row_of(
            asked,
            f"pmid:{pmid}",
            abstract["title"],
            abstract["abstract"],
            [list(span) for span in sorted(spans)],
        )


def row_of(question: str, document: str, title: str, text: str, spans: list[list[int]]) -> Row:
    """Return one line of a set of documents with gold sentences."""
    return {
        "question": " ".join(question.split()),
        "document": document,
        "title": title,
        "text": text,
        "spans": spans,
    }


def joined(parts: Iterable[str], gold: Iterable[int]) -> tuple[str, list[list[int]]]:
    """Return ``parts`` as one text, and the spans of those whose numbers are in ``gold``."""
    wanted, spans, position, texts = set(gold), [], 0, []
    for number, part in enumerate(part.strip() for part in parts):
        if number in wanted:
            spans.append([position, position + len(part)])
        position += len(part) + 1
        texts.append(part)
    return " ".join(texts), spans


def find(text: str, quoted: str) -> tuple[int, int] | None:
    """Return where ``quoted`` stands in ``text``; white space may differ."""
    start = text.find(quoted)
    if start >= 0:
        return start, start + len(quoted)
    found = re.search(r"\s+".join(map(re.escape, quoted.split())), text)
    return found.span() if found else None


def sentences(text: str) -> Iterator[str]:
    """Yield the pieces of ``text`` between full stops, labels taken off: a quick, rough cut."""
    for piece in text.split(". "):
        yield piece
        if ": " in piece:
            yield piece.partition(": ")[2]


def opening(text: str) -> str:
    """Return the first words of a sentence, by which it is looked up."""
    return " ".join(text.lower().split()[:6])


def read(file: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a file of JSON lines, packed or not."""
    if file.suffix == ".xz":
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        with file.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
