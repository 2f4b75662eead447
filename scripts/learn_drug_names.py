"""Learn product names and the names of one substance from public registers.

Needs ``UNII_Names.txt``, the list of names that the United States Food and Drug Administration publishes
with its Unique Ingredient Identifiers (https://precision.fda.gov/uniisearch/archive; a work of the
United States government, in the public domain), and ``drug_ner_dictionary.pkl.bz2`` of the Python
package drug-named-entity-recognition (MIT), which gathers names from MeSH, MedlinePlus, DrugBank's open
data (CC0), the NHS and Wikipedia. Writes below ``src/osler/retrieval/tables``:

    brands.tsv      product, substance, where learnt; a line for each substance of a combination
    substances.tsv  names of one substance: paracetamol, acetaminophen
    medicines.txt   names of medicines of one word, which are never taken for a typing error

Medicines only: a substance counts when a pharmacopoeia, the World Health Organization or a drug register
lists it under a name of its own. Salts are taken off, for the literature names the substance.

    python scripts/learn_drug_names.py UNII_Names.txt drug_ner_dictionary.pkl.bz2
"""

from __future__ import annotations

import argparse
import bz2
import pickle
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from osler.text.normalise import fold_spelling

TABLES = Path(__file__).parents[1] / "src" / "osler" / "retrieval" / "tables"
BRANDS_HEADING = """\
# Product, substance, where learnt; a line for each substance of a combination.
# fda: FDA, names with Unique Ingredient Identifiers, 2025-06; United States government, public domain.
# gathered: drug-named-entity-recognition 2.0.9 (MIT), from MeSH, MedlinePlus, DrugBank open data (CC0),
# NHS and Wikipedia."""
SUBSTANCES_HEADING = """\
# Names of one substance, tab between them.
# FDA, names with Unique Ingredient Identifiers, 2025-06; United States government, public domain."""
MEDICINES_HEADING = """\
# Names of medicines of one word.
# FDA, names with Unique Ingredient Identifiers, 2025-06; United States government, public domain."""
LISTS = {"INN", "USAN", "VANDF", "ORANGE BOOK", "WHO-DD", "JAN", "MART.", "PURPLE BOOK CDER"}
"""Registers of medicines, as the list marks names that stand in them."""
REGISTERED = {"INN", "USAN", "VANDF", "ORANGE BOOK", "PURPLE BOOK CDER"}
"""Registers that hold medicines only: the others name food and cosmetics as well."""
FEWEST_SALTS = 8
"""Substances that a last word must be added to before it is taken for a salt (sodium, hydrochloride)."""
ESTERS = {
    "ETEXILATE",
    "DISOPROXIL",
    "MEDOXOMIL",
    "AXETIL",
    "ALAFENAMIDE",
    "PIVOXIL",
    "PROXETIL",
    "CILEXETIL",
}
"""Esters that a substance is taken as; the literature leaves them out as it does salts."""
TAGGED = re.compile(r"^(?P<name>.+) \[(?P<list>[A-Z .\-]+)\]$")
NAME = re.compile(r"[A-Z][A-Z'-]+(?: [A-Z0-9][A-Z0-9'-]*)?")
ONE_WORD = re.compile(r"[A-Z]{4,}(?:-[A-Z]{2,})?")
PLAIN = re.compile(r"[a-z]{4,16}")
JOINED = re.compile(r"/|, and |, | and ")
COMPONENT = re.compile(r"^(?P<brand>.+?) COMPONENTS? (?:OF )?(?P<substance>.+)$")
NOT_NAMES = {"component", "kit", "acid", "oil", "extract", "powder", "solution"}
SUFFIX = re.compile(r"-[a-z]{4}$")
"""The four letters behind the name of a biological (emapalumab-lzsg)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One name of one substance."""

    name: str
    kind: str
    code: str
    display: str


def main() -> None:
    """Write both tables and say how long they are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", type=Path, help="UNII_Names.txt")
    parser.add_argument("gathered", type=Path, help="drug_ner_dictionary.pkl.bz2")
    arguments = parser.parse_args()
    rows = read(arguments.names)
    shown = {row.code: row.display for row in rows}
    medicines = find_medicines(rows)
    salts = find_salts(shown.values())
    brands = find_brands(rows, shown, medicines, salts)
    lines = [f"{brand}\t{substance}\tfda" for brand in brands for substance in brands[brand]]
    known = set(shown.values())
    names = {bare(shown[code], salts, known) for code in medicines}
    gathered = find_gathered(arguments.gathered, names, brands.keys())
    lines += [f"{brand}\t{substance}\tgathered" for brand in gathered for substance in gathered[brand]]
    write(TABLES / "brands.tsv", BRANDS_HEADING, sorted(lines))
    rings = find_rings(rows, medicines, salts, shown)
    write(TABLES / "substances.tsv", SUBSTANCES_HEADING, rings)
    write(TABLES / "medicines.txt", MEDICINES_HEADING, find_words(rows, medicines))


def read(file: Path) -> list[Row]:
    """Return the names of the list; its first line is a heading."""
    with file.open(encoding="utf-8") as lines:
        next(lines)
        cells = (line.rstrip("\n").split("\t") for line in lines)
        return [Row(*entry) for entry in cells if len(entry) == 4]


def find_medicines(rows: list[Row]) -> set[str]:
    """Return the codes of the substances that a register of medicines lists."""
    found = set()
    for row in rows:
        tagged = TAGGED.match(row.name)
        if tagged and tagged["list"] in REGISTERED:
            found.add(row.code)
    return found


def find_salts(names: Iterable[str]) -> set[str]:
    """Return the last words that many substances take behind a name that stands alone as well."""
    known = set(names)
    last: Counter[str] = Counter()
    for name in known:
        head, _, tail = name.rpartition(" ")
        if head in known:
            last[tail] += 1
    salts = {word for word, count in last.items() if count >= FEWEST_SALTS and word.isalpha()}
    return (salts | ESTERS) - {"ACID"}


def bare(name: str, salts: set[str], known: set[str]) -> str:
    """Return ``name`` in lower case without salts, as long as the rest is a substance of its own."""
    words = name.split()
    while len(words) > 1 and (words[-1] in salts and " ".join(words[:-1]) in known):
        words.pop()
    while len(words) > 1 and words[-1] in salts:
        words.pop()
    return SUFFIX.sub("", " ".join(words).lower())


def find_brands(
    rows: list[Row], shown: dict[str, str], medicines: set[str], salts: set[str]
) -> dict[str, list[str]]:
    """Return the substances of each product, each named once, in order of the alphabet."""
    known = set(shown.values())
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        part = COMPONENT.match(row.name)
        if row.code not in medicines or not (row.kind == "bn" or part):
            continue
        name = part["brand"] if part else row.name
        if not NAME.fullmatch(name) or len(name) < 4:
            continue
        substance = bare(row.display, salts, known)
        folded = name.lower()
        if NOT_NAMES & set(folded.split()) or same_start(folded, substance):
            continue
        if not re.fullmatch(r"[a-z][a-z' -]+(?: [a-z0-9-]+)*", substance) or len(substance) > 40:
            continue
        found[folded].add(substance)
    return {brand: sorted(substances) for brand, substances in found.items() if len(substances) <= 4}


def same_start(brand: str, substance: str) -> bool:
    """Tell whether a product is called by its substance, so that nothing is gained."""
    return brand.split()[0] == substance.split()[0]


class PlainUnpickler(pickle.Unpickler):
    """Reads containers, texts and numbers, and refuses whatever would run code."""

    def find_class(self, module: str, name: str) -> object:
        """Refuse every class and function."""
        raise pickle.UnpicklingError(f"{module}.{name} is not data")


def find_gathered(file: Path, medicines: set[str], taken: Iterable[str]) -> dict[str, list[str]]:
    """Return the products of the gathered dictionary that the register lacks, with their substances.

    A name that begins like its substance (allopurinolum) or is itself a substance is none.
    """
    with bz2.open(file) as packed:
        names: dict[str, list[str]] = PlainUnpickler(packed).load()["drug_variant_to_canonical"]
    known = set(taken)
    found = {}
    for name, meanings in names.items():
        if name in known or name in medicines or not PLAIN.fullmatch(name) or len(meanings) != 1:
            continue
        substances = [part.strip() for part in JOINED.split(meanings[0])]
        if not all(part in medicines for part in substances) or len(substances) > 4:
            continue
        if not any(part[:5] == name[:5] for part in substances):
            found[name] = sorted(substances)
    return found


def find_rings(
    rows: list[Row], medicines: set[str], salts: set[str], shown: dict[str, str]
) -> list[str]:
    """Return the names of each substance that has several, the one that the list shows first."""
    known = set(shown.values())
    names: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.code not in medicines or bare(row.display, salts, known) != row.display.lower():
            continue
        tagged = TAGGED.match(row.name)
        name = tagged["name"] if tagged and tagged["list"] in LISTS else row.name
        official = row.kind == "of" or (tagged is not None and tagged["list"] in LISTS)
        if SUFFIX.search(name.lower()):
            continue
        if official and ONE_WORD.fullmatch(name) and ONE_WORD.fullmatch(row.display):
            ring = names.setdefault(row.code, {row.display.lower(): None})
            ring.setdefault(name.lower())
    lines = []
    for ring in names.values():
        different = {fold_spelling(name): name for name in reversed(ring)}
        if len(different) > 1:
            lines.append("\t".join(name for name in ring if name in different.values()))
    return sorted(lines)


def find_words(rows: list[Row], medicines: set[str]) -> list[str]:
    """Return the names of one word that a register of medicines lists."""
    found = set()
    for row in rows:
        tagged = TAGGED.match(row.name)
        if row.code in medicines and tagged and tagged["list"] in REGISTERED:
            found.update(word.lower() for word in tagged["name"].split()[:1] if ONE_WORD.fullmatch(word))
    return sorted(found)


def write(file: Path, heading: str, lines: list[str]) -> None:
    """Write a heading and the lines of a table."""
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join([heading, *lines]) + "\n", "utf-8")
    print(f"{file.name}: {len(lines)} lines, {file.stat().st_size >> 10} KiB", file=sys.stderr)


if __name__ == "__main__":
    main()
