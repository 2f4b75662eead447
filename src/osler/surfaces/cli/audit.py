"""``osler audit``: somebody's text, claim by claim, against the library."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from osler.errors import Exit
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page, tell
from osler.surfaces.cli.progress import open_progress


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(audit)


def audit(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Text, Markdown or HTML; - reads standard input.")
    ],
    as_json: AsJson = False,
) -> int:
    """Judge every claim of somebody's text against the library."""
    from osler.service.audit import audit as audit_text
    from osler.service.audit import read_text
    from osler.service.wiring import open_desk

    text = read_text(file, sys.stdin.buffer)
    with open_desk(os.environ, holder="osler audit") as desk, open_progress("audit") as progress:
        found = audit_text(desk, text, name=file, advance=progress)
        notices = list(desk.notices)
    tell(notices)
    if as_json:
        print_json(found.document)
    else:
        from osler.surfaces.cli.render_audit import render_audit

        print_page(lambda page: render_audit(found.document, found.sources, page))
    return Exit.DONE
