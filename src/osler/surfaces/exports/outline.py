"""An answer as plain blocks, in the order of the page: what every format prints, and nothing else.

Markdown, HTML, PDF, Word and text are written from these blocks, so that none can lack what another has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from osler.surfaces.layout.answer import NOT_REVIEWED, LaidAnswer, LaidTier
from osler.surfaces.layout.article import LaidStanding
from osler.surfaces.layout.reference import LaidReference
from osler.surfaces.layout.statement import LaidStatement

REVIEW: Final = "No clinician has checked this page. Check each source before you act on it."


class Look(StrEnum):
    """How a piece of text stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one look; with an address they lead there."""

    text: str
    look: Look = Look.PLAIN
    address: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the question."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in a row.

    Attributes:
        pieces: The words.
        warns: Whether a reader must not pass over it.
    """

    pieces: tuple[Piece, ...]
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, with a note beneath; ``number`` is None in a list without numbers.

    Attributes:
        anchor: What a link of the same file calls it, or empty.
    """

    pieces: tuple[Piece, ...]
    note: str = ""
    number: int | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a caption; the first cell of each row names it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The place where a format that can draw puts the strip; a table of the same figures follows."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The place where a format that can draw puts the graph; its arrows in words follow."""


Block = Heading | Paragraph | Item | Table | Figures | Drawing


def outline(laid: LaidAnswer, graph: Iterable[Block] = ()) -> tuple[Block, ...]:
    """Return the whole answer as blocks, those of ``graph`` before its references."""
    return tuple(_blocks(laid, graph))


def _blocks(laid: LaidAnswer, graph: Iterable[Block]) -> Iterator[Block]:
    yield from _head(laid)
    if laid.bottom_line:
        yield from _statement_block(laid.bottom_line, Look.STRONG)
    for ask, why in laid.clarify:
        yield Item((Piece(ask),), note=why)
    for tier in laid.tiers:
        yield from _tier(tier)
    yield from _tables(laid)
    yield from _limits(laid)
    if laid.words:
        yield Heading(2, "Words explained")
        yield from (Item((Piece(f"{term}: ", Look.STRONG), Piece(plain))) for term, plain in laid.words)
    yield from _beneath(laid)
    yield from graph
    if laid.references:
        yield Heading(2, "References")
        yield from map(_reference, laid.references)
    yield from _tail(laid)


def _head(laid: LaidAnswer) -> Iterator[Block]:
    yield Heading(1, laid.question["asked"])
    if laid.understood:
        yield Paragraph((Piece("Understood as: ", Look.SOFT), Piece(laid.understood)))
    if laid.standing:
        yield from _standing(laid.standing)
    elif not laid.is_approved and laid.bottom_line:
        yield Paragraph((Piece(f"{NOT_REVIEWED}. ", Look.STRONG), Piece(REVIEW)), warns=True)
    for notice in laid.notices:
        yield Paragraph((Piece(notice),), warns=True)
    line = " · ".join(part for part in (laid.headline, laid.library) if part)
    if line:
        yield Paragraph((Piece(line, Look.SOFT),), warns=laid.status == "emergency")
    if laid.flags:
        yield Paragraph((Piece("; ".join(laid.flags), Look.STRONG),), warns=True)
    if laid.written_by:
        told = f"Marked sentences are {laid.written_by}, each judged against its source."
        yield Paragraph((Piece(told),), warns=True)
    if laid.caution:
        yield Paragraph((Piece(laid.caution),), warns=True)


def _standing(standing: LaidStanding) -> Iterator[Block]:
    """Yield where an article stands, which version this is, and who has signed it, with the dates."""
    yield Paragraph((Piece(f"{standing.state}. ", Look.STRONG), Piece(standing.line)))
    if standing.caution:
        yield Paragraph((Piece(standing.caution),), warns=True)
    yield from (Item((Piece(signed),), note=meaning) for signed, meaning in standing.signed)


def _pieces(statement: LaidStatement, look: Look) -> tuple[Piece, ...]:
    lead = (Piece(f"{statement.lead} ", Look.SOFT),) if statement.lead else ()
    warned = f" ({'; '.join(statement.warnings)})" if statement.warnings else ""
    proof = Piece(f" {statement.proof}", Look.SOFT)
    return (*lead, Piece(statement.text, look), proof, *([Piece(warned, Look.STRONG)] if warned else []))


def _statement_block(statement: LaidStatement, look: Look) -> Iterator[Block]:
    yield Paragraph(_pieces(statement, look))
    if statement.notes:
        yield Paragraph((Piece(_capital(statement.notes), Look.SOFT),))


def _items(statements: Iterable[LaidStatement]) -> Iterator[Block]:
    for statement in statements:
        yield Item(_pieces(statement, Look.PLAIN), note=_capital(statement.notes))


def _tier(tier: LaidTier) -> Iterator[Block]:
    yield Heading(2, tier.heading if tier.sections else f"{tier.heading}: not found")
    for section in tier.sections:
        if section.title:
            yield Heading(3, section.title)
        yield from _items(section.statements)


def _tables(laid: LaidAnswer) -> Iterator[Block]:
    if laid.panels:
        yield Heading(2, "Figures, like with like")
        yield Figures()
    for each in laid.panels:
        under = f" ({each.panel.under})" if each.panel.under else ""
        rows = [
            (figure.mark.label, figure.mark.shown, figure.mark.aside, _number(figure.cited))
            for figure in each.figures
        ]
        yield Table(f"{each.panel.title}{under}", ("Of", "Figure", "Beside it", "Source"), tuple(rows))
    if laid.conflicts:
        yield Heading(2, "Where sources differ")
    for conflict in laid.conflicts:
        caption = f"{_capital(conflict.about)} ({'; '.join(conflict.why)})"
        sides = [
            (side.population or "not stated", side.words, _number(side.cited)) for side in conflict.sides
        ]
        yield Table(caption, ("In whom", "What it says", "Source"), tuple(sides))


def _limits(laid: LaidAnswer) -> Iterator[Block]:
    if laid.parts:
        yield Heading(2, "How well each part is answered")
        for part, _support, words in laid.parts:
            yield Item((Piece(f"{part}: "), Piece(words, Look.STRONG)))
    if laid.searched:
        yield Paragraph((Piece(f"Searched for: {laid.searched}", Look.SOFT),))
    if laid.withheld:
        yield Heading(2, "Withheld")
        yield from (Item((Piece(text),), note=reason) for text, reason in laid.withheld)


def _beneath(laid: LaidAnswer) -> Iterator[Block]:
    if laid.beneath:
        yield Heading(2, "Also in the library")
    for topic in laid.beneath:
        yield Heading(3, f"{_capital(topic.name)}: {topic.found}")
        yield from _items(topic.statements)


def _reference(reference: LaidReference) -> Item:
    links = [piece for link in reference.links for piece in (Piece(" "), _link(link.name, link.address))]
    standing = [Piece(f" {reference.standing}", Look.STRONG)] if reference.standing else []
    pieces = (Piece(reference.cited), *links, *standing)
    return Item(pieces, note=reference.nature, number=reference.number)


def _link(name: str, address: str) -> Piece:
    return Piece(name, Look.PLAIN, address)


def _tail(laid: LaidAnswer) -> Iterator[Block]:
    answer = laid.answer
    if laid.grade:
        yield Paragraph((Piece(f"Reading grade {laid.grade} (years of schooling).", Look.SOFT),))
    yield Paragraph((Piece(laid.disclaimer),), warns=True)
    made = f"{answer['engine']['writer']}, Osler {answer['engine']['version']}"
    generated = laid.document["envelope"]["generated"]
    line = f"{answer['id']} · {generated} · {made} · library {answer['library']['snapshot']}"
    if laid.standing:
        line = f"{laid.standing.named} · {line}"
    yield Paragraph((Piece(line, Look.SOFT),))


def _number(cited: object) -> str:
    number = getattr(cited, "number", None)
    return "" if number is None else f"[{number}]"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def join_blocks(blocks: Sequence[Block], write: Callable[[Block], list[str]]) -> str:
    """Return the lines that ``write`` makes of each block as one text: items close, all else apart."""
    parts: list[str] = []
    in_list = False
    for block in blocks:
        is_item = isinstance(block, Item)
        lines = write(block)
        if parts and lines and not (in_list and is_item):
            parts.append("")
        in_list = is_item
        parts += lines
    return "\n".join(parts) + "\n"
