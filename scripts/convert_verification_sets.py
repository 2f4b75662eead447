"""Convert the development data to the sets of claims that ``osler eval verification`` reads.

Needs the developer data (OSLER_DEV_DATA, default ../shared/data). Writes, below FOLDER:

    scifact_claims.jsonl  each claim against each abstract that it cites, title first; neutral: cited
                          without evidence
    healthver.jsonl       claims against a stretch of an article, labelled by people
    covidfact.jsonl       claims and their machine-made counterclaims; no neutral ones
    dismech.jsonl         short claims on disease mechanisms against a quoted stretch; noisy labels

Every line is ``{"claim", "passage", "label", "document"}``; ``document`` tells which passages are one
text, so that folds can be drawn that share none. The result is for measuring, not for passing on.

    python scripts/convert_verification_sets.py FOLDER [--data FOLDER]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

Row = dict[str, Any]
SCIFACT: Final = {"SUPPORT": "supports", "CONTRADICT": "refutes"}
COVIDFACT: Final = {"SUPPORTED": "supports", "REFUTED": "refutes"}
DISMECH: Final = {
    "SUPPORT": "supports",
    "NO_EVIDENCE": "neutral",
    "REFUTE": "refutes",
    "WRONG_STATEMENT": "refutes",
}
"""``PARTIAL`` is left out: it is none of the three."""


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
    out.mkdir(parents=True, exist_ok=True)
    write(out / "scifact_claims.jsonl", scifact(dev))
    write(out / "healthver.jsonl", healthver(dev))
    write(out / "covidfact.jsonl", covidfact(dev))
    write(out / "dismech.jsonl", dismech(dev))


def scifact(dev: Path) -> Iterator[Row]:
    """Yield each claim of SciFact with each abstract that it cites."""
    abstracts = {row["doc_id"]: row for row in read(dev / "scifact_corpus.jsonl")}
    for row in read(dev / "scifact_claims.jsonl"):
        gold = {entry["doc_id"]: SCIFACT[entry["label"]] for entry in row["evidence"]}
        for document in row["cited_doc_ids"]:
            paper = abstracts[document]
            title = paper["title"] if paper["title"].endswith((".", "?", "!")) else f"{paper['title']}."
            text = " ".join((title, *paper["abstract"]))
            yield line(row["claim"], text, gold.get(document, "neutral"), document)


def healthver(dev: Path) -> Iterator[Row]:
    """Yield the pairs of HealthVer."""
    for row in read(dev / "healthver.jsonl"):
        yield line(row["claim"], row["evidence"], row["label"].lower())


def covidfact(dev: Path) -> Iterator[Row]:
    """Yield the claims of COVID-Fact with the sentences chosen for them; its source is the document."""
    for row in read(dev / "covidfact.jsonl"):
        yield line(row["claim"], " ".join(row["evidence"]), COVIDFACT[row["label"]], row["gold_source"])


def dismech(dev: Path) -> Iterator[Row]:
    """Yield the first sentence of each described mechanism with the stretch quoted for or against it."""
    for row in read(dev / "dismech_evidence.jsonl"):
        context = row["context"]
        claim = str(context.get("description") or "").strip().partition(". ")[0] if context else ""
        if row["supports"] in DISMECH and claim and row["snippet"]:
            yield line(claim, row["snippet"], DISMECH[row["supports"]], row["reference"])


def line(claim: str, passage: str, label: str, document: str = "") -> Row:
    """Return one row; a passage that no document is named for is one by itself."""
    passage = " ".join(passage.split())
    own = document or hashlib.sha256(passage.encode()).hexdigest()[:16]
    return {"claim": " ".join(claim.split()), "passage": passage, "label": label, "document": own}


def read(file: Path) -> Iterator[Row]:
    """Yield the rows of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write(file: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSON lines, each pair once, and say how many of each label."""
    unique = {(row["claim"], row["passage"]): row for row in rows if row["claim"] and row["passage"]}
    texts = [json.dumps(row, ensure_ascii=False) + "\n" for row in unique.values()]
    file.write_text("".join(texts), "utf-8")
    counts = Counter(row["label"] for row in unique.values())
    print(f"{file.name}: {len(texts)} rows, {dict(sorted(counts.items()))}")


if __name__ == "__main__":
    main()
