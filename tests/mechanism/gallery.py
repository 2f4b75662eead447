"""The gallery of docs/mechanism-gallery.md: ten paths of DrugMechDB, drawn from the developer data.

``python -m tests.mechanism.gallery FILE`` draws them anew from the archive FILE.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from osler.mechanism.drawing import draw_mechanism
from osler.mechanism.imported import graph_of
from osler.mechanism.intake import read_entries
from osler.mechanism.record import Record
from osler.mechanism.words import in_words
from osler.model.mechanism import Mechanism

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "mechanism-gallery.md"
FOLDER = DOCS / "images" / "gallery"
SHOWN = (
    ("aspirin", "Myocardial Infarction"),
    ("warfarin", "Pulmonary embolism"),
    ("metformin", "Diabetes mellitus type 2"),
    ("imatinib", "Chronic phase chronic myeloid leukemia"),
    ("omeprazole", "Gastroesophageal reflux disease"),
    ("salbutamol", "Bronchospasm"),
    ("furosemide", "Edema"),
    ("ruxolitinib", "Polycythemia vera"),
    ("tocilizumab", "Rheumatoid arthritis"),
    ("colchicine", "Gout"),
)
HEAD = """\
# Ten mechanisms from DrugMechDB

Drawn by `osler mechanism DRUG CONDITION --svg FILE` after `osler mechanism --import FILE`
([mechanism.md](mechanism.md) says how to read them). The paths are
[DrugMechDB](https://github.com/SuLab/DrugMechDB)'s (CC0), as its records give them, spelling and all:
nobody has judged them against passages of a library, which each drawing says. Beneath each, the same in
words.
"""


@dataclass(frozen=True)
class Picture:
    """One entry of the gallery."""

    graph: Mechanism
    file: str
    svg: str


def pictures(records: Iterable[Record]) -> list[Picture]:
    """Return the entries, in the order of ``SHOWN``."""
    held = list(records)
    made = []
    for drug, disease in SHOWN:
        found = [each for each in held if (each.drug.lower(), each.disease) == (drug, disease)]
        graph = graph_of(found)
        made.append(Picture(graph, f"{drug}.svg", draw_mechanism(graph, name=drug)))
    return made


def page(made: Iterable[Picture]) -> str:
    """Return the page."""
    parts = [HEAD]
    for each in made:
        title, *lines = in_words(each.graph).splitlines()
        steps = [line for line in lines if line[:1].isdigit()]
        records = ", ".join(record.id for record in each.graph.records)
        parts += [
            f"\n## {each.graph.drug}: {each.graph.condition}\n",
            f"\n![{title}](images/gallery/{each.file})\n",
            "\n" + "\n".join(steps).replace(" (recorded).", "") + "\n",
            f"\nRecord {records}.\n",
        ]
    return "".join(parts)


def main(file: Path) -> None:
    """Write the page and its drawings."""
    made = pictures(entry for entry in read_entries(file) if isinstance(entry, Record))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for each in made:
        (FOLDER / each.file).write_text(each.svg, encoding="utf-8")
    PAGE.write_text(page(made), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
