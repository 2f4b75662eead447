"""The graph of a mechanism in an exported answer: a place for its drawing, and every arrow in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from osler.errors import UsageError
from osler.service.mechanism import Shown
from osler.surfaces.exports.outline import Block, Drawing, Heading, Item, Look, Paragraph, Piece
from osler.surfaces.layout.reference import LaidReference, lay_out_reference
from osler.surfaces.words import Document

NAME: Final = "mechanism"
"""What the ids of the drawing and of its arrows begin with."""
UNJUDGED: Final = "From DrugMechDB, not judged against passages in this library."
SIDES: Final = {"against": "Against: ", "elsewhere": "Of another condition: "}


def graph_blocks(shown: Shown, references: Sequence[LaidReference]) -> Iterator[Block]:
    """Yield the blocks of a graph.

    Args:
        shown: The graph as judged against the library at hand.
        references: Those of the answer: a source among them is cited by its number, any other in full.
    """
    found = shown.document["mechanism"]
    numbers = {reference.source: reference.number for reference in references}
    sources = {each["number"]: each for each in found["references"]}
    yield Heading(2, found["title"])
    if found["origin"] == "drugmechdb":
        yield Paragraph((Piece(UNJUDGED),), warns=True)
    yield Drawing()
    for arrow in found["arrows"]:
        words = [_evidence(each, sources, numbers) for each in arrow["evidence"]]
        standing = f" ({arrow['standing_text']})"
        yield Item(
            (Piece(f"{arrow['number']}. {arrow['text']}", Look.STRONG), Piece(standing)),
            note=" ".join(words),
            anchor=f"{NAME}-arrow-{arrow['number']}",
        )
    for remark in found["remarks"]:
        yield Paragraph((Piece(remark),))
    yield Paragraph((Piece(found["disclaimer"], Look.SOFT),))


def draw_graph(shown: Shown | None) -> str:
    """Return the drawing, each arrow leading to its words; empty without a graph or a layout engine."""
    from osler.mechanism.drawing import draw_mechanism

    if shown is None or shown.mechanism is None:
        return ""
    try:
        return draw_mechanism(shown.mechanism, name=NAME, linked=True)
    except UsageError:  # the extra ``draw`` is not installed: the words are enough
        return ""


def _evidence(entry: Document, sources: dict[int, Any], numbers: dict[str, int]) -> str:
    side = SIDES.get(entry["side"], "")
    if entry["citation"] is None:
        return f"{side}{entry['record']['quote']}"
    reference = lay_out_reference(sources[entry["reference"]])
    quote = entry["citation"]["quote"]
    number = numbers.get(reference.source)
    cited = reference.cited if number is None else f"[{number}]"
    if reference.is_summary:
        return f"{side}{quote} (summary of {cited})"
    return f"{side}“{quote}” {cited}"
