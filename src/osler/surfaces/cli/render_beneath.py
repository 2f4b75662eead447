"""What stands beneath an answer: one line a topic, and the statements of a topic that is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_reference import Document
from osler.surfaces.words import found_beneath, name_of_topic

HEADING: Final = "Also in the library"


def write_beneath(page: Page, entries: Sequence[Document], answer: str) -> None:
    """Write one line for each topic that was looked for, and how to open those that were found."""
    if not entries:
        return
    page.heading(HEADING)
    for entry in entries:
        line = Span(found_beneath(entry), Style.DIM)
        page.write(Span(f"{name_of_topic(entry['topic'])}: "), line, first="• ", indent=2)
    found = [entry["topic"] for entry in entries if entry["statements"]]
    if found:
        page.write(Span(f"to read them: osler show {answer} --open {found[0]}", Style.DIM), indent=2)


def statements_beneath(entries: Iterable[Document]) -> list[dict[str, Any]]:
    """Return the statements of all topics, in order."""
    return [statement for entry in entries for statement in entry["statements"]]
