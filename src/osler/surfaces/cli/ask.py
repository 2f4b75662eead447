"""``osler ask``: one question, one answer with its proof."""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer

from osler.errors import Exit
from osler.model.reader import Reader
from osler.surfaces.cli.options import AsJson, Since, Tier, Why, Without
from osler.surfaces.cli.output import print_json, print_page
from osler.surfaces.cli.page import Page

NO_ANSWER = frozenset({"abstained", "not_clinical"})


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(ask)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In your own words.")],
    reader: Annotated[Reader, typer.Option("--as", help="Who reads the answer.")] = Reader.CLINICIAN,
    as_json: AsJson = False,
    follow: Annotated[
        str | None,
        typer.Option("--follow", metavar="ANSWER_ID", help="The answer that it follows."),
    ] = None,
    tier: Tier = None,
    since: Since = None,
    without: Without = None,
    why: Why = False,
) -> int:
    """Answer a clinical question, every sentence with its source."""
    from osler.service.ask import ask as answer_question
    from osler.service.wiring import open_desk

    with open_desk(os.environ, holder="osler ask") as desk:
        asked = answer_question(
            desk,
            question,
            reader=reader,
            follow=follow,
            tier=tier,
            since=since,
            without=frozenset(without or ()),
        )
    if as_json:
        print_json(asked.document)
    else:
        from osler.surfaces.documents import trace_document

        _print(asked.document, trace_document(asked.trace) if why else [], why=why)
    unanswered = asked.document["answer"]["status"] in NO_ANSWER
    return Exit.NO_ANSWER if unanswered else Exit.DONE


def _print(document: dict[str, Any], trace: list[dict[str, str]], *, why: bool) -> None:
    from osler.surfaces.cli.render_answer import render_answer
    from osler.surfaces.cli.render_search import write_trace

    def write(page: Page) -> None:
        render_answer(document, page, why=why)
        write_trace(page, trace)

    print_page(write)
