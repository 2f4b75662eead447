"""``osler article …`` that keeps articles true: watch, lint, readers' reports and their answers."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from osler.errors import Exit
from osler.model.editorial import Concern, Outcome
from osler.surfaces.cli.article_options import By, Id, StatementId, change, person, show
from osler.surfaces.cli.options import AsJson

Number = Annotated[int, typer.Argument(metavar="N", min=1, help="Number of the report.")]


def register(app: typer.Typer) -> None:
    """Put the commands on ``app``."""
    for command in (watch, lint, report, reply, reports):
        app.command()(command)


def watch(
    article: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Articles; all approved ones without.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be taken back.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Ask each approved article's question anew; what changed reopens it, with the reason."""
    from osler.service.articles.living import watch as look
    from osler.service.wiring import open_desk

    with open_desk(os.environ, holder="osler article watch") as desk:
        found = look(desk, article or (), dry_run=dry_run)
    show({"type": "watch", "dry_run": dry_run, "articles": found}, as_json=as_json)
    return Exit.DONE


def lint(
    article: Annotated[
        str | None, typer.Argument(metavar="ID", help="One article; all without it.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List where articles contradict each other, and whether somebody explained it."""
    from osler.service.articles.facts import lint_document
    from osler.service.wiring import open_desk

    with open_desk(os.environ, holder="osler article lint") as desk:
        found = lint_document(desk, article)
    show({"type": "lint", "findings": found}, as_json=as_json)
    return Exit.DONE


def report(
    article: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is wrong.", show_default=False)],
    concern: Annotated[Concern, typer.Option("--concern", help="What it is about.")] = Concern.OTHER,
    statement: StatementId = None,
    as_json: AsJson = False,
) -> int:
    """Report a fault as a reader; the log of reports and answers is public, your words are not."""
    from osler.service.articles import corrections

    change(
        "report",
        lambda desk: corrections.report(desk, article, text, concern=concern, statement=statement),
        as_json=as_json,
    )
    return Exit.DONE


def reply(
    article: Id,
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The public answer.", show_default=False)],
    outcome: Annotated[Outcome, typer.Option("--outcome", help="What became of it.")],
    by: By,
    as_json: AsJson = False,
) -> int:
    """Answer a reader's report in public."""
    from osler.service.articles import corrections

    change(
        "reply",
        lambda desk: corrections.reply(
            desk, article, number, text, outcome=outcome, by=person(desk, by)
        ),
        as_json=as_json,
    )
    return Exit.DONE


def reports(
    article: Id,
    by: By,
    erase: Annotated[
        int | None, typer.Option("--erase", metavar="N", min=1, help="Erase the words of this report.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Read what readers wrote, as one of the desk; or erase the words of one report."""
    from osler.service.articles import corrections
    from osler.service.wiring import open_desk

    with open_desk(os.environ, holder="osler article reports") as desk:
        who = person(desk, by)
        if erase is not None:
            corrections.erase(desk, article, erase, by=who)
        words = corrections.words_of(desk, article, by=who)
    listed = [{"number": number, "words": said} for number, said in words.items()]
    show({"type": "reports", "reports": listed}, as_json=as_json)
    return Exit.DONE
