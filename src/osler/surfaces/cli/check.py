"""``osler check``: does this source say so? One claim against one source."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from osler.errors import Exit
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(check)


def check(
    claim: Annotated[
        str, typer.Option("--claim", metavar="TEXT", help="The claim, one sentence.", show_default=False)
    ],
    source: Annotated[
        str, typer.Option("--source", metavar="ID", help="src_…, psg_… or pmid:….", show_default=False)
    ],
    as_json: AsJson = False,
) -> int:
    """Judge one claim against one source, check by check."""
    from osler.service.check import check_claim
    from osler.service.wiring import open_desk
    from osler.surfaces.documents import versioned

    with open_desk(os.environ, holder="osler check") as desk:
        document = versioned(check_claim(desk, claim, source=source))
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_check import render_check

        print_page(lambda page: render_check(document, page))
    return Exit.DONE
