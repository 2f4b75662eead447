"""``osler show``: a source, a passage or an answer, by its id."""

from __future__ import annotations

import os
import re
from typing import Annotated, Final

import typer

from osler.errors import Exit, UsageError
from osler.model.topic import Topic
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page

_SPAN: Final = re.compile(r"(\d+):(\d+)")


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(show)


def show(
    item: Annotated[
        str, typer.Argument(metavar="ID", help="src_…, psg_…, ans_… or pmid:….", show_default=False)
    ],
    as_json: AsJson = False,
    span: Annotated[
        str | None,
        typer.Option("--span", metavar="START:END", help="Highlight these code points of a passage."),
    ] = None,
    topic: Annotated[
        Topic | None,
        typer.Option("--open", help="Of an answer, read what stands beneath it on this topic."),
    ] = None,
) -> int:
    """Show a source, a passage or a stored answer."""
    from osler.service.show import show as find
    from osler.service.wiring import open_desk
    from osler.surfaces.documents import versioned

    if topic is not None and not item.startswith("ans_"):
        raise UsageError("only an answer has topics beneath it", item="--open", hint="give an ans_… id")
    stretch = read_span(span)
    with open_desk(os.environ, holder="osler show") as desk:
        document = versioned(find(desk, item, stretch))
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_show import render_show

        opened = topic.value if topic else None
        print_page(lambda page: render_show(document, page, opened=opened))
    return Exit.DONE


def read_span(text: str | None) -> tuple[int, int] | None:
    """Return the two offsets of ``120:180``, or None for None.

    Raises:
        UsageError: It is not two numbers, or empty.
    """
    if text is None:
        return None
    match = _SPAN.fullmatch(text.strip())
    if match is None or int(match[1]) >= int(match[2]):
        raise UsageError(
            f"{text!r} is not START:END", item="--span", hint="two code point offsets, such as 120:180"
        )
    return int(match[1]), int(match[2])
