"""How cost grows with the library: to 200,000 passages, or to a million, against bare Tantivy.

Needs the developer data (OSLER_DEV_DATA, default ../shared/data); skips with a message where it is
absent. Passages are every real record there is, then records recombined of real sentences (see
`material/records.py`). A library grows through the service from one size to the next; at each size it is
asked real questions, without vectors and with them, each in a process of its own that does nothing else.
Questions are asked once each, after others that warm the process; times are processor time.

The first `--real` vectors are the model's, the rest are mixed from them, and all are stored by the code
that `osler index embed` runs. A scan multiplies every vector, whatever it means, so that its cost is the
real one; what is found at these sizes is not, and is not measured here. The question is embedded by the
real model within each search.

Prints two tables for the documents, draws `--plot FILE`, and exits 1 when a bar is missed. With `--work
FOLDER` every size keeps its library there (7 GB in all) and its figures: what is there is not made
again, and a run that was broken off goes on; `--again` measures anew. `--full` grows on to a million.

    python bench/growth.py [--full] [--data FOLDER] [--sizes N,N,…] [--real N] [--questions N]
                           [--work FOLDER] [--again] [--plot FILE]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engines import TOP
from engines.bare_tantivy import add_entries, open_folder
from engines.osler_library import environment, read_vectors_so_far
from material.bars import judge
from material.process import Figures, disk_mb, held_mb, markdown, own_mb, run_child, time_each
from material.records import Entry, default_data, is_here, iter_records
from osler.service.wiring import open_desk

SIZES = "10000,50000,200000"
FULL = f"{SIZES},500000,1000000"
WARMING = 60
DENSE = Path("index") / "dense"
PARKED = "vectors.parked"


def main() -> int:
    """Grow, measure, print; return 1 when a bar is missed."""
    arguments = read_arguments()
    if arguments.step:
        print(json.dumps(STEPS[arguments.step](arguments)))
        return 0
    if not is_here(arguments.data):
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        work = arguments.work or Path(scratch)
        found: list[Figures] = []
        before: Path | None = None
        for size in sorted(map(int, arguments.sizes.split(","))):
            place = work / f"{size:07d}"
            found.append(measure(arguments, place, before, size))
            before = place
            print(json.dumps(found[-1]), file=sys.stderr, flush=True)
    show(found)
    if arguments.plot:
        arguments.plot.write_text(plot(found), "utf-8")
    verdicts = judge(found)
    print("\n" + "\n".join(verdict.line for verdict in verdicts))
    return 1 if any(verdict.missed for verdict in verdicts) else 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=default_data())
    parser.add_argument("--sizes", default=SIZES, help="passages, set apart by commas")
    parser.add_argument("--full", dest="sizes", action="store_const", const=FULL)
    parser.add_argument(
        "--real", type=int, default=10_000, help="vectors by the model; the rest is mixed"
    )
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--work", type=Path, help="keep libraries and figures here")
    parser.add_argument("--again", action="store_true", help="measure anew what was measured")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(arguments: argparse.Namespace, place: Path, before: Path | None, size: int) -> Figures:
    """Return the figures of one size; make what is not there yet."""
    from material.vectors import find_weights  # numpy comes with it, which no search for words loads

    options = ("--data", arguments.data, "--place", place, "--size", size, "--real", arguments.real)
    options += ("--questions", arguments.questions)

    def run(step: str, *more: object) -> Figures:
        print(f"{size:,}: {step}", file=sys.stderr, flush=True)
        return run_child(__file__, "--step", step, *options, *more)

    made, measured = place / "made.json", place / "measured.json"
    if not made.exists():
        first, text_mb = take_over(place, before, keep=arguments.work is not None)
        found = run("grow", "--first", first)
        found["text_mb"] += text_mb
        made.write_text(json.dumps(found | {"size": size}), "utf-8")
    figures: Figures = json.loads(made.read_text("utf-8"))
    if arguments.again or not measured.exists():
        with parked_vectors(place / "home"):
            found = run("raw") | run("words") | run("answers")
        if find_weights() is not None and arguments.real:
            found |= run("embed") | run("vectors") | run("answers with vectors")
        measured.write_text(json.dumps(found), "utf-8")
    return figures | json.loads(measured.read_text("utf-8"))


def take_over(place: Path, before: Path | None, *, keep: bool) -> tuple[int, float]:
    """Begin a size with the library of the one before; return its passages and megabytes of text."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    if before is None:
        return 0, 0.0
    for name in ("home", "raw"):
        if keep:
            left = shutil.ignore_patterns("dense", "models")
            shutil.copytree(before / name, place / name, symlinks=True, ignore=left)
        else:
            shutil.move(before / name, place / name)
    shutil.rmtree(place / "home" / DENSE, ignore_errors=True)
    known = json.loads((before / "made.json").read_text("utf-8"))
    return int(known["size"]), float(known["text_mb"])


@contextmanager
def parked_vectors(home: Path) -> Iterator[None]:
    """Take vectors and model out of a library for a while: it is one that never had any."""
    (home / "models").unlink(missing_ok=True)
    vectors, parked = home / DENSE, home / PARKED
    if vectors.exists():
        vectors.rename(parked)
    try:
        yield
    finally:
        if parked.exists():
            parked.rename(vectors)


def grow(arguments: argparse.Namespace) -> Figures:
    """Add the records that are missing, to the library and to bare Tantivy; build both indexes."""
    from osler.service.add import add
    from osler.service.library import rebuild_index

    place: Path = arguments.place
    lines = place / "records.jsonl"
    entries = iter_records(arguments.data, first=arguments.first, last=arguments.size)
    text_mb = 0.0
    with lines.open("w", encoding="utf-8") as file:
        for entry in entries:
            text_mb += entry.size / 1e6
            file.write(json.dumps(entry.fields) + "\n")
    begun = time.perf_counter()
    with lines.open(encoding="utf-8") as file:
        rows = map(json.loads, file)
        staged = (Entry(row.get("title", ""), row.get("text", ""), row) for row in rows)
        add_entries(place / "raw", staged, first=arguments.first)
    raw_s = time.perf_counter() - begun
    with open_desk(environment(place / "home"), create=True, holder="bench") as desk:
        begun = time.perf_counter()
        report = add(desk, [str(lines)])
        fill_s = time.perf_counter() - begun
        if report.failed:
            raise SystemExit(f"{report.failed} records failed: {desk.store.failures()[0]}")
        begun = time.perf_counter()
        rebuild_index(desk)
        index_s = time.perf_counter() - begun
        passages = desk.store.counts()["passages"]
    lines.unlink()
    return {
        "text_mb": text_mb,
        "passages": passages,
        "filled_per_s": report.added / fill_s,
        "raw_per_s": (arguments.size - arguments.first) / raw_s,
        "index_s": index_s,
        "index_mb": disk_mb(place / "home" / "index"),
        "raw_mb": disk_mb(place / "raw"),
        "library_mb": disk_mb(place / "home"),
    }


def raw(arguments: argparse.Namespace) -> Figures:
    """Ask bare Tantivy."""
    warming, questions = read_questions(arguments)
    find = open_folder(arguments.place / "raw")
    time_each(find, warming)
    return {**time_each(find, questions).figures("raw_"), "raw_memory_mb": held_mb()}


def words(arguments: argparse.Namespace) -> Figures:
    """Search as every surface does, in a library without vectors."""
    return search_all(arguments, "words_")


def vectors(arguments: argparse.Namespace) -> Figures:
    """Search as every surface does, with vectors present; nothing is said while none are read."""
    found = search_all(arguments, "vectors_")
    return found if read_vectors_so_far() else {}


def search_all(arguments: argparse.Namespace, prefix: str) -> Figures:
    """Search for every question once, and tell what the process holds then."""
    from osler.service.search import search

    warming, questions = read_questions(arguments)
    with open_desk(environment(arguments.place / "home"), holder="bench") as desk:

        def ask_once(question: str) -> None:
            search(desk, question, top=TOP)

        time_each(ask_once, warming)
        times = time_each(ask_once, questions)
        held = {f"{prefix}memory_mb": held_mb(), f"{prefix}own_mb": own_mb()}
        return {**times.figures(prefix), **held}


def answers(arguments: argparse.Namespace) -> Figures:
    """Answer questions from a library without vectors."""
    return answer_all(arguments, "ask_")


def answers_with_vectors(arguments: argparse.Namespace) -> Figures:
    """Answer questions with vectors present; nothing is said while none are read."""
    found = answer_all(arguments, "vectors_ask_")
    return found if read_vectors_so_far() else {}


def answer_all(arguments: argparse.Namespace, prefix: str) -> Figures:
    """Answer a third of the questions, once each."""
    from osler.service.ask import ask

    warming, questions = read_questions(arguments)
    with open_desk(environment(arguments.place / "home"), holder="bench") as desk:

        def ask_once(question: str) -> None:
            ask(desk, question)

        time_each(ask_once, warming[::3])
        times = time_each(ask_once, questions[::3])
        return {**times.figures(prefix), f"{prefix}memory_mb": held_mb()}


def embed(arguments: argparse.Namespace) -> Figures:
    """Give every passage its vector, the first by the model and the rest mixed."""
    from itertools import islice

    from material.vectors import KnownVectors, embed_texts, install_model, mixed_from, open_model
    from osler.index.dense_embed import embed as embed_rows
    from osler.index.dense_files import input_text
    from osler.library.reindex import StoredRows
    from osler.service.models import vectors_folder

    work: Path = arguments.place.parent
    home: Path = arguments.place / "home"
    install_model(work)
    (home / "models").unlink(missing_ok=True)
    (home / "models").symlink_to((work / "models").resolve())
    model = open_model(work)
    with open_desk(environment(home), holder="bench") as desk:
        rows = StoredRows(desk.store)
        texts = [input_text(row) for row in islice(rows.iter_index_rows(), arguments.real)]
        real = embed_texts(texts, model, work / "minilm.npy")
        known = KnownVectors(model.model, texts, real, mixed_from(real))
        folder, library = vectors_folder(desk.settings), desk.store.identity()
        begun = time.perf_counter()
        done = embed_rows(rows, folder, known, library=library)
        if not done.complete:
            raise SystemExit("the vectors are not complete")
        return {"vectors_mb": disk_mb(folder), "store_s": time.perf_counter() - begun}


def read_questions(arguments: argparse.Namespace) -> tuple[list[str], list[str]]:
    """Return real questions: those that warm the process, and others that are timed."""
    with (arguments.data / "dev" / "bioasq_7b_9b.jsonl").open(encoding="utf-8") as file:
        bodies = [json.loads(line)["body"] for line in file]
    wanted = arguments.questions + WARMING
    chosen = bodies[:: max(1, len(bodies) // wanted)][:wanted]
    return chosen[:WARMING], chosen[WARMING:]


def show(found: list[Figures]) -> None:
    """Print both tables; a figure that was not measured is a dash."""

    def cell(figures: Figures, name: str, form: str = ".1f", *, to: str = "") -> str:
        if name not in figures:
            return "–"
        beside = f" ({figures[name] / figures[to]:.1f})" if to else ""
        return f"{figures[name]:{form}}{beside}"

    head = ["passages", "text MB", "added a second", "index s", "index MB", "of the text"]
    head += ["library MB", "vectors MB", "memory MB", "with vectors"]
    rows = [
        [
            cell(one, "passages", ",.0f"),
            cell(one, "text_mb", ".0f"),
            cell(one, "filled_per_s", ",.0f"),
            cell(one, "index_s", ".0f"),
            cell(one, "index_mb", ".0f"),
            f"{one['index_mb'] / one['text_mb']:.2f}",
            cell(one, "library_mb", ".0f"),
            cell(one, "vectors_mb", ".0f"),
            f"{cell(one, 'words_memory_mb', '.0f')} ({cell(one, 'words_own_mb', '.0f')})",
            f"{cell(one, 'vectors_memory_mb', '.0f')} ({cell(one, 'vectors_own_mb', '.0f')})",
        ]
        for one in found
    ]
    print("\n" + markdown(head, rows) + "\n")
    head = ["passages", "Tantivy p50", "p99", "search, words: p50", "p99", "with vectors: p50", "p99"]
    head += ["ask, words: p50", "p95", "with vectors: p50", "p95"]
    rows = [
        [
            cell(one, "passages", ",.0f"),
            cell(one, "raw_p50_ms"),
            cell(one, "raw_p99_ms"),
            cell(one, "words_p50_ms", to="raw_p50_ms"),
            cell(one, "words_p99_ms"),
            cell(one, "vectors_p50_ms", to="raw_p50_ms"),
            cell(one, "vectors_p99_ms"),
            cell(one, "ask_p50_ms"),
            cell(one, "ask_p95_ms"),
            cell(one, "vectors_ask_p50_ms"),
            cell(one, "vectors_ask_p95_ms"),
        ]
        for one in found
    ]
    print(markdown(head, rows))


def plot(found: list[Figures]) -> str:
    """Return the curve as SVG: the median of each kind of question over the passages."""
    from material.curve import draw_curve

    names = {
        "Tantivy": "raw_p50_ms",
        "search, words": "words_p50_ms",
        "search, vectors": "vectors_p50_ms",
        "ask": "ask_p50_ms",
        "ask, vectors": "vectors_ask_p50_ms",
    }
    series = {
        name: [(one["passages"], one[key]) for one in found if key in one]
        for name, key in names.items()
        if any(key in one for one in found)
    }
    title = "Median time of a question by passages in the library, warm"
    return draw_curve(title, series, unit="ms", axis="passages")


STEPS: dict[str, Callable[[argparse.Namespace], Figures]] = {
    "grow": grow,
    "raw": raw,
    "words": words,
    "answers": answers,
    "embed": embed,
    "vectors": vectors,
    "answers with vectors": answers_with_vectors,
}

if __name__ == "__main__":
    sys.exit(main())
