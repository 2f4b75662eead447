"""``osler mechanism``: how a drug acts in a condition, with the evidence on every arrow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from osler.errors import Exit, InputError, UsageError
from osler.model.reader import Reader
from osler.surfaces.cli import occupancy
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page

if TYPE_CHECKING:
    from osler.model.mechanism import Mechanism
    from osler.service.wiring import Desk


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
        if drug is not None or svg is not None:
            raise UsageError("--import stands alone", hint="osler mechanism --import FILE")
        return _bring_in(bring_in, as_json=as_json)
    if drug is None:
        raise UsageError("which drug?", hint="osler mechanism anakinra hlh")
    if regimen:
        if condition is not None:
            raise UsageError("a simulation takes no condition", item=condition, hint="leave it out")
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
    from osler.service.mechanism import show_mechanism
    from osler.service.wiring import read_settings
    from osler.surfaces.documents import versioned

    with _desk_if_any() as desk:
        shown = show_mechanism(read_settings(os.environ), desk, drug, condition)
    if svg is not None:
        if shown.mechanism is None:
            raise UsageError("several are held", item=drug, hint="name the condition to be drawn")
        _draw(shown.mechanism, svg)
    document = versioned(shown.document)
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_mechanism import render_mechanism

        print_page(lambda page: render_mechanism(document, page))
    return Exit.DONE


@contextmanager
def _desk_if_any() -> Iterator[Desk | None]:
    """Open the library; give None where there is none, since imported records can do without."""
    from osler.service.wiring import has_library, open_desk, read_settings

    if not has_library(read_settings(os.environ)):
        yield None
        return
    with open_desk(os.environ, holder="osler mechanism") as desk:
        yield desk


def _draw(found: Mechanism, file: Path) -> None:
    """Write the drawing.

    Raises:
        UsageError: The layout engine is not installed.
        InputError: The file cannot be written.
    """
    from osler.mechanism.drawing import draw_mechanism

    drawing = draw_mechanism(found, name="mechanism")
    try:
        file.write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}",
            item=str(file),
            hint="name a file in a folder that exists",
            code="input.unwritable",
        ) from error


def _bring_in(file: Path, *, as_json: bool) -> int:
    """Take in a file of paths, and say what was taken and what was not."""
    from osler.service.mechanism import import_records
    from osler.service.wiring import SystemClock, read_settings
    from osler.surfaces.documents import versioned

    now = SystemClock().now().isoformat(timespec="seconds")
    document = versioned(import_records(read_settings(os.environ), file, now=now))
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_mechanism import render_import

        print_page(lambda page: render_import(document["imported"], page))
    return Exit.DONE
