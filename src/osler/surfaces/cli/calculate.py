"""``osler calculate``: a clinical score or formula on what is given, with its source and its limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from osler.errors import Exit, UsageError
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page

HINT = "osler calculate --list names them all; osler calculate NAME --list shows the items of one"


def register(app: typer.Typer) -> None:
    """Put the command on ``app``; the items of each calculator are options that only it knows."""
    app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(calculate)


def calculate(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Such as hscore.", show_default=False)
    ] = None,
    item: Annotated[
        list[str] | None,
        typer.Option("--item", metavar="NAME=VALUE", help="An item; --NAME VALUE does the same."),
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", help="List the calculators, or what NAME asks for.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Compute a clinical score or formula, with its source, its population and its limits."""
    from osler.service.calculate import calculate as compute
    from osler.service.calculate import list_calculators
    from osler.surfaces.documents import versioned

    if name is not None and name.startswith("-"):
        raise UsageError("the name of the calculator comes before its items", item=name, hint=HINT)
    given = read_items([*(item or []), *pair_options(context.args)])
    if listing or name is None:
        if not listing:
            raise UsageError("which calculator?", hint=HINT)
        if given:
            raise UsageError("--list takes no items", hint=HINT)
        document = versioned(list_calculators(name))
    else:
        document = versioned(compute(name, given))
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli import render_calculation

        if "calculation" in document:
            print_page(lambda page: render_calculation.render_result(document["calculation"], page))
        elif name is not None:
            print_page(lambda page: render_calculation.render_items(document["calculators"][0], page))
        else:
            print_page(lambda page: render_calculation.render_list(document["calculators"], page))
    return Exit.DONE


def pair_options(words: Iterable[str]) -> list[str]:
    """Return ``--ferritin 8000 ng/mL --ast 40`` as ``["ferritin=8000 ng/mL", "ast=40"]``.

    A value goes on to the next word that begins with two hyphens, so that a unit needs no quotes.

    Raises:
        UsageError: A value stands before any item.
    """
    pairs: list[str] = []
    for word in words:
        if word.startswith("--") and len(word) > 2:
            pairs.append(word[2:] if "=" in word else f"{word[2:]}=")
        elif pairs:
            pairs[-1] += word if pairs[-1].endswith("=") else f" {word}"
        else:
            raise UsageError("a value without its item", item=word, hint="write --ITEM VALUE")
    return pairs


def read_items(pairs: Iterable[str]) -> dict[str, str]:
    """Return ``NAME=VALUE`` texts as a mapping.

    Raises:
        UsageError: No equals sign, no name, or the same item twice.
    """
    given: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        name = name.strip().lower().replace("_", "-")
        if not sign or not name:
            raise UsageError("an item is NAME=VALUE", item=pair, hint="such as --item ferritin=8000")
        if name in given:
            raise UsageError("given twice", item=name, hint="give each item once")
        given[name] = value.strip()
    return given
