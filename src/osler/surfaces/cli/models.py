"""``osler models …`` and ``osler index embed``: models, and vectors made by them."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from osler.errors import Exit
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page
from osler.surfaces.cli.progress import open_progress

What = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="Name of a model that `osler models list` shows, or a folder, zip file or wheel with one.",
        show_default=False,
    ),
]
Named = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="Which model, where there are several.")
]


def register(app: typer.Typer) -> None:
    """Put the commands on ``app``."""
    family = typer.Typer(help="Models for search by meaning: what is here, and getting one.")
    family.command("list")(list_models)
    family.command()(fetch)
    app.add_typer(family, name="models")


def list_models(as_json: AsJson = False) -> int:
    """List the models that are here, and those that can be fetched."""
    from osler.service.models import list_models as find

    _print("models", find(os.environ), as_json=as_json)
    return Exit.DONE


def fetch(name: What, as_json: AsJson = False) -> int:
    """Download a model by its digest, or take one from a file or folder."""
    from osler.service.models import fetch_model

    with open_progress("fetching") as progress:
        entry = fetch_model(name, os.environ, progress=progress)
    _print("model", entry, as_json=as_json)
    return Exit.DONE


def embed(model: Named = None, as_json: AsJson = False) -> int:
    """Give every passage its vector; may be interrupted, and goes on where it was."""
    from osler.service.models import embed as embed_library
    from osler.service.wiring import open_desk

    with (
        open_desk(os.environ, holder="osler index embed") as desk,
        open_progress("embedding") as progress,
    ):
        report = embed_library(desk, model=model, progress=progress)
    _print("embed", report, as_json=as_json)
    return Exit.DONE


def _print(name: str, value: object, *, as_json: bool) -> None:
    from osler.surfaces.documents import named_document

    document = named_document(name, value)
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_library import render_facts

        print_page(lambda page: render_facts(document[name], page))
