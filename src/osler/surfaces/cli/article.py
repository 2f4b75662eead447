"""``osler article …``: from an answer to an approved article, and keeping it true."""

from __future__ import annotations

import typer

from osler.surfaces.cli import article_desk, article_living, article_reading


def register(app: typer.Typer) -> None:
    """Put the commands on ``app``."""
    family = typer.Typer(help="Articles: submit, review claim by claim, approve, keep true.")
    for module in (article_desk, article_reading, article_living):
        module.register(family)
    app.add_typer(family, name="article")
