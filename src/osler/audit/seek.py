"""The sources of the library that speak of a claim, found as ``osler search`` finds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from osler.index.protocol import Filters, Lexical
from osler.model.passage import Passage
from osler.model.source import Source
from osler.retrieval.meaning import Meaning
from osler.retrieval.search import search
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.retrieval.vocabulary import Vocabulary
from osler.text.names import long_forms_in

MOST_SOURCES: Final = 10
_TOP: Final = 24
_MOST_PASSAGES: Final = 12
"""A longer source is judged by the passages that the search found: no book is read per claim."""


class Shelf(Protocol):
    """The stored evidence, as far as an audit reads it."""

    def passages(self, ids: Iterable[str]) -> list[Passage]:
        """Return the passages with these ids, in the order asked for; unknown ids are left out."""
        ...

    def sources(self, ids: Iterable[str]) -> Mapping[str, Source]:
        """Return the sources with these ids, by id."""
        ...

    def passages_of(self, source: str) -> list[Passage]:
        """Return the passages of the source's current version, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """A source that speaks of a claim, with the passages it is judged by."""

    source: Source
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class Seeker:
    """Finds evidence for one claim after another; what one source holds is read once."""

    index: Lexical
    shelf: Shelf
    vocabulary: Vocabulary
    filters: Filters
    meaning: Meaning | None = None
    _whole: dict[str, tuple[Passage, ...]] = field(default_factory=dict)

    def seek(self, claim: str) -> list[Spoken]:
        """Return at most ten sources that speak of ``claim``, best first."""
        hits = search(
            understand(claim, self.vocabulary),
            index=self.index,
            shelf=self.shelf,
            filters=self.filters,
            top=_TOP,
            trace=Trace(),
            meaning=self.meaning,
        )
        found: dict[str, list[Passage]] = {}
        sources: dict[str, Source] = {}
        for hit in hits:
            if hit.source.id not in sources and len(sources) == MOST_SOURCES:
                continue
            sources[hit.source.id] = hit.source
            found.setdefault(hit.source.id, []).append(hit.passage)
        return [Spoken(source, self._passages(key, found[key])) for key, source in sources.items()]

    def _passages(self, source: str, hits: list[Passage]) -> tuple[Passage, ...]:
        if source not in self._whole:
            self._whole[source] = tuple(self.shelf.passages_of(source))
        whole = self._whole[source]
        return whole if len(whole) <= _MOST_PASSAGES else tuple(hits)

    def abbreviations(self, claim: str, own: Mapping[str, str]) -> dict[str, str]:
        """Return what the abbreviations in ``claim`` stand for: as the text says, else the library.

        Args:
            claim: One sentence.
            own: Abbreviation to long form, as the audited text writes them.
        """
        known = {
            short: long
            for short, long in own.items()
            if f" {short} " in f" {claim} " or long_forms_in(claim, {short: long})
        }
        for word in claim.replace("(", " ").replace(")", " ").split():
            short = word.strip(".,;:")
            if short not in known and 1 < len(short) < 8 and short.isupper() and short.isalpha():
                longs = self.vocabulary.long_forms(short)
                if longs:
                    known[short] = longs[0][0]
        return known
