"""How fast a search is, against bare Tantivy on the same 200,000 passages in the same run.

Needs the developer data (OSLER_DEV_DATA, default ../shared/data). Builds in a temporary folder, each in
a process of its own:

- raw: one field of title and text, English stemmer, number of the passage stored;
- osler: ``osler.index.embedded.rebuild``.

Then asks real questions, the two in turn for every question: raw as an OR of the question's words and of
its words without question words, Osler with a clause for each word, with alternatives, and with filters.
Prints build time, size, memory, and p50 and p99; exits 1 above the ratio asked for.

    python bench/search.py [--data FOLDER] [--passages N] [--questions N] [--limit RATIO]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path

import tantivy

from osler.index.analysis import SMALL_WORDS
from osler.index.embedded import open_index, rebuild
from osler.index.protocol import Clause, Filters, IndexRow

TOP = 50
EVERYTHING = Filters(frozenset({"public", "ward"}))
PUBLIC = Filters(frozenset({"public"}))
TRIALS = Filters(EVERYTHING.scopes, designs=frozenset({"randomised_trial"}), since=2010)
WORD = re.compile(r"[\w'-]+")


def main() -> int:
    """Build both, ask both, print the figures; exit 1 when the ratio is missed."""
    arguments = read_arguments()
    if arguments.build:
        build(arguments)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        for engine in ("raw", "osler"):
            command = [sys.executable, __file__, *sys.argv[1:], "--build", engine, "--folder", scratch]
            subprocess.run(command, check=True)
        return ask(arguments, Path(scratch))


def read_arguments() -> argparse.Namespace:
    default = os.environ.get("OSLER_DEV_DATA") or Path(__file__).parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--limit", type=float, default=3.0, help="highest ratio of p50 that passes")
    parser.add_argument("--build", choices=("raw", "osler"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def read_passages(data: Path, count: int) -> Iterator[tuple[str, str, str]]:
    """Yield id, title and text: abstracts, full-text paragraphs, then titles without abstract."""
    files = ("abstracts", "passages_pmc", "titles_only")

    def lines(name: str) -> Iterator[tuple[str, str, str]]:
        with lzma.open(data / "scale" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
            for line in file:
                found = json.loads(line)
                text = found.get("abstract") or found.get("text") or ""
                yield found["id"], found.get("title") or "", text

    return islice(chain.from_iterable(map(lines, files)), count)


class Passages:
    """Rows as a database would give them; one in fifty lies in another scope."""

    def __init__(self, passages: list[tuple[str, str, str]]) -> None:
        self.passages = passages

    def iter_index_rows(self, *, after: int = 0) -> Iterator[IndexRow]:
        for number, (name, title, text) in enumerate(self.passages[after:], after + 1):
            digest = hashlib.sha256(name.encode()).hexdigest()
            yield IndexRow(
                passage=f"psg_{digest[:20]}",
                source=f"src_{digest[20:40]}",
                title=title,
                text=text,
                headings=(),
                substances=(),
                kind="research",
                design="cohort" if number % 7 else "randomised_trial",
                year=1990 + number % 35,
                scope="public" if number % 50 else "ward",
                sequence=number,
            )

    def last_sequence(self) -> int:
        return len(self.passages)

    def removed_since(self, sequence: int) -> bool:
        return self.last_sequence() < sequence


def build(arguments: argparse.Namespace) -> None:
    passages = list(read_passages(arguments.data, arguments.passages))
    before = peak_mb()
    folder = arguments.folder / arguments.build
    start = time.perf_counter()
    if arguments.build == "osler":
        rebuild(Passages(passages), folder)
    else:
        build_raw(passages, folder)
    seconds = time.perf_counter() - start
    text_mb = sum(len(title.encode()) + len(text.encode()) for _, title, text in passages) / 1e6
    index_mb = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(
        f"{arguments.build:6} build {seconds:5.1f} s ({len(passages) / seconds:,.0f} passages/s), index "
        f"{index_mb:.0f} MB of {text_mb:.0f} MB text ({index_mb / text_mb:.2f}), "
        f"memory for building {peak_mb() - before:.0f} MB",
        flush=True,
    )


def build_raw(passages: list[tuple[str, str, str]], folder: Path) -> None:
    folder.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="en_stem")
    builder.add_unsigned_field("number", stored=True)
    index = tantivy.Index(builder.build(), path=str(folder))
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for number, (_, title, text) in enumerate(passages):
        writer.add_document(tantivy.Document(body=[f"{title} {text}"], number=[number]))
    writer.commit()
    writer.wait_merging_threads()


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_questions(arguments: argparse.Namespace) -> list[str]:
    with (arguments.data / "dev" / "bioasq_7b_9b.jsonl").open(encoding="utf-8") as file:
        bodies = [json.loads(line)["body"] for line in file]
    return bodies[:: max(1, len(bodies) // arguments.questions)][: arguments.questions]


def ask(arguments: argparse.Namespace, scratch: Path) -> int:
    raw = tantivy.Index.open(str(scratch / "raw"))
    start = time.perf_counter()
    index = open_index(scratch / "osler", sequence=None)
    print(f"open   {(time.perf_counter() - start) * 1000:.1f} ms")
    searcher = raw.searcher()
    ways: dict[str, Callable[[str], object]] = {
        "raw, all words": lambda question: ask_raw(raw, searcher, WORD.findall(question)),
        "raw, telling words": lambda question: ask_raw(raw, searcher, telling(question)),
        "osler, a clause a word": lambda question: index.search(
            clauses(question), filters=EVERYTHING, top=TOP
        ),
        "osler, one scope of two": lambda question: index.search(
            clauses(question), filters=PUBLIC, top=TOP
        ),
        "osler, trials since 2010": lambda question: index.search(
            clauses(question), filters=TRIALS, top=TOP
        ),
        "osler, alternatives": lambda question: index.search(
            with_alternatives(question), filters=EVERYTHING, top=TOP
        ),
    }
    questions = read_questions(arguments)
    times: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(3):
        for question in questions:
            for name, way in ways.items():
                start = time.perf_counter()
                way(question)
                if turn:
                    times[name].append((time.perf_counter() - start) * 1000)
    base = percentile(times["raw, all words"], 50)
    for name, taken in times.items():
        p50, p99 = percentile(taken, 50), percentile(taken, 99)
        print(f"{name:26} p50 {p50:5.2f} ms   p99 {p99:6.2f} ms   {p50 / base:4.2f} of raw, all words")
    strict = percentile(times["osler, a clause a word"], 50) / percentile(
        times["raw, telling words"], 50
    )
    print(f"same words: {strict:.2f} of raw; memory with both open {peak_mb():.0f} MB")
    return 0 if strict <= arguments.limit else 1


def ask_raw(index: tantivy.Index, searcher: tantivy.Searcher, words: list[str]) -> list[int]:
    """Search bare Tantivy and read the numbers of the passages found."""
    stem = STEMMER.analyze
    terms = dict.fromkeys(term for word in words for term in stem(word))
    query = tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "body", term)) for term in terms]
    )
    hits = searcher.search(query, limit=TOP, count=False).hits
    return [searcher.doc(address)["number"][0] for _, address in hits]


STEMMER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)


def telling(question: str) -> list[str]:
    words = WORD.findall(question)
    return [word for word in words if word.lower() not in SMALL_WORDS] or words


def clauses(question: str) -> list[Clause]:
    return [Clause((word,)) for word in WORD.findall(question)]


def with_alternatives(question: str) -> list[Clause]:
    """Give the first telling words a phrase and a common word as alternatives, as synonyms would be."""
    words = telling(question)
    first = Clause((words[0], " ".join(words[:2]), "inhibitor"), weight=2.0)
    return [first, *(Clause((word,)) for word in words[1:])]


def percentile(values: list[float], share: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]


if __name__ == "__main__":
    sys.exit(main())
