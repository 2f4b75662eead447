"""Make the library that patients' questions can be asked of, as JSON lines for ``osler add``.

    python scripts/convert_patient_library.py FILE [--data FOLDER]

Needs the developer data (OSLER_DEV_DATA, default ../shared/data). Holds what lies there for lay readers
or on drugs they take:

    MedQuAD             one record for each answer with text, under its page's address: advice of an
                        institution to the public, so of the tier of guidelines, but of no design
    Cochrane            reviews by DOI, the plain summary first, then the technical one
    PLABA               the abstracts, by PMID; the adaptations are not the source's own words
    drug labels         the sections of each label at hand

What cannot be used is counted and said. The result is for measuring, not for passing on.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tarfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
SPL = "{urn:hl7-org:v3}"
_MADE_PLURAL = re.compile(r"\s*\((?:are|s)\)")
_SPACE_BEFORE_MARK = re.compile(r"\s+([?.,;:])")
SHORTEST = 8
"""Words below which a section of a label is a heading or an address."""
LONGEST = 6000
"""Characters up to which the library takes a text without headings as one passage."""


def main() -> None:
    """Write the library and say what is in it."""
    default = os.environ.get("OSLER_DEV_DATA") or Path(__file__).parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", type=Path, default=Path(default))
    arguments = parser.parse_args()
    if not (arguments.data / "dev").is_dir():
        parser.error(f"needs the developer data: {arguments.data} is absent (set OSLER_DEV_DATA)")
    write_library(arguments.data, arguments.file)


def write_library(data: Path, file: Path) -> None:
    """Write the records of everything at hand to ``file``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    parts = {
        "MedQuAD": medquad_records(data / "dev" / "medquad.tar.xz"),
        "Cochrane": cochrane_records(data / "dev" / "cochrane_pls.jsonl"),
        "PLABA": plaba_records(data / "dev" / "plaba.jsonl"),
        "labels": label_records(data / "formats" / "openfda_spl"),
    }
    with file.open("w", encoding="utf-8") as written:
        for name, records in parts.items():
            count = 0
            for record in records:
                written.write(json.dumps(record, ensure_ascii=False) + "\n")
                count += 1
            print(f"{name}: {count} records")


def medquad_records(archive: Path) -> Iterator[Row]:
    """Yield one record for each answer of MedQuAD that has text."""
    with tarfile.open(archive) as members:
        for member in members:
            stream = members.extractfile(member) if member.name.endswith(".xml") else None
            if stream is not None:
                yield from _medquad_page(ElementTree.parse(stream).getroot())


def _medquad_page(page: ElementTree.Element) -> Iterator[Row]:
    publisher, focus = page.get("source", ""), (page.findtext("Focus") or "").strip()
    for pair in page.iter("QAPair"):
        asked, text = pair.find("Question"), _plain(pair.findtext("Answer") or "")
        if asked is None or not text:
            continue
        title = _SPACE_BEFORE_MARK.sub(r"\1", _MADE_PLURAL.sub("", _plain(asked.text or "")))
        yield {
            "id": f"medquad:{publisher}:{asked.get('qid')}",
            "title": title or focus,
            "text": text,
            "journal": publisher,
            "url": page.get("url"),
            "mesh": [focus],
            "kind": "guideline",
            "design": "other",
        }


def cochrane_records(file: Path) -> Iterator[Row]:
    """Yield one record for each Cochrane review: the plain summary, then the technical one."""
    for row in read(file):
        yield {
            "id": f"doi:{row['doi']}",
            "doi": row["doi"],
            "contexts": [row["plain"], row["technical"]],
            "journal": "Cochrane Database of Systematic Reviews",
            "kind": "research",
            "design": "systematic_review",
        }


def plaba_records(file: Path) -> Iterator[Row]:
    """Yield the abstracts of PLABA, each once."""
    seen = set()
    for row in read(file):
        if row["pmid"] not in seen:
            seen.add(row["pmid"])
            yield {"pmid": row["pmid"], "text": row["abstract"]}


def label_records(folder: Path) -> Iterator[Row]:
    """Yield one record for each section of a drug label that holds text of its own."""
    for file in sorted(folder.rglob("*.xml")):
        try:
            root = ElementTree.parse(file).getroot()
        except ElementTree.ParseError as fault:
            print(f"  {file.name} left out: {fault}")
            continue
        name = _words_in(root.find(f".//{SPL}manufacturedProduct//{SPL}name"))
        identity = root.find(f"{SPL}setId")
        if not name or identity is None:
            continue
        for number, section in enumerate(root.iter(f"{SPL}section")):
            text, heading = _words_in(section.find(f"{SPL}text")), _words_in(section.find(f"{SPL}title"))
            if len(text.split()) < SHORTEST:
                continue
            yield {
                "id": f"label:{identity.get('root')}:{number}",
                "title": f"{name}: {heading}" if heading else name,
                "text": text[:LONGEST],
                "url": f"urn:spl:{identity.get('root')}",
                "kind": "label",
            }


def _words_in(element: ElementTree.Element | None) -> str:
    return "" if element is None else _plain(" ".join(element.itertext()))


def read(file: Path) -> Iterator[Row]:
    """Yield the rows of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()
