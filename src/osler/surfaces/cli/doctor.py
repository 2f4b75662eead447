"""``osler doctor``: is everything in order, and if not, what to do."""

from __future__ import annotations

import os

import typer

from osler.errors import Exit
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(doctor)


def doctor(as_json: AsJson = False) -> int:
    """Look for faults and name the repair of each."""
    from osler.service.doctor import doctor as examine
    from osler.surfaces.documents import named_document

    document = named_document("findings", examine(os.environ))
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_check import render_doctor

        print_page(lambda page: render_doctor(document["findings"], page))
    in_order = all(finding["ok"] for finding in document["findings"])
    return Exit.DONE if in_order else Exit.FAULT
