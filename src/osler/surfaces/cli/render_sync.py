"""What ``osler sync`` found, as a page of text."""

from __future__ import annotations

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_article import render_article, words
from osler.surfaces.cli.render_library import render_report
from osler.surfaces.cli.render_reference import Document


def render_sync(synced: Document, page: Page) -> None:
    """Write what was asked for, what is new of it, and what became of the articles."""
    asked, updates = synced["asked"], synced["updates"]
    told = f"{asked:,} record{'' if asked == 1 else 's'} asked for, {len(updates):,} not as it was here"
    page.write(Span(told if asked else "nothing here came from a database that can be asked"))
    for update in updates:
        change = f"{words(update['was'])} → {words(update['now'])}"
        style = Style.WARNING if update["news"] == "standing" else Style.PLAIN
        page.write(Span(f"{update['item']} ", Style.DIM), Span(change, style), first="• ")
        if update["title"]:
            page.write(Span(update["title"], Style.DIM), indent=2)
    if synced["dry_run"]:
        page.write(Span("nothing was changed", Style.DIM))
        return
    if asked:
        render_report(synced["report"], page)
    if synced["articles"]:
        page.gap()
        render_article({"type": "watch", "articles": synced["articles"]}, page)
