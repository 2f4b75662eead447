"""Osler beside other search engines: the same real passages, the same questions, one run.

Needs the developer data (OSLER_DEV_DATA, default ../shared/data); skips with a message where it is
absent, and leaves out an engine whose package is not installed (pip install 'osler[bench,dense]').

Two tables: search for words over `--passages`, and search with vectors over the first `--vectors` of
them, fewer since a model reads some 100 passages a second. The vectors are made once, before anything
is measured, and handed to every engine; the question is embedded by each search itself, by the same
model. Each engine builds in one process and is asked in another, which is what its memory is of. `disk`
is what it keeps: the index alone for `Osler, the index`, the whole library with texts, records and
history for a search of Osler, the texts and the index for LanceDB and haystack, no text for the others.

Searches are counted in processor time of all threads; the median by the clock stands beside it.
Questions are asked once each, after others that warm the process: nothing that an engine remembers of a
question counts. Quality is MRR@10: real titles are taken out of their records and asked; the abstract
that lost its title is to be found.

    python bench/peers.py [--data FOLDER] [--passages N] [--vectors N] [--questions N] [--work FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from engines import TOP, Engine, Material
from engines.bare_tantivy import BARE
from engines.haystack_pipeline import HAYSTACK
from engines.lance import LANCE_BOTH, LANCE_INDEX, LANCE_SCAN, LANCE_WORDS
from engines.osler_library import OSLER_BOTH, OSLER_INDEX, OSLER_SEARCH
from engines.words import BM25S, FTS5
from material.process import Figures, held_mb, markdown, run_child, time_each
from material.records import default_data, is_here, read_records

WORDS = (BARE, FTS5, BM25S, LANCE_WORDS, OSLER_INDEX, OSLER_SEARCH)
VECTORS = (BARE, LANCE_WORDS, LANCE_SCAN, LANCE_INDEX, LANCE_BOTH, HAYSTACK, OSLER_SEARCH, OSLER_BOTH)
ENGINES = {engine.name: engine for engine in (*WORDS, *VECTORS)}
WARMING = 40
SHORTEST_TITLE = 6  # words
HEAD = ("", "build s", "disk MB", "memory MB", "p50 ms", "p99 ms", "by the clock ms", "MRR@10")


def main() -> int:
    """Measure each engine and print the tables."""
    arguments = read_arguments()
    if arguments.step:
        print(json.dumps(STEPS[arguments.step](arguments)))
        return 0
    if not is_here(arguments.data):
        return 0
    from material.vectors import find_weights  # numpy comes with it, which no engine is to hold unasked

    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.work or Path(scratch)
        run_table(arguments, folder / "words", WORDS, arguments.passages)
        if find_weights() is None or arguments.vectors == 0:
            print("\nno model here: search with vectors is not measured (set OSLER_DEV_MODEL)")
        else:
            run_table(arguments, folder / "vectors", VECTORS, arguments.vectors)
    return 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=default_data())
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--vectors", type=int, default=10_000, help="passages with vectors; 0: none")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--work", type=Path, help="keep vectors here, for the next run")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--shared", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def run_table(
    arguments: argparse.Namespace, folder: Path, engines: tuple[Engine, ...], count: int
) -> None:
    """Stage ``count`` records in ``folder``, measure ``engines`` on them, and print their table."""
    folder.mkdir(parents=True, exist_ok=True)
    passages = stage(arguments, folder, count)
    if engines is VECTORS:
        make_vectors(folder)
    rows: list[list[str]] = []
    raw: Figures = {}
    spent: dict[str, float] = {}
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for engine in engines:
            missing = [name for name in engine.needs if find_spec(name) is None]
            if missing:
                print(f"{engine.name}: not installed: {', '.join(missing)}", file=sys.stderr)
                continue
            own = Path(scratch) / (engine.shares or engine.name)
            own.mkdir(exist_ok=True)
            options = ("--engine", engine.name, "--folder", own, "--shared", folder)
            found: Figures = {}
            for step in STEPS:
                found |= run_child(__file__, "--step", step, *options)
            spent[own.name] = found["build_s"] = spent.get(own.name, 0.0) + found["build_s"]
            raw = raw or found
            rows.append(row_of(engine, found, raw))
    print(f"\n{passages:,} passages, {arguments.questions} questions, top {TOP}\n")
    print(markdown(HEAD, rows), flush=True)


def stage(arguments: argparse.Namespace, folder: Path, count: int) -> int:
    """Write the records and the questions into ``folder``: a title asked is taken out of its record."""
    found = read_records(arguments.data, files=("abstracts", "passages_pmc"))
    entries = list(islice((entry for entry in found if entry.text.strip()), count))
    titled = [n for n, entry in enumerate(entries) if len(entry.title.split()) >= SHORTEST_TITLE]
    wanted = arguments.questions + WARMING
    chosen = [titled[number * len(titled) // wanted] for number in range(wanted)]
    asked = [(entries[place].title, place) for place in chosen]
    # Taken at even distances too: those that warm are as varied as those that count.
    step = wanted // WARMING
    warming = asked[::step][:WARMING]
    counted = [pair for pair in asked if pair not in warming][: arguments.questions]
    (folder / "questions.json").write_text(json.dumps({"warming": warming, "counted": counted}), "utf-8")
    untitled = set(chosen)
    with (folder / "staged.jsonl").open("w", encoding="utf-8") as file:
        for number, entry in enumerate(entries):
            title = "" if number in untitled else entry.title
            file.write(json.dumps({"title": title, "text": entry.text}) + "\n")
    return len(entries)


def make_vectors(folder: Path) -> None:
    """Embed the staged records with the real model, unless an earlier run kept their vectors."""
    import numpy

    from material.vectors import embed_texts, install_model, open_model

    install_model(folder)
    material = material_of(folder, folder)
    texts = [f"{e.title}\n{e.text}" if e.title else e.text for e in material.iter_entries()]
    model = open_model(folder)
    vectors = embed_texts(texts, model, folder / "minilm.npy")
    numpy.save(material.vectors, vectors)
    asked = json.loads((folder / "questions.json").read_text("utf-8"))
    model = open_model(folder)
    times = time_each(model.embed_question, [question for question, _ in asked["counted"]])
    print(
        f"\nembedding a question, part of every search with vectors: {times.figures()['p50_ms']:.1f} ms"
    )


def material_of(folder: Path, own: Path) -> Material:
    """Return what an engine builds from, where ``folder`` holds what is shared."""
    return Material(own, folder / "staged.jsonl", folder / "vectors.npy", folder)


def build(arguments: argparse.Namespace) -> Figures:
    """Build one engine; return how long it took, and what it keeps."""
    engine, own = ENGINES[arguments.engine], arguments.folder
    begun = time.perf_counter()
    engine.build(material_of(arguments.shared, own))
    took = time.perf_counter() - begun
    kept = sum(p.stat().st_size for p in own.glob(engine.kept) if p.is_file() and not p.is_symlink())
    return {"build_s": took, "disk_mb": kept / 1e6}


def ask(arguments: argparse.Namespace) -> Figures:
    """Ask one engine every question once; return times, memory and quality."""
    shared = arguments.shared
    asked = json.loads((shared / "questions.json").read_text("utf-8"))
    ranks: list[float] = []
    with ENGINES[arguments.engine].open(material_of(shared, arguments.folder)) as find:

        def rank(pair: tuple[str, int]) -> None:
            best = find(pair[0])[:10]
            ranks.append(1 / (best.index(pair[1]) + 1) if pair[1] in best else 0.0)

        time_each(rank, asked["warming"])
        ranks.clear()
        times = time_each(rank, asked["counted"])
        return {**times.figures(), "memory_mb": held_mb(), "mrr": sum(ranks) / len(ranks)}


def row_of(engine: Engine, found: Figures, raw: Figures) -> list[str]:
    """Return the row of one engine; in brackets the ratio to bare Tantivy."""

    def beside(name: str, form: str) -> str:
        return f"{found[name]:{form}} ({found[name] / raw[name]:.1f})"

    return [
        engine.name,
        beside("build_s", ".0f"),
        beside("disk_mb", ".0f"),
        f"{found['memory_mb']:.0f}",
        beside("p50_ms", ".1f"),
        beside("p99_ms", ".1f"),
        f"{found['wall_ms']:.1f}",
        f"{found['mrr']:.3f}",
    ]


STEPS = {"build": build, "ask": ask}

if __name__ == "__main__":
    sys.exit(main())
