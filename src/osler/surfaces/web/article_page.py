"""The page of an article: its answer as any answer is printed, and what makes it an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request
from markupsafe import Markup

from osler.errors import NotFoundError
from osler.model.editorial import State
from osler.model.reader import Reader
from osler.service.articles.known import match
from osler.service.articles.show import show_article
from osler.surfaces.web.answer_page import EXPORTS, PARTS, iter_parts, joined, names_of
from osler.surfaces.web.asking import Asking
from osler.surfaces.web.bodies import Made
from osler.surfaces.web.pages import render_for_all
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.sessions import site_address, who_asks

NOT_FOR_VISITORS: Final = frozenset({State.DRAFT, State.DECLINED})
"""Articles that nobody has put before readers."""
LEFT_OUT: Final = frozenset({"question", "state", "clarify", "mechanism", "simulation", "tools", "end"})
"""Parts of an answer that an article has in its own words."""
OF_THE_READER: Final = frozenset({"readers", "next"})
"""Parts that lead on from where the reader is."""

FOLLOWING: Final = frozenset({"next", "references"})
"""Parts that stand behind what can be done with the article."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An article as somebody opens it.

    Attributes:
        slug: Its place in an address.
        reader: Who reads.
        version: An earlier version, or None.
        asked: The question that led here, or empty.
    """

    slug: str
    reader: Reader
    version: int | None = None
    asked: str = ""

    def address(self, path: str = "") -> str:
        """Return the address of the article, or of ``path`` beneath it, for the same reader."""
        version = {"version": str(self.version)} if self.version else {}
        asked = {"asked": self.asked} if self.asked and not path else {}
        return f"/articles/{self.slug}{path}?{urlencode({'as': self.reader.value, **version, **asked})}"


def readable(request: Request, opened: Opened) -> Mapping[str, Any]:
    """Return the document of an article where whoever asks may see it.

    Raises:
        NotFoundError: There is none, or nobody has put it before readers.
    """
    with parts_of(request).desks.borrow() as desk:
        document = show_article(desk, opened.slug, version=opened.version, reader=opened.reader)
    if State(document["article"]["state"]) in NOT_FOR_VISITORS and not is_of_the_desk(request):
        raise NotFoundError("no article has this address", code="not_found.article")
    return document


def is_of_the_desk(request: Request) -> bool:
    """Tell whether whoever asks has a part in writing or reviewing; an account alone is none."""
    current = who_asks(request).signed_in
    return current is not None and bool(current.account.person.roles)


def names_of_article(request: Request, opened: Opened, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the template of an article uses."""
    facts = document["article"]
    names = names_of(document, Asking(facts["question"]["asked"], opened.reader))
    names |= {
        "of_article": facts["slug"],
        "exports": {to: opened.address(f"/export/{to}") for to in (*EXPORTS, "txt")},
        "reader_pages": {reader.value: replace(opened, reader=reader).address() for reader in Reader},
    }
    is_indexed = facts["index"] and facts["shown_version"] == facts["version"]
    place = f"/articles/{facts['slug']}" + (f"?version={opened.version}" if opened.version else "")
    return {
        **names,
        "facts": facts,
        "standing": names["laid"].standing,
        "is_indexed": is_indexed,
        "notices": document["envelope"]["notices"],
        "link": site_address(request) + place,
        "led_here": _led_here(request, opened, facts),
        "body": _body(request, names, [part for part in PARTS if part not in FOLLOWING]),
        "following": _body(request, names, [part for part in PARTS if part in FOLLOWING]),
    }


def _body(request: Request, names: Mapping[str, Any], wanted: Sequence[str]) -> Markup:
    """Return the markup of these parts of what an article says, which was read and proved just now."""
    facts, bodies = names["laid"].document["article"], parts_of(request).bodies
    parts: list[str] = []
    for part in wanted:
        if part in OF_THE_READER:
            parts += [markup for _part, markup in iter_parts(request, names, [part])]
        elif part not in LEFT_OUT:
            made = Made(
                facts["head"], facts["state"], facts["shown_version"], names["asking"].reader, part
            )
            make = partial(render_for_all, request, f"answer/{part}.html", names)
            parts.append(bodies.body(made, make).strip())
    return joined(parts)


def _led_here(request: Request, opened: Opened, facts: Mapping[str, Any]) -> Mapping[str, str] | None:
    """Return the question that led here and why it is the same; None where it is another one."""
    if not opened.asked:
        return None
    with parts_of(request).desks.borrow() as desk:
        matched = match(desk, opened.asked)
    if matched is None or matched.card.id != facts["id"]:
        return None
    again = Asking(opened.asked, opened.reader, anew=True)
    same = opened.asked == facts["question"]["asked"]
    return {"asked": "" if same else opened.asked, "why": matched.why, "anew": again.address()}
