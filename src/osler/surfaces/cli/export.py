"""``osler export``: a stored answer or an article as a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from osler.errors import Exit, InputError, UsageError
from osler.surfaces.cli.output import PipeClosed
from osler.surfaces.exports.formats import Format

if TYPE_CHECKING:
    from osler.surfaces.exports.export import Exported


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command("export")(export_answer)


def export_answer(
    item: Annotated[str, typer.Argument(metavar="ID", help="ans_… or art_….", show_default=False)],
    to: Annotated[Format, typer.Option("--to", help="What to write.")] = Format.MARKDOWN,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it here, not to standard output."),
    ] = None,
) -> int:
    """Write a stored answer or an article to a file, with its quotes, numbers, references and limits."""
    from osler.service.export import document_for_export, offered_graph
    from osler.service.wiring import open_desk
    from osler.surfaces.exports.export import export

    with open_desk(os.environ, holder="osler export") as desk:
        document = document_for_export(desk, item)
        graph = offered_graph(desk, document)
    exported = export(document, to, graph=graph)
    if output is None:
        _print(exported)
    else:
        _write(exported, output)
    return Exit.DONE


def _print(exported: Exported) -> None:
    """Write to standard output.

    Raises:
        UsageError: It is a terminal, which cannot show this format.
        PipeClosed: Nobody reads any more.
    """
    if not exported.is_text and sys.stdout.isatty():
        raise UsageError(
            "a terminal cannot show this format", item="--to", hint=f"-o {exported.name} writes a file"
        )
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(exported.body)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise PipeClosed from None


def _write(exported: Exported, file: Path) -> None:
    try:
        file.write_bytes(exported.body)
    except OSError as fault:
        raise InputError(
            f"it cannot be written: {fault.strerror}",
            item=str(file),
            hint="name a file in a folder that exists and that you may write to",
            code="input.unwritable",
        ) from fault
