"""``osler article …`` for those who act: submit, assign, declare, comment, decide, revise, explain."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from osler.errors import Exit, UsageError
from osler.surfaces.cli.article_options import By, Id, StatementId, Why, change, person, read_date, show
from osler.surfaces.cli.options import AsJson

if TYPE_CHECKING:
    from osler.service.articles.kept import Kept
    from osler.service.wiring import Desk

_SPAN: Final = re.compile(r"(psg_[0-9a-f]+):(\d+):(\d+)")


class Decision(StrEnum):
    """What may be decided of a statement, or of the article as a whole."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    REQUEST_CHANGES = "request_changes"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    RESUME = "resume"
    REOPEN = "reopen"
    RENEW = "renew"
    SUPERSEDE = "supersede"
    TAKE_DOWN = "take_down"


OF_A_STATEMENT: Final = frozenset({Decision.ACCEPT, Decision.REJECT, Decision.EDIT})


def register(app: typer.Typer) -> None:
    """Put the commands on ``app``."""
    for command in (submit, assign, declare, comment, decide, revise, explain):
        app.command()(command)


def submit(
    what: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="A question, ans_… or art_….", show_default=False),
    ],
    by: By,
    draft: Annotated[bool, typer.Option("--draft", help="Open it, do not put it forward yet.")] = False,
    as_json: AsJson = False,
) -> int:
    """Put a question forward as an article; one that an article answers leads to that one."""
    from osler.service.articles.opening import submit as put_forward
    from osler.service.articles.show import status_of
    from osler.service.wiring import open_desk

    with open_desk(os.environ, holder="osler article submit") as desk:
        submitted = put_forward(desk, what, by=person(desk, by), as_draft=draft)
        status = status_of(desk, submitted.kept)
    document: dict[str, Any] = {"type": "status", **status}
    document |= {"is_new": submitted.is_new, "matched": submitted.why or None}
    show(document, as_json=as_json)
    return Exit.DONE


def assign(
    article: Id,
    by: By,
    to: Annotated[str, typer.Option("--to", metavar="PERSON", help="The reviewer.")],
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="By when, such as 2027-01-31.")
    ] = None,
    end: Annotated[bool, typer.Option("--end", help="End the assignment.")] = False,
    reason: Why = "",
    as_json: AsJson = False,
) -> int:
    """Ask a reviewer to review it; the first one begins the review."""
    from osler.service.articles import desk as acts

    day = read_date(due, "--due")

    def act(desk: Desk) -> Kept:
        editor, reviewer = person(desk, by), person(desk, to)
        if end:
            return acts.release(desk, article, reviewer, by=editor, reason=reason)
        return acts.assign(desk, article, reviewer, by=editor, due=day)

    change("assign", act, as_json=as_json)
    return Exit.DONE


def declare(
    article: Id,
    by: By,
    none: Annotated[bool, typer.Option("--none", help="There is no interest to declare.")] = False,
    interest: Annotated[
        str,
        typer.Option("--interest", metavar="TEXT", help="Which; who has one decides nothing."),
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Declare interests in this article, before anything is decided."""
    from osler.service.articles import desk as acts

    if none is bool(interest.strip()):
        raise UsageError("say --none, or --interest and which", item="--interest")
    change(
        "declare",
        lambda desk: acts.declare(desk, article, by=person(desk, by), interest=interest),
        as_json=as_json,
    )
    return Exit.DONE


def comment(
    article: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The remark.", show_default=False)],
    by: By,
    statement: StatementId = None,
    as_json: AsJson = False,
) -> int:
    """Remark on the article, or on one of its statements."""
    from osler.service.articles import desk as acts

    change(
        "comment",
        lambda desk: acts.comment(desk, article, text, by=person(desk, by), statement=statement),
        as_json=as_json,
    )
    return Exit.DONE


def decide(
    article: Id,
    decision: Annotated[Decision, typer.Argument(metavar="DECISION", show_default=False)],
    by: By,
    statement: Annotated[
        list[str] | None,
        typer.Option("--statement", metavar="ST_ID", help="Which; may be given more than once."),
    ] = None,
    reason: Why = "",
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help="Of an edit, the new sentence.")
    ] = "",
    cite: Annotated[
        list[str] | None,
        typer.Option("--cite", metavar="PSG:START:END", help="Of an edit, what it cites instead."),
    ] = None,
    review_by: Annotated[
        str | None, typer.Option("--review-by", metavar="DATE", help="Of an approval, an earlier date.")
    ] = None,
    successor: Annotated[
        str | None, typer.Option("--successor", metavar="ART_ID", help="Of a supersession.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Decide on a statement (accept, reject, edit), or on the article as a whole."""
    chosen = list(dict.fromkeys(statement or ()))
    if (decision in OF_A_STATEMENT) is not bool(chosen):
        only = "needs" if decision in OF_A_STATEMENT else "takes no"
        raise UsageError(f"{decision.value} {only} --statement", item="--statement")
    if (decision is Decision.EDIT) is not bool(text.strip()):
        only = "needs" if decision is Decision.EDIT else "takes no"
        raise UsageError(f"{decision.value} {only} --text", item="--text")
    if decision is Decision.EDIT and len(chosen) > 1:
        raise UsageError("one statement is edited at a time", item="--statement")
    spans = [_span(one) for one in cite or ()]
    again = read_date(review_by, "--review-by")

    def act(desk: Desk) -> Kept:
        from osler.model.editorial import Judgement
        from osler.review.states import Move
        from osler.service.articles import desk as acts
        from osler.service.articles.moving import move
        from osler.service.articles.revising import edit

        who = person(desk, by)
        if not chosen:
            return move(
                desk, article, Move(decision.value), by=who, reason=reason, successor=successor,
                review_by=again,
            )  # fmt: skip
        if decision is Decision.EDIT:
            return edit(desk, article, chosen[0], text, by=who, reason=reason, spans=spans)
        return acts.judge(desk, article, chosen, Judgement(decision.value), by=who, reason=reason)

    change("decide", act, as_json=as_json)
    return Exit.DONE


def revise(article: Id, by: By, reason: Why = "", as_json: AsJson = False) -> int:
    """Make a new version from today's answer; what the desk rejected or worded is carried over."""
    from osler.service.articles.revising import revise as make_anew

    change(
        "revise",
        lambda desk: make_anew(desk, article, by=person(desk, by), reason=reason),
        as_json=as_json,
    )
    return Exit.DONE


def explain(
    article: Id,
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="Its key, from osler article lint.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Why it may stand.")],
    by: By,
    as_json: AsJson = False,
) -> int:
    """Say why a contradiction with another article may stand."""
    from osler.service.articles import desk as acts

    change(
        "explain",
        lambda desk: acts.explain(desk, article, finding, text, by=person(desk, by)),
        as_json=as_json,
    )
    return Exit.DONE


def _span(text: str) -> tuple[str, int, int]:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"{text!r} is not PSG:START:END", item="--cite", hint="such as psg_12ab:0:80")
    return found[1], int(found[2]), int(found[3])
