"""Where an article stands, in the words that page and exports share. Nothing is worked out anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from osler.surfaces.words import Document, counted

SIGNED: Final = "The signature means: read beside the cited words, and found to say what they say."
APPROVED_BY: Final = "The signature means: the review is complete by the editorial policy."
EARLIER: Final = "An earlier version: nobody's signature is printed with it."


@dataclass(frozen=True, slots=True)
class LaidStanding:
    """Where an article stands.

    Attributes:
        id: ``art_…``.
        title: Its question.
        state: In words.
        is_current: Whether the version shown is the newest.
        is_approved: Whether the version shown is approved.
        version: The version shown.
        updated: ISO date of the last version or move.
        line: Version and dates.
        caution: What a reader must know of it first, or empty.
        signed: Who signed the version shown, and when, each with what the signature means.
        disclaimer: The terms of use of this page.
    """

    id: str
    title: str
    state: str
    is_current: bool
    is_approved: bool
    version: str
    updated: str
    line: str
    caution: str
    signed: tuple[tuple[str, str], ...]
    disclaimer: str

    @property
    def named(self) -> str:
        """The article and its version, in one word each."""
        return f"{self.id} version {self.version}"

    @property
    def mark(self) -> str:
        """What stands across a page that is not approved, or empty."""
        if self.is_approved:
            return ""
        return (self.state if self.is_current else "An earlier version").upper()

    @property
    def note(self) -> str:
        """State, version, dates and names in one line, for formats that have one field for them."""
        said = ". ".join(signed for signed, _ in self.signed)
        return ". ".join(
            part for part in (self.state, self.line, self.caution.rstrip("."), said) if part
        )


def lay_out_standing(document: Document) -> LaidStanding:
    """Return where the article of ``document`` stands; an earlier version has no signatures."""
    facts, answer = document["article"], document["answer"]
    shown = facts["shown_version"]
    is_current = shown == facts["version"]
    is_approved = bool(facts["is_approved"]) and is_current
    asked = str(facts["question"]["asked"])
    updated = str(facts["updated"])[:10]
    return LaidStanding(
        id=facts["id"],
        title=asked,
        state=str(facts["state"]).replace("_", " ").capitalize(),
        is_current=is_current,
        is_approved=is_approved,
        version=str(shown),
        updated=updated,
        line=_line(facts, shown),
        caution=_caution(facts, is_current=is_current),
        signed=tuple(_signed(facts)) if is_current else (),
        disclaimer=_disclaimer(
            f"On “{asked}”, version {shown}", updated, answer, is_approved=is_approved
        ),
    )


def _line(facts: Mapping[str, Any], shown: int) -> str:
    parts = [f"Version {shown} of {facts['version']}", f"last updated {facts['updated'][:10]}"]
    if facts["review_by"]:
        parts.append(f"reviewed again by {facts['review_by']}")
    return " · ".join(parts)


def _caution(facts: Mapping[str, Any], *, is_current: bool) -> str:
    said = [] if is_current else [EARLIER]
    if facts["caution"]:
        said.append(facts["caution"])
        if facts["reason"]:
            said.append(f"Why: {facts['reason'].rstrip('.')}.")
    return " ".join(said)


def _signed(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for one in facts["signed_by"]:
        statements = counted(one["statements"], "statement")
        yield f"{one['name']} signed {statements} of this version, last on {one['on'][:10]}", SIGNED
    if approved := facts["approved_by"]:
        yield f"{approved['name']} approved it on {approved['on'][:10]}", APPROVED_BY


def _disclaimer(begun: str, updated: str, answer: Mapping[str, Any], *, is_approved: bool) -> str:
    if not is_approved:
        return f"{begun}: {answer['disclaimer']}"
    terms = "for professionals who can check the sources; not advice for one person"
    if answer["reader"] == "patient":
        terms = "information about research, not advice for you: ask those who treat you"
    return f"{begun}: reviewed by the people named above, up to {updated}; {terms}."
