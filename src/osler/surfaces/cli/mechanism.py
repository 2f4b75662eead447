"""``osler mechanism``: how a drug acts in a condition, with the evidence on every arrow."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from osler.errors import Exit, UsageError
from osler.surfaces.cli.options import AsJson


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(mechanism)


def mechanism(
    drug: Annotated[
        str | None, typer.Argument(metavar="DRUG", help="Such as anakinra.", show_default=False)
    ] = None,
    condition: Annotated[
        str | None, typer.Argument(metavar="CONDITION", help="Such as hlh.", show_default=False)
    ] = None,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Also draw it, as SVG, into FILE.")
    ] = None,
    bring_in: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take in the paths of DrugMechDB.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Show how a drug acts in a condition, with the evidence on every arrow."""
    if bring_in is not None:
        return _bring_in(bring_in, as_json=as_json)
    if drug is None:
        raise UsageError("which drug?", hint="osler mechanism anakinra hlh")
    return _show(drug, condition, svg=svg, as_json=as_json)


def _show(drug: str, condition: str | None, *, svg: Path | None, as_json: bool) -> int:
    """Print the graph, and draw it where that is wanted."""
    raise UsageError(f"no graph of {drug} in {condition} can be shown yet", item=str(svg or as_json))


def _bring_in(file: Path, *, as_json: bool) -> int:
    """Take in a file of paths, and say what was taken and what was not."""
    raise UsageError(f"no paths can be taken in yet: {as_json}", item=str(file), code=str(Exit.USAGE))
