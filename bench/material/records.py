"""The passages that are searched: every real record there is, then records recombined of real sentences.

A record is one passage: title and text. Real ones come in the order abstracts, paragraphs of full texts,
titles without abstract; one that names an article for the second time is passed over, so that a library
holds as many passages as were asked for. Recombined ones have the length of a real abstract or paragraph
and sentences drawn from all of them: words are as frequent as in real text and posting lists as long,
but the vocabulary grows no more and no passage keeps to a subject. A record is the same in every run.
"""

from __future__ import annotations

import json
import lzma
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from typing import Any

FILES = ("abstracts", "passages_pmc", "titles_only")
SEED = 20_261_122
_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-Z])")
_SHORTEST = 30  # characters: less is a label or half a sentence
_YEARS = (1990, 2024)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: what every engine is given of it, and the fields that a library reads besides.

    Attributes:
        title: Title, empty for a paragraph.
        text: Text, empty for a record without abstract.
        fields: The whole record, as a line of JSON Lines would hold it.
    """

    title: str
    text: str
    fields: dict[str, Any] = field(repr=False)

    @property
    def whole(self) -> str:
        """Title and text as one field."""
        return f"{self.title} {self.text}"

    @property
    def size(self) -> int:
        """Bytes of title and text."""
        return len(self.title.encode()) + len(self.text.encode())


def default_data() -> Path:
    """Return the folder of the developer data."""
    return Path(os.environ.get("OSLER_DEV_DATA") or Path(__file__).parents[3] / "shared" / "data")


def is_here(data: Path) -> bool:
    """Tell whether the developer data is here, and say so where it is not."""
    if (data / "scale").is_dir():
        return True
    print(f"skipped: needs the developer data, {data} is absent (set OSLER_DEV_DATA)")
    return False


def read_records(data: Path, *, files: tuple[str, ...] = FILES) -> Iterator[Entry]:
    """Yield the real records of ``files``, each article once."""
    seen: set[str] = set()
    for name in files:
        with lzma.open(data / "scale" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                fields = {key: value for key, value in json.loads(line).items() if value}
                fields["text"] = fields.pop("abstract", None) or fields.get("text") or ""
                fields.setdefault("url", f"urn:{fields['id']}")  # a source must be found again somewhere
                names = {
                    fields["id"],
                    *(f"{key}:{fields[key]}" for key in ("pmid", "doi", "pmcid") if key in fields),
                }
                if seen.isdisjoint(names) and (fields["text"].strip() or fields.get("title")):
                    seen |= names
                    yield Entry(fields.get("title", ""), fields["text"], fields)


def recombine(data: Path, *, first: int = 0) -> Iterator[Entry]:
    """Yield records of real sentences without end, from number ``first`` on."""
    sentences: list[str] = []
    lengths: list[int] = []
    titles: list[str] = []
    for entry in read_records(data, files=("abstracts", "passages_pmc")):
        found = [part for part in _SENTENCE_END.split(entry.text) if len(part) >= _SHORTEST]
        if not found:
            continue
        lengths.append(len(found))
        if entry.title:
            titles.append(entry.title)
            sentences += found
    for number in count(first):
        draw = random.Random(SEED + number)
        text = " ".join(draw.choices(sentences, k=draw.choice(lengths)))
        fields = {
            "id": f"mixed:{number}",
            "url": f"urn:mixed:{number}",
            "title": draw.choice(titles),
            "text": text,
            "year": str(draw.randint(*_YEARS)),
        }
        yield Entry(fields["title"], text, fields)


def iter_records(data: Path, *, first: int, last: int) -> Iterator[Entry]:
    """Yield the records from ``first`` up to ``last``, not included: real ones, then recombined."""
    number = 0
    for entry in islice(read_records(data), last):
        if number >= first:
            yield entry
        number += 1
    if number < last:
        begin = max(first, number)
        yield from islice(recombine(data, first=begin - number), last - begin)
