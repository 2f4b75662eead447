"""The line that says which way the printed statements lean on a question that asks yes or no.

It names the references of the statements that it was read from, and says that it was computed: it is no
statement of any source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from osler.surfaces.cli.page import Page, Span, Style

Document = Mapping[str, Any]
SAID: Final[Mapping[str, str]] = {
    "yes": "Leans to yes",
    "no": "Leans to no",
    "mixed": "Mixed: sources speak against each other",
    "unclear": "Neither yes nor no can be read from these statements",
}
SIDES: Final = ("yes", "no")


def write_stance(page: Page, answer: Document) -> None:
    """Write which way the statements of ``answer`` lean; nothing where it has no stance."""
    if not answer.get("stance"):
        return
    sides = [(side, numbers_of(answer, side)) for side in SIDES]
    told = "; ".join(f"{side} {_shown(numbers)}" for side, numbers in sides if numbers)
    basis = f" (computed from their words: {told})" if told else ""
    page.gap()
    page.write(Span(SAID[answer["stance"]], Style.STRONG), Span(basis, Style.DIM))


def numbers_of(answer: Document, side: str) -> list[int]:
    """Return the numbers of the references whose statements lean to ``side``, in order, each once."""
    leaning = {one["statement"] for one in answer["stance_basis"] if one["leans"] == side}
    known = {reference["source"]: int(reference["number"]) for reference in answer["references"]}
    cited = (
        known[citation["source"]]
        for statement in _statements(answer)
        if statement["id"] in leaning
        for citation in statement["citations"][:1]
        if citation["source"] in known
    )
    return list(dict.fromkeys(cited))


def _shown(numbers: Iterable[int]) -> str:
    return f"[{', '.join(map(str, numbers))}]"


def _statements(answer: Document) -> Iterable[Document]:
    if answer["bottom_line"]:
        yield answer["bottom_line"]
    for section in answer["sections"]:
        yield from section["statements"]
