"""A passage: a stretch of one version of a source, with exact offsets and a content hash.

Offsets everywhere in Osler are Unicode code points, start inclusive, end exclusive, as Python slices.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from osler.ids import content_id, sha256_text
from osler.model.source import TextKind


class Role(StrEnum):
    """What a section of a document does; NLM's five categories and those that full text adds."""

    TITLE = "title"
    BACKGROUND = "background"
    OBJECTIVE = "objective"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSIONS = "conclusions"
    DISCUSSION = "discussion"
    RECOMMENDATION = "recommendation"
    TABLE = "table"
    UNLABELLED = "unlabelled"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a passage under one label. The label itself is never inside ``start:end``."""

    label: str
    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one source version.

    Attributes:
        source: ``src_…``.
        version: ``ver_…`` of the source.
        ordinal: Position within the version, from 0.
        heading: Path of section titles, joined by `` › ``; empty for an abstract.
        text: The exact text.
        text_kind: Whose words these are.
        sections: Stretches with their roles, in order, not overlapping.
    """

    source: str
    version: str
    ordinal: int
    text: str
    heading: str = ""
    text_kind: TextKind = TextKind.VERBATIM
    sections: tuple[Section, ...] = ()

    @property
    def id(self) -> str:
        """``psg_…``, from version, position and text."""
        return _passage_id(self.version, self.ordinal, self.text)

    @property
    def sha256(self) -> str:
        """Hash of the text, 64 hexadecimal digits."""
        return sha256_text(self.text)

    def section_at(self, offset: int) -> Section | None:
        """Return the section that holds ``offset``, or None between sections."""
        for section in self.sections:
            if section.start <= offset < section.end:
                return section
        return None


@lru_cache(maxsize=1024)
def _passage_id(version: str, ordinal: int, text: str) -> str:
    """Kept, since one question asks the same few passages for their id many times."""
    return content_id("psg", version, str(ordinal), text)
