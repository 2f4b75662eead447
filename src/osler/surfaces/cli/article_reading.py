"""``osler article …`` for those who read: lists, the article, its claims, its history, the policy."""

from __future__ import annotations

import os
import re
from typing import Annotated, Any, Final

import typer

from osler.errors import Exit, UsageError
from osler.model.editorial import State
from osler.surfaces.cli.article_options import Id, person, read_date, show
from osler.surfaces.cli.options import AsJson

_TWO: Final = re.compile(r"(\d+):(\d+)")


def register(app: typer.Typer) -> None:
    """Put the commands on ``app``."""
    app.command("list")(list_all)
    app.command("show")(show_one)
    for command in (history, policy):
        app.command()(command)


def list_all(
    state: Annotated[
        list[State] | None, typer.Option("--state", help="Only these; may be given more than once.")
    ] = None,
    assignee: Annotated[
        str | None, typer.Option("--assignee", metavar="PERSON", help="Only what this person reviews.")
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="Only what is due by then.")
    ] = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="TERM", help="Only on this drug or condition.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List the articles, those due first at the top."""
    from osler.service.articles.show import list_articles
    from osler.service.wiring import open_desk

    day = read_date(due, "--due")
    with open_desk(os.environ, holder="osler article list") as desk:
        who = person(desk, assignee).id if assignee else None
        found = list_articles(desk, states=state or (), assignee=who, due_by=day, about=about)
    show({"type": "articles", "articles": found}, as_json=as_json)
    return Exit.DONE


def show_one(
    article: Id,
    version: Annotated[
        int | None, typer.Option("--version", metavar="N", min=1, help="An earlier version.")
    ] = None,
    claims: Annotated[
        bool, typer.Option("--claims", help="Claim by claim, each beside the words it rests on.")
    ] = False,
    difference: Annotated[
        str | None, typer.Option("--diff", metavar="A:B", help="Two versions side by side.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="PERSON", help="With --claims: what this person may do."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Show an article, its claims, or what two versions differ in."""
    from osler.service.articles import show as find
    from osler.service.wiring import open_desk

    with open_desk(os.environ, holder="osler article show") as desk:
        document: dict[str, Any]
        if difference is not None:
            before, after = _two(difference)
            document = find.show_difference(desk, article, before, after)
        elif claims:
            who = person(desk, by) if by else None
            document = find.show_claims(desk, article, who=who)
        else:
            document = find.show_article(desk, article, version=version)
    show(document, as_json=as_json)
    return Exit.DONE


def history(
    article: Annotated[
        str | None, typer.Argument(metavar="ID", help="One article; all without it.", show_default=False)
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Work every hash out anew, and say what was proved.")
    ] = False,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="HASH", help="With --verify: a head that was noted before."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List what was done to an article, or prove that its history is what was written."""
    from osler.service.articles import proof
    from osler.service.wiring import open_desk

    if head is not None and not verify:
        raise UsageError("is looked for with --verify only", item="--head")
    if article is None and not verify:
        raise UsageError("name an article, or prove all with --verify", item="ID")
    with open_desk(os.environ, holder="osler article history") as desk:
        document: dict[str, Any]
        if verify:
            document = {"type": "proof", "proof": proof.verify(desk, article, head=head)}
        else:
            events = proof.events_of(desk, article or "")
            document = {"type": "history", "article": events[0].article, "events": events}
    show(document, as_json=as_json)
    return Exit.DONE


def policy(as_json: AsJson = False) -> int:
    """Print the editorial policy, made from the rules that are enforced."""
    from osler.review.policy import policy as blocks

    show({"type": "policy", "blocks": blocks()}, as_json=as_json)
    return Exit.DONE


def _two(text: str) -> tuple[int, int]:
    found = _TWO.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"{text!r} is not A:B", item="--diff", hint="two versions, such as 1:2")
    return int(found[1]), int(found[2])
