"""The hits of a search as a page of text: rank, what it is, the best sentence in its place, its id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_reference import Document, cite_in_nlm_style, nature, standing

SHOWN: Final = 320


def render_search(document: Document, page: Page, *, why: bool = False) -> None:
    """Write every hit; with ``why`` the reasons of each and the decisions on the way."""
    hits = document["hits"]
    page.write(Span(document["question"]["asked"], Style.STRONG))
    write_rewordings(page, document["question"].get("searched_as") or ())
    if not hits:
        page.write(Span("nothing found in the library", Style.WARNING))
    for hit in hits:
        _write_hit(page, hit, why=why)
    if why:
        write_trace(page, document.get("trace") or ())


def write_rewordings(page: Page, entries: Iterable[Document]) -> None:
    """Write in one line what words of the question were also searched as, if any were."""
    shown = "; ".join(
        f"{entry['found']} → {' / '.join(entry['put'])} ({entry['aid']})" for entry in entries
    )
    if shown:
        page.write(Span(shown, Style.DIM), first="searched as: ")


def _write_hit(page: Page, hit: Document, *, why: bool) -> None:
    source, passage = hit["source"], hit["passage"]
    page.gap()
    number = f"{hit['rank']}."
    page.write(Span(cite_in_nlm_style(source), Style.STRONG), first=f"{number:<4}")
    described = nature({**source, "text_kind": passage["text_kind"]})
    spans = [Span(described, Style.DIM)]
    if standing(source):
        spans += [Span(" · ", Style.DIM), Span(standing(source), Style.WARNING)]
    page.write(*spans, indent=4)
    if passage["heading"]:
        page.write(Span(passage["heading"], Style.DIM), indent=4)
    page.write(*shorten(passage["text"], hit["best"]), indent=4)
    page.write(Span(f"{passage['id']} · score {hit['score']:.2f}", Style.DIM), indent=4)
    if why:
        for reason in hit["reasons"]:
            page.write(Span(str(reason), Style.DIM), first="– ", indent=4)


def shorten(text: str, best: Document | None) -> list[Span]:
    """Return a stretch of ``text`` around its best sentence, which stands out.

    At most ``SHOWN`` characters, cut between words and marked with an ellipsis where text is left out.
    A sentence that is longer itself is shown in full, since half of it could say the opposite. Without a
    best sentence it is the beginning of the text.
    """
    if best is None:
        return [Span(text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(None, 1)[0]} …")]
    start, end = best["start"], best["end"]
    room = max(SHOWN - (end - start), 0)
    # Before it a third of the room: what follows a sentence says more of it than what precedes it.
    first = max(start - max(room // 3, room - (len(text) - end)), 0)
    last = min(end + room - (start - first), len(text))
    before, after = text[first:start], text[end:last]
    if first:
        before = f"… {before.partition(' ')[2]}" if first < start else "… "
    if last < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return [Span(before), Span(text[start:end], Style.STRONG), Span(after)]


def write_trace(page: Page, steps: Iterable[Document]) -> None:
    """Write the decisions of a search or an answer, one line each, under their stages."""
    stage = None
    for step in steps:
        if step["stage"] != stage:
            stage = step["stage"]
            page.heading(f"Why: {stage}")
        words = ": ".join(part for part in (step["item"], step["decision"], step["reason"]) if part)
        page.write(Span(words, Style.DIM), first="– ", indent=2)
