"""A graph in words: the text that says all that its drawing shows, arrow by arrow."""

from __future__ import annotations

from typing import Final

from osler.model.mechanism import Arrow, Mechanism, Node, Origin, Side, Standing

UNJUDGED: Final = "from DrugMechDB, not judged against passages in this library"


def arrow_in_words(arrow: Arrow, mechanism: Mechanism) -> str:
    """Return the arrow as near end, verb and far end, without its number."""
    near, far = mechanism.node(arrow.source), mechanism.node(arrow.target)
    return f"{near.name} {arrow.words} {far.name}"


def standing_in_words(arrow: Arrow) -> str:
    """Return how the arrow stands: how much is for it and against it, or why nothing was found."""
    if arrow.standing is Standing.NOT_FOUND:
        beyond = "; said only of another condition" if arrow.on(Side.ELSEWHERE) else ""
        return f"not found: {arrow.reason}{beyond}"
    if arrow.standing is Standing.CONTESTED:
        return f"contested: {len(arrow.on(Side.FOR))} for, {len(arrow.on(Side.AGAINST))} against"
    if arrow.standing is Standing.RECORDED:
        return "recorded"
    return "supported"


def node_in_words(node: Node) -> str:
    """Return the node's name with what it is and its identifier, if it has one."""
    return f"{node.name} ({node.kind.value}{f', {node.identifier}' if node.identifier else ''})"


def in_words(mechanism: Mechanism) -> str:
    """Return the whole graph as text, one line an arrow: description and twin of the drawing."""
    lines = [f"{mechanism.title}."]
    if mechanism.origin is Origin.DRUGMECHDB:
        lines.append(f"All of it is {UNJUDGED}.")
    lines += [
        f"{arrow.number}. {arrow_in_words(arrow, mechanism)} ({standing_in_words(arrow)})."
        for arrow in mechanism.arrows
    ]
    return "\n".join([*lines, *mechanism.remarks])
