"""``osler search``: passages, best first, and why each of them is here."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from osler.errors import Exit
from osler.surfaces.cli.options import AsJson, Since, Tier, Why, Without
from osler.surfaces.cli.output import print_json, print_page, tell


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(search)


def search(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="A question or words.", show_default=False)
    ],
    as_json: AsJson = False,
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=1, max=1000, help="How many passages at most.")
    ] = 10,
    tier: Tier = None,
    since: Since = None,
    without: Without = None,
    why: Why = False,
) -> int:
    """Find the passages that speak to a question, best first."""
    from osler.service.search import search as find_passages
    from osler.service.wiring import open_desk

    with open_desk(os.environ, holder="osler search") as desk:
        found = find_passages(
            desk, question, top=top, since=since, tier=tier, without=frozenset(without or ())
        )
    tell(desk.notices)
    from osler.surfaces.documents import search_document

    document = search_document(found, why=why)
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_search import render_search

        print_page(lambda page: render_search(document, page, why=why))
    return Exit.DONE if found.hits else Exit.NO_ANSWER
