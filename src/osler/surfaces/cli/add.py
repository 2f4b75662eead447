"""``osler add`` and ``osler remove``: what comes into the library and what leaves it."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from osler.errors import Exit
from osler.model.source import Kind
from osler.surfaces.cli.options import AsJson, Reason
from osler.surfaces.cli.output import print_json, print_page, tell
from osler.surfaces.cli.progress import open_progress


def register(app: typer.Typer) -> None:
    """Put the commands on ``app``."""
    app.command()(add)
    app.command()(remove)


def add(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT...",
            help='Files, folders, globs, starter:hlh, pmid:…, "pubmed:QUERY".',
            show_default=False,
        ),
    ],
    kind: Annotated[
        Kind | None,
        typer.Option("--kind", help="What kind of evidence it is, where the file does not say."),
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", metavar="L", help="Terms the text may be used under.")
    ] = None,
    scope: Annotated[
        str, typer.Option("--scope", metavar="S", help="Part of the library it belongs to.")
    ] = "public",
    as_json: AsJson = False,
) -> int:
    """Add documents; what fails is listed, the rest goes on."""
    from osler.service.add import add as add_documents
    from osler.service.wiring import open_desk
    from osler.surfaces.documents import named_document

    with (
        open_desk(os.environ, create=True, holder="osler add") as desk,
        open_progress("adding") as progress,
    ):
        report = add_documents(desk, what, kind=kind, licence=licence, scope=scope, progress=progress)
    tell(desk.notices)
    document = named_document("report", report)
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_library import render_report

        print_page(lambda page: render_report(document["report"], page))
    came = sum(document["report"][name] for name in ("added", "revised", "unchanged", "withdrawn"))
    return Exit.REFUSED if document["report"]["failed"] and not came else Exit.DONE


def remove(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="src_… or pmid:….", show_default=False)
    ],
    reason: Reason = "removed at the terminal",
    as_json: AsJson = False,
) -> int:
    """Withdraw sources, with a reason that is kept."""
    from osler.service.remove import remove as withdraw
    from osler.service.wiring import open_desk
    from osler.surfaces.documents import named_document

    with open_desk(os.environ, holder="osler remove") as desk:
        report = withdraw(desk, ids, reason=reason)
    tell(desk.notices)
    document = named_document("report", report)
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_library import render_report

        print_page(lambda page: render_report(document["report"], page))
    return Exit.DONE
