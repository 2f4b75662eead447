"""A hundred notes as doctors write them: what may identify somebody holds them back, terse as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from osler.text.identifying import find_identifiers, redacted

NOTES = Path(__file__).parent / "data" / "notes.tsv"
_MARK = re.compile(r"\[\[(?P<kind>\w+):(?P<words>.+?)\]\]")


class Note(NamedTuple):
    """A note as typed, with the places of what may identify somebody."""

    text: str
    marked: tuple[tuple[str, int, int], ...]


def read_notes() -> list[Note]:
    notes = []
    for line in NOTES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, place, marked = "", 0, []
        for match in _MARK.finditer(line):
            text += line[place : match.start()]
            marked.append((match["kind"], len(text), len(text) + len(match["words"])))
            text += match["words"]
            place = match.end()
        notes.append(Note(text + line[place:], tuple(marked)))
    return notes


def missed(note: Note) -> list[str]:
    found = find_identifiers(note.text)
    return [
        note.text[start:end]
        for _kind, start, end in note.marked
        if not any(one.start < end and start < one.end for one in found)
    ]
