"""What the commands of ``osler article`` share: options, people, dates, the way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from osler.errors import UsageError

if TYPE_CHECKING:
    from osler.model.person import Person
    from osler.service.articles.kept import Kept
    from osler.service.wiring import Desk

Id = Annotated[str, typer.Argument(metavar="ID", help="art_… or its slug.", show_default=False)]
By = Annotated[str, typer.Option("--by", metavar="PERSON", help="Who does it: an id or a name.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept in the history.")]
StatementId = Annotated[
    str | None, typer.Option("--statement", metavar="ST_ID", help="Which statement, st_….")
]


def person(desk: Desk, named: str) -> Person:
    """Return the person with this id or name.

    Raises:
        NotFoundError: There is nobody.
    """
    from osler.service.articles.desk import person_named

    return person_named(desk.people, named)


def read_date(text: str | None, option: str) -> date | None:
    """Return the date of ``2026-01-31``, or None for None.

    Raises:
        UsageError: It is none.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{text!r} is no date", item=option, hint="such as 2027-01-31") from error


def change(
    doing: str, act: Callable[[Desk], Kept], *, as_json: bool, more: Mapping[str, Any] | None = None
) -> None:
    """Do ``act`` on the opened library and print where the article stands then.

    Args:
        doing: What is done, for whoever has to wait for it.
        act: Does it.
        as_json: Print JSON.
        more: What the document holds beside the article.
    """
    import os

    from osler.service.articles.show import status_of
    from osler.service.wiring import open_desk

    with open_desk(os.environ, holder=f"osler article {doing}") as desk:
        kept = act(desk)
        document = {"type": "status", **status_of(desk, kept), **(more or {})}
    show(document, as_json=as_json)


def show(document: Mapping[str, Any], *, as_json: bool) -> None:
    """Print a document of articles as a page or as JSON."""
    from osler.surfaces.cli.output import print_json, print_page
    from osler.surfaces.documents import versioned

    whole = versioned(document)
    if as_json:
        print_json(whole)
        return
    from osler.surfaces.cli.render_article import render_article

    print_page(lambda page: render_article(whole, page))
