"""A small library of invented passages, and the means to grow and shrink it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from osler.ids import content_id
from osler.index.protocol import Clause, Filters, Hit, IndexRow, Lexical

PUBLIC = Filters(scopes=frozenset({"public"}))


@dataclass
class Shelf:
    """Rows as a database would give them; every change has its own sequence."""

    rows: list[IndexRow] = field(default_factory=list)
    sequence: int = 0
    removals: list[int] = field(default_factory=list)

    def add(self, text: str, **known: object) -> IndexRow:
        self.sequence += 1
        row = IndexRow(
            passage=content_id("psg", text, str(known)),
            source=content_id("src", text),
            title="",
            text=text,
            headings=(),
            substances=(),
            kind="research",
            design="cohort",
            year=2020,
            scope="public",
            sequence=self.sequence,
        )
        row = replace(row, **known)  # type: ignore[arg-type]  # each test names fields of a row
        self.rows.append(row)
        return row

    def remove(self, row: IndexRow) -> None:
        self.sequence += 1
        self.rows.remove(row)
        self.removals.append(self.sequence)

    def iter_index_rows(self, *, after: int = 0) -> Iterator[IndexRow]:
        return (row for row in list(self.rows) if row.sequence > after)

    def last_sequence(self) -> int:
        return self.sequence

    def removed_since(self, sequence: int) -> bool:
        return any(removal > sequence for removal in self.removals)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def find() -> Callable[..., list[Hit]]:
    """Search with one clause for each word or tuple of alternatives."""

    def search(
        index: Lexical, *asked: str | tuple[str, ...], filters: Filters = PUBLIC, top: int = 50
    ) -> list[Hit]:
        clauses = [Clause((one,) if isinstance(one, str) else one) for one in asked]
        return index.search(clauses, filters=filters, top=top)

    return search


@pytest.fixture
def invented() -> Callable[[int], list[str]]:
    """Texts of made-up words, some in two spellings, with repeated texts so that scores tie."""

    def write(count: int) -> list[str]:
        chance = random.Random(11)
        words = [
            f"{a}{b}{c}"
            for a in ("bel", "cor", "dum")
            for b in ("ari", "opi")
            for c in ("ne", "tal", "x")
        ]
        weights = [1 / (number + 1) for number in range(len(words))]
        texts = [" ".join(chance.choices(words, weights, k=chance.randint(5, 60))) for _ in range(count)]
        return [
            texts[chance.randrange(number + 1)] if number % 5 == 0 else text
            for number, text in enumerate(texts)
        ]

    return write
