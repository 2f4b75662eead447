"""Osler beside other search engines: the same 50,000 real passages, the same questions, one run.

Needs the developer data (OSLER_DEV_DATA, default ../shared/data); skips with a message where it is
absent. Each engine builds and is asked in a process of its own, so that memory is its own:

- tantivy: one field of title and text, English stemmer; the bare engine that Osler is built on
- fts5: SQLite's full-text search, porter stemmer, ranked by its bm25()
- bm25s: scores every passage with numpy, Snowball stemmer (pip install 'osler[eval]')
- osler, index: ``index.search`` with a clause for each word; on disk the index alone, while building
  also fills the database it is built from
- osler, search: ``service.search``: the question understood, passages and sources read, appraised; on
  disk the whole library, texts and records included

Prints time to build, size on disk, memory, p50 and p99 of a search for 50 passages, and each as a ratio
to bare tantivy. Searches are counted in processor time: what is waited for on an idle machine, whatever
the neighbours do on a busy one. Building takes several processes and goes by the clock. Quality is
MRR@10: real titles are taken out of their records and asked; the abstract that lost its title is to be
found.

    python bench/peers.py [--data FOLDER] [--passages N] [--questions N]
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import lzma
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

TOP = 50
ENGINES = ("tantivy", "fts5", "bm25s", "osler, index", "osler, search")
WORD = re.compile(r"\w+")
Find = Callable[[str], list[int]]


def main() -> int:
    """Measure each engine in a process of its own and print the table."""
    arguments = read_arguments()
    if not (arguments.data / "scale").is_dir():
        print(f"skipped: needs the developer data, {arguments.data} is absent (set OSLER_DEV_DATA)")
        return 0
    if arguments.engine:
        print(json.dumps(measure(arguments)))
        return 0
    print(f"{arguments.passages:,} passages, {arguments.questions} questions, top {TOP}")
    results: dict[str, dict[str, float]] = {}
    for engine in ENGINES:
        if engine == "bm25s" and importlib.util.find_spec("bm25s") is None:
            print("bm25s: not installed (pip install 'osler[eval]')")
            continue
        command = [sys.executable, __file__, *sys.argv[1:], "--engine", engine]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        results[engine] = json.loads(done.stdout.splitlines()[-1])
    show(results)
    return 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    default = os.environ.get("OSLER_DEV_DATA") or Path(__file__).parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    return parser.parse_args()


def show(results: dict[str, dict[str, float]]) -> None:
    """Print the figures of each engine, and each as a ratio to bare tantivy."""
    raw = results["tantivy"]
    for engine, found in results.items():
        ratio = {name: found[name] / raw[name] for name in ("build_s", "disk_mb", "p50_ms", "p99_ms")}
        print(
            f"{engine:14} build {found['build_s']:6.1f} s ({ratio['build_s']:5.1f})"
            f"  disk {found['disk_mb']:6.1f} MB ({ratio['disk_mb']:4.1f})"
            f"  memory {found['memory_mb']:5.0f} MB"
            f"  p50 {found['p50_ms']:6.2f} ms ({ratio['p50_ms']:5.1f})"
            f"  p99 {found['p99_ms']:7.2f} ms ({ratio['p99_ms']:5.1f})"
            f"  MRR@10 {found['mrr']:.3f}"
        )


def measure(arguments: argparse.Namespace) -> dict[str, float]:
    """Build one engine, ask it every question twice, and return its figures."""
    passages = list(read_passages(arguments.data, arguments.passages))
    asked = read_questions(passages, arguments.questions)
    start_mb = peak_mb()
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        begun = time.perf_counter()
        find = BUILDERS[arguments.engine](passages, Path(scratch), stack)
        build_s = time.perf_counter() - begun
        kept = "home/index/**/*" if arguments.engine == "osler, index" else "**/*"
        files = [path for path in Path(scratch).glob(kept) if path.is_file()]
        disk_mb = sum(path.stat().st_size for path in files if path.name != "staged.jsonl") / 1e6
        times, ranks = [], []
        for turn in range(2):
            for question, gold in asked:
                begun = time.process_time()
                places = find(question)
                if turn:
                    times.append((time.process_time() - begun) * 1000)
                    best = places[:10]
                    ranks.append(1 / (best.index(gold) + 1) if gold in best else 0.0)
    times.sort()
    return {
        "build_s": build_s,
        "disk_mb": disk_mb or float("nan"),
        "memory_mb": peak_mb() - start_mb,
        "p50_ms": times[len(times) // 2],
        "p99_ms": times[len(times) * 99 // 100],
        "mrr": sum(ranks) / len(ranks),
    }


def read_passages(data: Path, count: int) -> Iterator[tuple[str, str]]:
    """Yield title and text of abstracts, then of full-text paragraphs."""

    def rows(name: str) -> Iterator[dict[str, Any]]:
        with lzma.open(data / "scale" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    every = chain(rows("abstracts"), rows("passages_pmc"))
    pairs = ((row.get("title") or "", row.get("abstract") or row.get("text") or "") for row in every)
    return islice(((title, text) for title, text in pairs if text.strip()), count)


def read_questions(passages: list[tuple[str, str]], count: int) -> list[tuple[str, int]]:
    """Take titles out of passages at even distances: the title is asked, its text is to be found."""
    titled = [place for place, (title, _) in enumerate(passages) if len(title.split()) >= 6]
    chosen = [titled[number * len(titled) // count] for number in range(count)]
    asked = [(passages[place][0], place) for place in chosen]
    for place in chosen:
        passages[place] = ("", passages[place][1])
    return asked


def build_tantivy(passages: list[tuple[str, str]], folder: Path, _stack: contextlib.ExitStack) -> Find:
    """Build and open bare Tantivy."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("body", tokenizer_name="en_stem")
    schema.add_unsigned_field("number", stored=True)
    index = tantivy.Index(schema.build(), path=str(folder))
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for number, (title, text) in enumerate(passages):
        writer.add_document(tantivy.Document(body=[f"{title} {text}"], number=[number]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english"))
    stem = builder.build().analyze

    def find(question: str) -> list[int]:
        terms = dict.fromkeys(term for word in WORD.findall(question) for term in stem(word))
        parts = [
            (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "body", term))
            for term in terms
        ]
        hits = searcher.search(tantivy.Query.boolean_query(parts), limit=TOP, count=False).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return find


def build_fts5(passages: list[tuple[str, str]], folder: Path, stack: contextlib.ExitStack) -> Find:
    """Build and open an FTS5 table."""
    database = stack.enter_context(contextlib.closing(sqlite3.connect(folder / "fts.db")))
    database.execute(
        "CREATE VIRTUAL TABLE t USING fts5(body, tokenize = 'porter unicode61', content='')"
    )
    rows = ((number, f"{title} {text}") for number, (title, text) in enumerate(passages))
    database.executemany("INSERT INTO t(rowid, body) VALUES (?, ?)", rows)
    database.execute("INSERT INTO t(t) VALUES ('optimize')")
    database.commit()
    query = f"SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT {TOP}"

    def find(question: str) -> list[int]:
        match = " OR ".join(f'"{word}"' for word in dict.fromkeys(WORD.findall(question)))
        return [int(row[0]) for row in database.execute(query, (match,))]

    return find


def build_bm25s(passages: list[tuple[str, str]], folder: Path, _stack: contextlib.ExitStack) -> Find:
    """Build bm25s, save it as it would be kept, and ask it."""
    from osler.evaluate.baseline import PlainBM25

    index = PlainBM25([f"{title} {text}" for title, text in passages])
    index.save(folder)
    return lambda question: index.search(question, top=TOP)


def build_osler(
    passages: list[tuple[str, str]], folder: Path, stack: contextlib.ExitStack
) -> tuple[Any, dict[str, int]]:
    """Fill a library with the passages, a source each, through the service."""
    from osler.ids import content_id
    from osler.service.add import add
    from osler.service.wiring import open_desk

    staged = folder / "staged.jsonl"
    with staged.open("w", encoding="utf-8") as file:
        for number, (title, text) in enumerate(passages):
            row = {"id": f"peer:{number}", "url": f"urn:peer:{number}", "title": title, "text": text}
            file.write(json.dumps(row) + "\n")
    environment = {"OSLER_HOME": str(folder / "home"), "OSLER_OFFLINE": "1"}
    desk = stack.enter_context(open_desk(environment, create=True, holder="bench"))
    add(desk, [str(staged)])
    places = {content_id("src", f"json:peer:{number}"): number for number in range(len(passages))}
    return desk, places


def build_osler_index(
    passages: list[tuple[str, str]], folder: Path, stack: contextlib.ExitStack
) -> Find:
    """Ask Osler's index alone."""
    from osler.index.protocol import Clause, Filters

    desk, places = build_osler(passages, folder, stack)
    public = Filters(frozenset({"public"}))

    def find(question: str) -> list[int]:
        clauses = [Clause((word,)) for word in WORD.findall(question)]
        hits = desk.index.search(clauses, filters=public, top=TOP)
        return list(dict.fromkeys(places[hit.source] for hit in hits))

    return find


def build_osler_search(
    passages: list[tuple[str, str]], folder: Path, stack: contextlib.ExitStack
) -> Find:
    """Ask Osler as every surface does."""
    from osler.service.search import search

    desk, places = build_osler(passages, folder, stack)

    def find(question: str) -> list[int]:
        hits = search(desk, question, top=TOP).hits
        return list(dict.fromkeys(places[hit.source.id] for hit in hits))

    return find


def peak_mb() -> float:
    """Return the most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


BUILDERS: dict[str, Callable[[list[tuple[str, str]], Path, contextlib.ExitStack], Find]] = {
    "tantivy": build_tantivy,
    "fts5": build_fts5,
    "bm25s": build_bm25s,
    "osler, index": build_osler_index,
    "osler, search": build_osler_search,
}

if __name__ == "__main__":
    sys.exit(main())
