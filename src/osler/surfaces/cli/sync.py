"""``osler sync``: updates, retractions and corrections of what is in the library."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from osler.errors import Exit
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page, tell
from osler.surfaces.cli.progress import open_progress


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(sync)


def sync(
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="Only this database: pubmed.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what is new; change nothing.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Ask for each record again; take in what is new and look at the articles that rest on it."""
    from osler.service.sync import sync as bring_up_to_date
    from osler.service.wiring import open_desk
    from osler.surfaces.documents import named_document

    with (
        open_desk(os.environ, holder="osler sync") as desk,
        open_progress("updating") as progress,
    ):
        synced = bring_up_to_date(desk, source=source, dry_run=dry_run, progress=progress)
    tell(desk.notices)
    document = named_document("sync", synced)
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_sync import render_sync

        print_page(lambda page: render_sync(document["sync"], page))
    return Exit.DONE
