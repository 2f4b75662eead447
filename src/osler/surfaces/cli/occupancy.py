"""The part of ``osler mechanism`` that simulates regimens: its options, and what it does with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from osler.errors import Exit, InputError, UsageError
from osler.model.reader import Reader
from osler.surfaces.cli.output import print_json, print_page

Regimens = Annotated[
    list[str] | None,
    typer.Option(
        "--regimen", metavar="TEXT", help='Simulate it, such as "100 mg sc daily"; up to four.'
    ),
]
Weight = Annotated[float | None, typer.Option("--weight", metavar="KG", help="Body weight, in kg.")]
Clearance = Annotated[
    float | None, typer.Option("--crcl", metavar="ML_PER_MIN", help="Creatinine clearance, in mL/min.")
]
Days = Annotated[int, typer.Option("--days", metavar="N", help="Days to simulate, 1 to 28.")]
Ligand = Annotated[
    float | None, typer.Option("--ligand", metavar="NMOL_PER_L", help="Interleukin-1 at the receptor.")
]
Site = Annotated[
    float | None,
    typer.Option("--site-ratio", metavar="RATIO", help="Level at the receptor over that in plasma."),
]
Samples = Annotated[
    int, typer.Option("--samples", metavar="N", help="Samples behind a band; 0 for none.")
]
Seed = Annotated[int | None, typer.Option("--seed", metavar="N", help="Of the samples.")]
As = Annotated[Reader, typer.Option("--as", help="Who reads a simulation; patients are refused.")]


def simulate_regimens(
    drug: str,
    regimens: list[str],
    *,
    weight: float | None,
    crcl: float | None,
    days: int,
    il1: float | None,
    site_ratio: float | None,
    samples: int,
    seed: int | None,
    reader: Reader,
    svg: Path | None,
    as_json: bool,
) -> int:
    """Print the regimens side by side, and draw them into ``svg`` where that is wanted.

    Raises:
        UsageError: A regimen that cannot be read, or the extra ``simulate`` is missing.
        InputError: Something was refused, or ``svg`` cannot be written.
        NotAllowedError: A patient reads.
    """
    from osler.mechanism.occupancy_spread import SEED
    from osler.service.simulate import Case, simulate
    from osler.surfaces.documents import versioned

    case = Case(
        regimens=regimens,
        weight_kg=weight,
        creatinine_clearance=crcl,
        days=days,
        il1=il1,
        site_ratio=site_ratio,
        seed=SEED if seed is None else seed,
        samples=samples,
    )
    document, drawing = simulate(drug, case, reader=reader)
    if svg is not None:
        _write(svg, drawing)
    if as_json:
        print_json(versioned(document))
    else:
        from osler.surfaces.cli.render_occupancy import render_occupancy

        print_page(lambda page: render_occupancy(document["occupancy"], page))
    return Exit.DONE


def refuse_without_regimen(given: dict[str, object]) -> None:
    """Refuse options that only a simulation takes where no regimen is given.

    Raises:
        UsageError: ``usage``: names the first of them.
    """
    for name, value in given.items():
        if value is not None:
            raise UsageError(
                "only a simulation takes this", item=name, hint='add --regimen "100 mg sc daily"'
            )


def _write(file: Path, drawing: str) -> None:
    try:
        file.write_text(drawing, encoding="utf-8")
    except OSError as fault:
        raise InputError(
            f"cannot be written: {fault.strerror}",
            item=str(file),
            hint="name a file in a folder that exists",
            code="input.unwritable",
        ) from fault
