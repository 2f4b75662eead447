"""Options that several commands share, each said once so that they mean the same everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

from osler.model.source import Kind
from osler.retrieval.aids import Aid

AsJson = Annotated[bool, typer.Option("--json", help="Print the document as JSON.")]
Why = Annotated[bool, typer.Option("--why", help="Also say why: what was searched, withheld, checked.")]
Tier = Annotated[Kind | None, typer.Option("--tier", help="Only this kind of evidence.")]
Since = Annotated[
    int | None,
    typer.Option("--since", metavar="YEAR", min=1800, max=2200, help="Only evidence from this year on."),
]
Without = Annotated[
    list[Aid] | None,
    typer.Option("--without", help="Search without this aid; may be given more than once."),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the source.")]
