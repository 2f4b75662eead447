"""Convert the development data to the question sets that ``osler eval`` reads.

Needs the developer data (OSLER_DEV_DATA, default ../shared/data). Writes, below FOLDER:

    scifact/                 BEIR folder: the claims against the 5,183 abstracts
    bioasq/                  BEIR folder: the questions against the snippets
    as_typed/                BEIR folder: the questions as people type them against all abstracts
    pubmedqa/                BEIR folder: the research questions against all abstracts and their own
    scifact_sentences.jsonl  rationale sentences of the abstracts that support or refute a claim
    bioasq_sentences.jsonl   gold snippets in those abstracts that the data also holds in full
    kqa.jsonl                patients' questions with must-have and nice-to-have statements
    pubmedqa.jsonl           research questions, the abstract's conclusion as nugget, yes, no or maybe
    pubmedqa_library.jsonl   their abstracts, conclusion included, to be added to a library
    bioasq_answers.jsonl     the questions of BioASQ with exact and ideal answers, yes or no, articles
    bioasq_library.jsonl     those articles: abstracts where they are at hand, snippets otherwise
    questions.txt            300 questions of BioASQ for timing

What cannot be converted is counted and said. The result is for measuring, not for passing on: the
abstracts keep their publishers' rights.

    python scripts/convert_dev_data.py FOLDER [--data FOLDER]
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from convert_answer_sets import bioasq_answers, bioasq_library

Row = dict[str, Any]
TIMED = 300
AS_TYPED = Path(__file__).parents[1] / "tests" / "evaluation_sets" / "as_typed.jsonl"


def main() -> None:
    """Convert everything and say what was written."""
    default = os.environ.get("OSLER_DEV_DATA") or Path(__file__).parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path(default))
    arguments = parser.parse_args()
    dev, out = arguments.data / "dev", arguments.folder
    if not dev.is_dir():
        parser.error(f"needs the developer data: {dev} is absent (set OSLER_DEV_DATA)")
    convert_scifact(dev, out / "scifact")
    convert_bioasq(dev, out / "bioasq")
    convert_as_typed(arguments.data, out / "as_typed")
    convert_titles(arguments.data, out / "pubmedqa")
    convert_rationales(dev, out / "scifact_sentences.jsonl")
    convert_snippets(arguments.data, out / "bioasq_sentences.jsonl")
    convert_kqa(dev, out / "kqa.jsonl")
    convert_pubmedqa(dev, out / "pubmedqa.jsonl", out / "pubmedqa_library.jsonl")
    convert_answers(arguments.data, out / "bioasq_answers.jsonl", out / "bioasq_library.jsonl")
    write_questions(dev, out / "questions.txt")


def convert_scifact(dev: Path, folder: Path) -> None:
    """Write the claims as queries. Relevant: abstracts with evidence, else those the claim cites."""
    documents = [
        {"_id": row["doc_id"], "title": row["title"], "text": " ".join(row["abstract"])}
        for row in read(dev / "scifact_corpus.jsonl")
    ]
    known = {row["_id"] for row in documents}
    queries, judgements, without = [], [], 0
    for row in read(dev / "scifact_claims.jsonl"):
        evidence = [entry["doc_id"] for entry in row["evidence"]]
        relevant = [d for d in dict.fromkeys(evidence or row["cited_doc_ids"]) if d in known]
        if not relevant:
            without += 1
            continue
        queries.append({"_id": row["id"], "text": row["claim"]})
        judgements += [(row["id"], document, 1) for document in relevant]
    write_beir(folder, documents, queries, judgements)
    if without:
        print(f"  {without} claims without a known abstract left out")


def convert_bioasq(dev: Path, folder: Path) -> None:
    """Write the snippets as documents and the questions as queries."""
    documents = [
        {"_id": row["_id"], "title": "", "text": row["text"]}
        for row in read(dev / "bioasq_snippet_corpus.jsonl")
    ]
    lines = (dev / "bioasq_snippet_qrels.tsv").read_text("utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line]
    judgements = [(query, document, int(grade)) for query, document, grade in cells]
    asked = {query for query, _, _ in judgements}
    queries = [
        {"_id": row["id"], "text": row["body"]}
        for row in read(dev / "bioasq_7b_9b.jsonl")
        if row["id"] in asked
    ]
    write_beir(folder, documents, queries, judgements)
    with (folder / "answers.jsonl").open("w", encoding="utf-8") as file:
        for row in read(dev / "bioasq_7b_9b.jsonl"):
            if row["id"] in asked:
                exact = [] if row["type"] == "yesno" else _flat(row.get("exact_answer"))
                ideal = _flat(row.get("ideal_answer"))
                file.write(json.dumps({"_id": row["id"], "exact": exact, "ideal": ideal}) + "\n")


def _flat(answer: object) -> list[str]:
    """Return the strings of an answer that is one, or a list of such, however deep."""
    if isinstance(answer, str):
        return [answer]
    return [each for part in answer for each in _flat(part)] if isinstance(answer, list) else []


def convert_as_typed(data: Path, folder: Path) -> None:
    """Write the abstracts as documents; a query's name says its style, as ``brand:17`` does."""
    documents = _abstracts(data)
    queries, judgements = [], []
    for number, row in enumerate(read(AS_TYPED), start=1):
        name = f"{row['style']}:{number}"
        queries.append({"_id": name, "text": row["question"]})
        judgements += [(name, document, 1) for document in row["gold"]]
    write_beir(folder, documents, queries, judgements)


def convert_titles(data: Path, folder: Path) -> None:
    """Write the abstracts of PubMedQA among all others; each question is the title of its abstract."""
    documents, queries, judgements = [], [], []
    for row in read(data / "dev" / "pubmedqa.jsonl"):
        name = f"pmid:{row['pmid']}"
        text = " ".join([*row["contexts"], row["long_answer"]])
        documents.append({"_id": name, "title": row["question"], "text": text, "year": row["year"]})
        queries.append({"_id": name, "text": row["question"]})
        judgements.append((name, name, 1))
    others = _abstracts(data)
    known = {document["_id"] for document in others}
    documents = others + [document for document in documents if document["_id"] not in known]
    write_beir(folder, documents, queries, judgements)


def _abstracts(data: Path) -> list[Row]:
    with lzma.open(data / "scale" / "abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [
            {"_id": _name(row), "title": row["title"], "text": row["abstract"]} | _kept(row)
            for row in map(json.loads, lines)
        ]


def _name(row: Row) -> str:
    return f"pmid:{row['pmid']}" if row.get("pmid") else str(row["id"])


def _kept(row: Row) -> Row:
    """Return what a library stores of an abstract beside its text, without any identity."""
    return {name: row[name] for name in ("year", "mesh", "journal") if row.get(name)}


def convert_rationales(dev: Path, file: Path) -> None:
    """Write each claim with each abstract that holds rationale sentences for it."""
    corpus = {row["doc_id"]: row for row in read(dev / "scifact_corpus.jsonl")}
    rows = []
    for claim in read(dev / "scifact_claims.jsonl"):
        gold: dict[str, set[int]] = {}
        for entry in claim["evidence"]:
            gold.setdefault(entry["doc_id"], set()).update(entry["sentences"])
        for document, numbers in gold.items():
            if document not in corpus:
                continue
            sentences = [sentence.strip() for sentence in corpus[document]["abstract"]]
            spans, position = [], 0
            for number, sentence in enumerate(sentences):
                if number in numbers:
                    spans.append([position, position + len(sentence)])
                position += len(sentence) + 1
            rows.append(
                {
                    "question": claim["claim"],
                    "document": document,
                    "title": corpus[document]["title"],
                    "text": " ".join(sentences),
                    "spans": spans,
                }
            )
    write(file, rows)


def convert_snippets(data: Path, file: Path) -> None:
    """Write each question with each abstract that is at hand and holds gold snippets of it."""
    abstracts = _abstracts_by_pmid(data)
    rows, elsewhere, unlike = [], 0, 0
    for question in read(data / "dev" / "bioasq_7b_9b.jsonl"):
        found: dict[str, list[list[int]]] = {}
        for snippet in question["snippets"]:
            pmid = snippet["document"].rpartition("/")[2]
            if pmid not in abstracts or snippet["beginSection"] != "abstract":
                elsewhere += 1
                continue
            # The offsets count a state of the abstract that may differ from this one: the words decide.
            start = abstracts[pmid]["abstract"].find(snippet["text"].strip())
            if start < 0:
                unlike += 1
                continue
            found.setdefault(pmid, []).append([start, start + len(snippet["text"].strip())])
        for pmid, spans in found.items():
            rows.append(
                {
                    "question": question["body"],
                    "document": f"pmid:{pmid}",
                    "title": abstracts[pmid]["title"],
                    "text": abstracts[pmid]["abstract"],
                    "spans": spans,
                }
            )
    write(file, rows)
    print(f"  {elsewhere} snippets in titles or in abstracts not at hand, {unlike} worded otherwise")


def _abstracts_by_pmid(data: Path) -> dict[str, Row]:
    with lzma.open(data / "scale" / "abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        return {str(row["pmid"]): row for row in map(json.loads, lines) if row.get("pmid")}


def convert_answers(data: Path, file: Path, library: Path) -> None:
    """Write the questions of BioASQ with what a good answer says, and the articles it is in."""
    questions = list(read(data / "dev" / "bioasq_7b_9b.jsonl"))
    write(file, bioasq_answers(questions))
    write(library, bioasq_library(questions, _abstracts_by_pmid(data)))


def convert_kqa(dev: Path, file: Path) -> None:
    """Write the patients' questions; the sources they were answered from are addresses, not ids."""
    rows = []
    for row in read(dev / "kqa.jsonl"):
        must = [{"text": text.strip(), "must": True} for text in row["Must_have"] if text.strip()]
        nice = [{"text": text.strip(), "must": False} for text in row["Nice_to_have"] if text.strip()]
        if must or nice:
            rows.append({"question": row["Question"], "nuggets": must + nice, "sources": []})
    write(file, rows)


def convert_pubmedqa(dev: Path, file: Path, library: Path) -> None:
    """Write the research questions with their abstract as source and its conclusion as nugget.

    The question is the article's title, so that finding the article is easy; stating what it concluded
    is not.
    """
    rows, records = [], []
    for row in read(dev / "pubmedqa.jsonl"):
        nuggets = [{"text": row["long_answer"], "must": True}]
        source = f"pmid:{row['pmid']}"
        rows.append(
            {
                "question": row["question"],
                "nuggets": nuggets,
                "sources": [source],
                "stance": row["final_decision"],
            }
        )
        records.append(
            {
                "pmid": row["pmid"],
                "title": row["question"],
                "contexts": [*row["contexts"], row["long_answer"]],
                "labels": [*row["labels"], "CONCLUSION"],
                "mesh": row["meshes"],
                "year": row["year"],
            }
        )
    write(file, rows)
    write(library, records)


def write_questions(dev: Path, file: Path) -> None:
    """Write questions at even distances for timing."""
    bodies = [row["body"] for row in read(dev / "bioasq_7b_9b.jsonl")]
    chosen = [bodies[place * len(bodies) // TIMED] for place in range(TIMED)]
    file.write_text("".join(f"{' '.join(body.split())}\n" for body in chosen), "utf-8")
    print(f"{file.name}: {len(chosen)} questions")


def write_beir(
    folder: Path, documents: list[Row], queries: list[Row], judgements: list[tuple[str, str, int]]
) -> None:
    """Write the three files of a BEIR folder."""
    write(folder / "corpus.jsonl", documents)
    write(folder / "queries.jsonl", queries)
    judged = folder / "qrels" / "test.tsv"
    judged.parent.mkdir(exist_ok=True)
    lines = [f"{query}\t{document}\t{grade}\n" for query, document, grade in judgements]
    judged.write_text("query-id\tcorpus-id\tscore\n" + "".join(lines), "utf-8")
    print(f"{folder.name}: {len(documents)} documents, {len(queries)} queries, {len(lines)} judgements")


def read(file: Path) -> Iterator[Row]:
    """Yield the rows of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write(file: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSON lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    texts = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    file.write_text("".join(texts), "utf-8")
    if file.parent.name not in {"scifact", "bioasq", "as_typed", "pubmedqa"}:
        print(f"{file.name}: {len(texts)} rows")


if __name__ == "__main__":
    main()
