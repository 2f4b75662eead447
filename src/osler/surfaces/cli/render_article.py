"""Articles as pages of text: the article, its claims, lists, histories, findings, the policy.

Takes the documents of ``osler article`` as they are; ``type`` says which one it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_reference import Document, cite_in_nlm_style

OUTCOMES: Final[Mapping[str | None, str]] = {
    None: "being looked at",
    "corrected": "corrected",
    "unchanged": "looked at, nothing changed",
}


def render_article(document: Document, page: Page) -> None:
    """Write any document of articles, by its type."""
    _PAGES[document["type"]](document, page)


def words(value: str) -> str:
    """Return a value of a closed set as it is read."""
    return value.replace("_", " ")


# --- the article ----------------------------------------------------------------------------------


def _write_article(document: Document, page: Page) -> None:
    from osler.surfaces.cli.render_answer import render_answer

    _write_head(document["article"], page)
    page.gap()
    render_answer(document, page)
    _write_log(document["article"], page)


def _write_status(document: Document, page: Page) -> None:
    article = document["article"]
    if document.get("matched"):
        page.write(Span("An article answers this already: "), Span(document["matched"], Style.DIM))
    elif document.get("is_new"):
        page.write(Span("A new article.", Style.GOOD))
    page.write(Span(article["question"]["asked"], Style.STRONG))
    _write_head(article, page)
    waits = article["open"]
    if article["state"] != "approved":
        line = f"{len(waits['unsigned'])} of {waits['statements']} statements lack signatures"
        rejected = f", {len(waits['rejected'])} rejected" if waits["rejected"] else ""
        page.write(Span(f"{line}{rejected}", Style.DIM))


def _write_head(article: Document, page: Page) -> None:
    style = Style.GOOD if article["is_approved"] else Style.WARNING
    since = article["since"][:10]
    page.write(
        Span(words(article["state"]).capitalize(), style),
        Span(f" since {since} · version {article['version']} · {article['id']}", Style.DIM),
    )
    if article["caution"]:
        page.write(Span(article["caution"], Style.WARNING))
    if article["reason"]:
        page.write(Span(article["reason"]), Span(f" ({article['moved_by']['name']})", Style.DIM))
    for one in article["signed_by"]:
        line = f"{one['name']} signed {_statements(one['statements'])}, {one['on'][:10]}"
        page.write(Span(line, Style.DIM))
    approved = article["approved_by"]
    if approved:
        until = f"; to be looked at again by {article['review_by']}"
        page.write(Span(f"approved by {approved['name']}, {approved['on'][:10]}{until}", Style.DIM))
    for one in article["assigned"]:
        due = f", by {one['due']}" if one["due"] else ""
        page.write(Span(f"with {one['name']}{due}", Style.DIM))


def _statements(count: int) -> str:
    return f"{count} statement{'' if count == 1 else 's'}"


def _write_log(article: Document, page: Page) -> None:
    if len(article["versions"]) > 1:
        page.heading("What changed")
        for version in article["versions"]:
            counts = [
                f"{len(version[name])} {name}"
                for name in ("added", "removed", "changed")
                if version[name]
            ]
            told = f" ({', '.join(counts)})" if counts and version["number"] > 1 else ""
            line = f"{version['number']}. {version['made'][:10]}, {version['by']['name']}: "
            page.write(Span(line, Style.DIM), Span(version["reason"]), Span(told, Style.DIM), indent=2)
    if article["corrections"]:
        page.heading("Reports")
        for one in article["corrections"]:
            line = f"{one['number']}. {one['on'][:10]}, {one['concern']}: {OUTCOMES[one['outcome']]}"
            page.write(Span(line), indent=2)
            if one["reply"]:
                page.write(Span(one["reply"], Style.DIM), indent=5)
    if article["related"]:
        page.heading("Related articles")
        for one in article["related"]:
            page.write(Span(one["asked"]), Span(f" ({one['why']}) {one['id']}", Style.DIM), first="• ")


# --- claim by claim -------------------------------------------------------------------------------


def _write_claims(document: Document, page: Page) -> None:
    page.write(Span(document["article"]["question"]["asked"], Style.STRONG))
    _write_head(document["article"], page)
    for number, claim in enumerate(document["claims"], start=1):
        _write_claim(claim, page, number)
    for name in ("comments", "declarations", "explanations"):
        if document[name]:
            page.heading(name.capitalize())
            for one in document[name]:
                said = one.get("text") or one.get("interest") or "no interest"
                page.write(Span(f"{one['name']}, {one['on'][:10]}: ", Style.DIM), Span(said), first="• ")
    if document["moves"]:
        page.heading("What may be done")
        for one in document["moves"]:
            reason = "" if one["allowed"] else f": no, {one['reason']} ({one['rule']})"
            page.write(Span(words(one["move"])), Span(reason, Style.DIM), first="• ")


def _write_claim(claim: Document, page: Page, number: int) -> None:
    statement = claim["statement"]
    page.gap()
    lead = f"{statement['lead']} " if statement["lead"] else ""
    page.write(Span(f"{lead}{statement['text']}", Style.STRONG), first=f"{number}. ")
    dose = " · states a dose" if claim["is_dosing"] else ""
    worded = " · worded by the desk" if claim["worded_by"] else ""
    signed = f"{len(claim['signed'])} of {claim['wanted']} signatures"
    page.write(Span(f"{statement['id']} · {signed}{dose}{worded}", Style.DIM), indent=3)
    for one in claim["beside"]:
        _write_beside(one, page)
    for one in claim["decided"]:
        style = Style.GOOD if one["judgement"] == "accept" else Style.WARNING
        reason = f": {one['reason']}" if one["reason"] else ""
        old = "" if one["content"] == claim["content"] else " (of other words)"
        line = f"{one['judgement']}ed by {one['name']}, {one['on'][:10]}{old}{reason}"
        page.write(Span(line, style), indent=3)
    for one in claim["comments"]:
        page.write(Span(f"{one['name']}: ", Style.DIM), Span(one["text"]), indent=3)


def _write_beside(one: Document, page: Page) -> None:
    """Write a citation as its words, marked in their passage."""
    text = one["passage_text"]
    if text is None:
        page.write(Span(f"{one['passage']} is not in the library", Style.WARNING), indent=3)
        return
    start, end = one["start"], one["end"]
    page.write(
        Span(text[:start], Style.DIM),
        Span(f"⟦{text[start:end]}⟧"),
        Span(text[end:], Style.DIM),
        first="| ",
        indent=3,
    )
    if one["reference"]:
        where = f" · {one['passage']} {start}:{end}"
        page.write(Span(f"{cite_in_nlm_style(one['reference'])}{where}", Style.DIM), indent=5)


def _write_difference(document: Document, page: Page) -> None:
    before, after = document["before"], document["after"]
    for version in (before, after):
        line = f"version {version['number']}, {version['made'][:10]}, {version['by']['name']}: "
        page.write(Span(line, Style.DIM), Span(version["reason"]))
    for row in document["rows"]:
        page.gap()
        page.write(Span(f"{row['fate']} {row['statement']}", Style.DIM))
        if row["before"] and row["fate"] != "kept":
            page.write(Span(_said(row["before"])), first="− ", indent=2)
        if row["after"]:
            first = "  " if row["fate"] == "kept" else "+ "
            page.write(Span(_said(row["after"]), _FATES[row["fate"]]), first=first, indent=2)


_FATES: Final = {"kept": Style.DIM, "added": Style.GOOD, "changed": Style.GOOD, "removed": Style.PLAIN}


def _said(statement: Document) -> str:
    return f"{statement['lead']} {statement['text']}".strip()


# --- lists ----------------------------------------------------------------------------------------


def _write_articles(document: Document, page: Page) -> None:
    if not document["articles"]:
        page.write(Span("none", Style.DIM))
    for one in document["articles"]:
        style = Style.GOOD if one["state"] == "approved" else Style.WARNING
        page.write(Span(one["asked"], Style.STRONG), first="• ")
        due = one["due"] or one["review_by"]
        facts = [one["id"], f"version {one['version']}"]
        facts += [f"{one['unsigned']} unsigned"] if one["unsigned"] else []
        facts += [f"with {', '.join(who['name'] for who in one['assigned'])}"] if one["assigned"] else []
        facts += [f"due {due}"] if due else []
        facts += [f"{one['reports']} reports open"] if one["reports"] else []
        page.write(
            Span(words(one["state"]), style), Span(f" · {' · '.join(facts)}", Style.DIM), indent=2
        )


def _write_history(document: Document, page: Page) -> None:
    for event in document["events"]:
        by = event["by"]
        line = f"{event['n']:>3}  {event['at']}  {words(event['action'])}"
        page.write(Span(line), Span(f"  {by['name']} ({words(by['role'])})", Style.DIM))
        told = _particulars(event["data"])
        if told:
            page.write(Span(told, Style.DIM), indent=5)
        page.write(Span(event["hash"], Style.DIM), indent=5)


_SAID: Final = (
    "move", "reason", "asked", "judgement", "statement", "interest", "text", "finding", "due", "outcome",
)  # fmt: skip


def _particulars(data: Document) -> str:
    told = [f"{name} {words(str(data[name]))}" for name in _SAID if data.get(name)]
    if data.get("reviewer"):
        told.insert(0, data["reviewer"]["name"])
    return " · ".join(told)


def _write_proof(document: Document, page: Page) -> None:
    proof = document["proof"]
    line = (
        f"{proof['events']} events of {proof['articles']} articles and {proof['journal']} lines of the"
        " journal are what was written"
    )
    page.write(Span(line, Style.GOOD))
    if proof["since"] is not None:
        page.write(Span(f"the head that was noted is in it; {proof['since']} events came since"))
    page.write(Span(f"head {proof['head']}", Style.DIM))


def _write_watch(document: Document, page: Page) -> None:
    if not document["articles"]:
        page.write(Span("no approved articles", Style.DIM))
    for one in document["articles"]:
        style = Style.GOOD if one["state"] == "approved" else Style.WARNING
        page.write(Span(one["asked"], Style.STRONG), first="• ")
        due = " · to be looked at again" if one["review_due"] else ""
        page.write(
            Span(words(one["state"]), style), Span(f" · {one['article']}{due}", Style.DIM), indent=2
        )
        for change in one["changes"]:
            page.write(Span(f"{change['weight']}: ", Style.DIM), Span(change["about"]), indent=4)
        if not one["changes"]:
            page.write(Span("nothing changed", Style.DIM), indent=4)


def _write_lint(document: Document, page: Page) -> None:
    if not document["findings"]:
        page.write(Span("no contradictions", Style.GOOD))
    for one in document["findings"]:
        page.gap()
        page.write(
            Span(f"{one['kind']}: {one['about']}", Style.WARNING), Span(f" ({one['key']})", Style.DIM)
        )
        for side in one["sides"]:
            page.write(
                Span(side["words"]),
                Span(f" {side['article']} {side['statement']}", Style.DIM),
                first="• ",
            )
        if one["why"] != "not explained":
            page.write(Span(f"differs in: {one['why']}", Style.DIM), indent=2)
        if one["explained"]:
            page.write(Span(f"explained: {one['explained']}", Style.GOOD), indent=2)


def _write_reports(document: Document, page: Page) -> None:
    for one in document["reports"]:
        page.write(Span(one["words"] or "erased"), first=f"{one['number']}. ")
    if not document["reports"]:
        page.write(Span("none", Style.DIM))


def _write_policy(document: Document, page: Page) -> None:
    for block in document["blocks"]:
        page.heading(block["title"])
        for text in block["text"]:
            page.write(Span(text))
        _write_items(block["items"], page)


def _write_items(items: Iterable[Any], page: Page) -> None:
    for name, meaning in items:
        page.write(Span(name, Style.STRONG), Span(f": {meaning}"), first="• ")


_PAGES: Final[Mapping[str, Callable[[Document, Page], None]]] = {
    "article": _write_article,
    "status": _write_status,
    "claims": _write_claims,
    "difference": _write_difference,
    "articles": _write_articles,
    "history": _write_history,
    "proof": _write_proof,
    "watch": _write_watch,
    "lint": _write_lint,
    "reports": _write_reports,
    "policy": _write_policy,
}
