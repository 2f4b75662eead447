"""``osler mechanism``: how a drug acts in a condition, with the evidence on every arrow."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from osler.errors import Exit, UsageError
from osler.model.reader import Reader
from osler.surfaces.cli import occupancy
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
    regimen: occupancy.Regimens = None,
    weight: occupancy.Weight = None,
    crcl: occupancy.Clearance = None,
    days: occupancy.Days = 7,
    il1: occupancy.Ligand = None,
    site_ratio: occupancy.Site = None,
    samples: occupancy.Samples = 100,
    seed: occupancy.Seed = None,
    reader: occupancy.As = Reader.CLINICIAN,
    as_json: AsJson = False,
) -> int:
    """Show how a drug acts in a condition, or, with --regimen, what a dose does at the receptor."""
    if bring_in is not None:
        return _bring_in(bring_in, as_json=as_json)
    if drug is None:
        raise UsageError("which drug?", hint="osler mechanism anakinra hlh")
    if regimen:
        return occupancy.simulate_regimens(
            drug, regimen, weight=weight, crcl=crcl, days=days, il1=il1, site_ratio=site_ratio,
            samples=samples, seed=seed, reader=reader, svg=svg, as_json=as_json,
        )  # fmt: skip
    occupancy.refuse_without_regimen(
        {"--weight": weight, "--crcl": crcl, "--ligand": il1, "--site-ratio": site_ratio, "--seed": seed}
    )
    return _show(drug, condition, svg=svg, as_json=as_json)


def _show(drug: str, condition: str | None, *, svg: Path | None, as_json: bool) -> int:
    """Print the graph, and draw it where that is wanted."""
    raise UsageError(f"no graph of {drug} in {condition} can be shown yet", item=str(svg or as_json))


def _bring_in(file: Path, *, as_json: bool) -> int:
    """Take in a file of paths, and say what was taken and what was not."""
    raise UsageError(f"no paths can be taken in yet: {as_json}", item=str(file), code=str(Exit.USAGE))
