"""People and the log of their accounts as a page of text. Takes the plain documents, decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.surfaces.cli.page import Page, Span, Style


def render(name: str, value: Any, page: Page) -> None:
    """Write the document ``name``: ``people``, ``person`` or ``log``."""
    if name == "log":
        for entry in value:
            _write_entry(entry, page)
    elif name == "people":
        for person in value:
            _write_person(person, page)
    else:
        _write_person(value, page)
    if not value:
        page.write(Span("none", Style.DIM))


def _write_person(person: Mapping[str, Any], page: Page) -> None:
    roles = ", ".join(role.replace("_", " ") for role in person["roles"]) or "no role"
    page.write(Span(person["name"], Style.STRONG), Span(f" · {roles}"))
    facts = [person["id"]]
    if person.get("email"):
        facts.append(person["email"])
    if person.get("scopes"):
        facts.append(f"reads {', '.join(person['scopes'])}")
    if person.get("has_second_factor"):
        facts.append("second factor")
    page.write(Span(" · ".join(facts), Style.DIM), indent=2)
    for is_so, words in (
        (person.get("disabled"), "closed"),
        (person.get("is_locked"), "locked out for now"),
        (person.get("has_password") is False and not person.get("has_sign_on"), "no password yet"),
    ):
        if is_so:
            page.write(Span(words, Style.WARNING), indent=2)
    if person.get("link"):
        page.write(Span("Opens once, to choose a password:"), indent=2)
        page.write(Span(person["link"]), indent=2)
    if person.get("mailed"):
        page.write(Span("A letter with the link to choose a password is on its way."), indent=2)


def _write_entry(entry: Mapping[str, Any], page: Page) -> None:
    said = entry["event"].replace("_", " ")
    if entry["detail"]:
        said += f": {entry['detail']}"
    where = f" from {entry['address']}" if entry["address"] else ""
    by = entry["actor"] or "somebody not signed in"
    about = f" · {entry['person']}" if entry["person"] else ""
    page.write(Span(f"{entry['at']}  "), Span(said, Style.STRONG), Span(f"{about} · by {by}{where}"))
