"""``osler show``: a source, a passage, an answer or an article, by its id."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from osler.errors import Exit, InputError, NotFoundError, UsageError
from osler.model.topic import Topic
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page

_SPAN: Final = re.compile(r"(\d+):(\d+)")


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(show)


def show(
    item: Annotated[
        str,
        typer.Argument(metavar="ID", help="src_…, psg_…, ans_…, art_… or pmid:….", show_default=False),
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
    figures: Annotated[
        Path | None,
        typer.Option(
            "--figures", metavar="FILE.svg", help="Of an answer, draw its figures to this file."
        ),
    ] = None,
) -> int:
    """Show a source, a passage, a stored answer or an article."""
    from osler.service.show import show as find
    from osler.service.wiring import open_desk
    from osler.surfaces.documents import versioned

    if topic is not None and not item.startswith("ans_"):
        raise UsageError("only an answer has topics beneath it", item="--open", hint="give an ans_… id")
    if figures is not None and not item.startswith("ans_"):
        raise UsageError("only an answer has figures to draw", item="--figures", hint="give an ans_… id")
    stretch = read_span(span)
    with open_desk(os.environ, holder="osler show") as desk:
        document = versioned(find(desk, item, stretch))
    if figures is not None:
        _draw(document["answer"], figures)
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_show import render_show

        opened = topic.value if topic else None
        print_page(lambda page: render_show(document, page, opened=opened))
    return Exit.DONE


def _draw(answer: Mapping[str, Any], file: Path) -> None:
    """Write the strip of an answer.

    Raises:
        NotFoundError: It has no figures that stand like with like.
        InputError: The file cannot be written.
    """
    from osler.strip.drawing import draw_strip
    from osler.strip.panels import panels_of

    panels = panels_of(answer)
    if not panels:
        raise NotFoundError(
            "this answer has no figures to draw", item=answer["id"], code="not_found.figures"
        )
    drawing = draw_strip(panels, name=answer["id"], title=answer["question"]["asked"])
    try:
        file.write_text(drawing, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise InputError(
            f"it cannot be written: {fault.strerror}", item=str(file), code="input.unwritable",
            hint="name a file in a folder that exists and that you may write to",
        ) from fault  # fmt: skip


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
