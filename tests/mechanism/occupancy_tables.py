"""The tables of docs/mechanism-simulation.md, made from the files that the model runs on.

``python -m tests.mechanism.occupancy_tables`` writes them into the page.
"""

from __future__ import annotations

import re
from pathlib import Path

from osler.mechanism.occupancy_parameters import Model, Reference, load_model
from osler.mechanism.occupancy_published import compare_published

PAGE = Path(__file__).parents[2] / "docs" / "mechanism-simulation.md"


def tables(model: Model) -> dict[str, str]:
    """Return each table by the name that marks its place in the page."""
    numbers = {reference.key: number for number, reference in enumerate(model.references, start=1)}
    return {
        "parameters": _parameters(model, numbers),
        "published": _published(model, numbers),
        "sources": _sources(model),
    }


def fill(page: str, filled: dict[str, str]) -> str:
    """Return ``page`` with each table between its two marks."""
    for name, table in filled.items():
        pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        match = re.search(pattern, page, flags=re.S)
        assert match is not None, name
        page = f"{page[: match.start()]}{match[1]}{table}{match[2]}{page[match.end() :]}"
    return page


def _parameters(model: Model, numbers: dict[str, int]) -> str:
    lines = [
        "| | parameter | value | range | unit | origin | drawn | how it came about |",
        "|" + "---|" * 8,
    ]
    for parameter in model.parameters:
        cited = "".join(f" [{numbers[key]}]" for key in parameter.sources)
        span = f"{parameter.low:.4g}" + (
            "" if parameter.low == parameter.high else f"–{parameter.high:.4g}"
        )
        lines.append(
            f"| {parameter.symbol} | `{parameter.name}`: {parameter.title} | {parameter.value:.4g} | "
            f"{span} | {parameter.unit} | {parameter.origin} | {parameter.spread} | "
            f"{parameter.text}{cited} |"
        )
    return "\n".join(lines) + "\n"


def _published(model: Model, numbers: dict[str, int]) -> str:
    lines = [
        "| figure | published | model | ratio | in the range | set by it | |",
        "|" + "---|" * 7,
    ]
    for row in compare_published(model):
        figure = row.figure
        span = "" if figure.low is None or figure.high is None else f" ({figure.low:g}–{figure.high:g})"
        within = {True: "yes", False: "**no**", None: "none printed"}[row.within]
        lines.append(
            f"| {figure.title} | {figure.value:g}{span} {figure.unit} | {row.value:.3g} | "
            f"{row.ratio:.2f} | {within} | {'yes' if figure.fitted else 'no'} | "
            f"{figure.text} [{numbers[figure.source]}] |"
        )
    return "\n".join(lines) + "\n"


def _sources(model: Model) -> str:
    return "".join(
        f"{number}. {reference.citation}.{_identity(reference)} Seen: {reference.seen}.\n"
        for number, reference in enumerate(model.references, start=1)
    )


def _identity(reference: Reference) -> str:
    known = {"doi:": reference.doi, "PMID ": reference.pmid, "": reference.pmcid}
    parts = [f"{prefix}{value}" for prefix, value in known.items() if value]
    if reference.url and not parts:
        parts = [f"<{reference.url}>"]
    return f" {', '.join(parts)}." if parts else ""


if __name__ == "__main__":
    PAGE.write_text(
        fill(PAGE.read_text(encoding="utf-8"), tables(load_model("anakinra"))), encoding="utf-8"
    )
