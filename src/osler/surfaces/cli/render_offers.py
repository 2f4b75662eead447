"""What an answer offers beside its words: the graph, calculators, a simulation, each as its command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_reference import Document

MOST: Final = 3
"""Calculators that are named; the web page and the JSON have all."""


def write_offers(page: Page, answer: Document) -> None:
    """Write one line for each command that goes further; nothing for a patient."""
    if answer["reader"] == "patient":
        return
    lines = list(_lines(answer))
    if lines:
        page.gap()
    for what, command in lines:
        page.write(Span(f"{what}: ", Style.DIM), Span(command))


def _lines(answer: Document) -> Iterator[tuple[str, str]]:
    if answer.get("mechanism"):
        yield "Arrow by arrow, for and against", answer["mechanism"]["command"]
    for each in answer["calculators"][:MOST]:
        yield f"Worked out by a stated rule ({each['title']})", _calculation(each)
    offered = answer.get("simulation")
    if offered:
        yield "Dose to occupancy, an educational model and no dose recommendation", offered["command"]


def _calculation(offered: Any) -> str:
    """Return the command with what the question states; else the one that lists its items."""
    if not offered["filled"]:
        return f"osler calculate {offered['name']} --list"
    stated = [f"--{name} {value}" for name, value in offered["filled"].items()]
    return " ".join(["osler calculate", offered["name"], *stated])
