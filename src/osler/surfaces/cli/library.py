"""``osler library …`` and ``osler index …``: what is in the library, and keeping it whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from osler.errors import Exit
from osler.surfaces.cli.models import embed
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page
from osler.surfaces.cli.progress import open_progress

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Put the commands on ``app``."""
    family = typer.Typer(help="What is in the library, what failed, backups.")
    for command in (status, sources, failures, snapshot, backup, restore):
        family.command()(command)
    app.add_typer(family, name="library")
    index = typer.Typer(help="Rebuild or verify the search index; embed the library.")
    for command in (rebuild, verify):
        index.command()(command)
    index.command()(embed)
    app.add_typer(index, name="index")


def status(as_json: AsJson = False) -> int:
    """Say what is in the library and in what state it is."""
    from osler.service import library

    _answer("status", library.status, as_json=as_json)
    return Exit.DONE


def sources(as_json: AsJson = False) -> int:
    """List the sources."""
    from osler.service import library

    _answer("sources", library.sources, as_json=as_json)
    return Exit.DONE


def failures(as_json: AsJson = False) -> int:
    """List what could not be added, with the reason and the next step."""
    from osler.service import library

    _answer("failures", library.failures, as_json=as_json)
    return Exit.DONE


def snapshot(as_json: AsJson = False) -> int:
    """Print the digest that names the state of the library."""
    from osler.service import library

    _answer("snapshot", library.snapshot, as_json=as_json)
    return Exit.DONE


def backup(file: File, as_json: AsJson = False) -> int:
    """Write the whole library to FILE while others go on reading."""
    from osler.service import library

    _answer("backup", lambda desk: library.backup(desk, file), as_json=as_json)
    return Exit.DONE


def restore(file: File, as_json: AsJson = False) -> int:
    """Put the library of FILE in place of this one, after checking it."""
    from osler.service import library

    _answer("restore", lambda desk: library.restore(desk, file), as_json=as_json, create=True)
    return Exit.DONE


def rebuild(as_json: AsJson = False) -> int:
    """Build the search index anew from the database."""
    from osler.service import library

    with open_progress("indexing") as progress:
        _answer("rebuild", lambda desk: library.rebuild_index(desk, progress=progress), as_json=as_json)
    return Exit.DONE


def verify(as_json: AsJson = False) -> int:
    """Check that the search index belongs to this library."""
    from osler.service import library

    found = _answer("verify", library.verify_index, as_json=as_json)
    return Exit.DONE if found["matches"] else Exit.INDEX_MISMATCH


def _answer(name: str, find: Callable[[Any], object], *, as_json: bool, create: bool = False) -> Any:
    """Open the library, ask ``find``, print what it returns under ``name``, return it."""
    from osler.service.wiring import open_desk
    from osler.surfaces.documents import named_document

    with open_desk(os.environ, create=create, holder=f"osler {name}") as desk:
        document = named_document(name, find(desk))
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_library import render_facts

        print_page(lambda page: render_facts(document[name], page))
    return document[name]
