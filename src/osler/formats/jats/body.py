"""The text of a JATS article in reading order: abstract, sections with their headings, tables, figures.

Citation marks are taken out so that nothing is left of them: ``risk [<xref>3</xref>, <xref>4</xref>].``
reads ``risk.``, and ``20 mg<sup><xref>3</xref></sup>`` reads ``20 mg``. References are not text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from osler.formats.labels import role_of, split_labels
from osler.formats.markup import clean, inner_text, tidy
from osler.model.passage import Role
from osler.model.record import Block

SEPARATOR: Final = " › "
OMITTED: Final = "[…]"
"""Stands for a formula that the article gives only as a picture or in a notation nobody can quote."""

# Stands where a citation mark stood until the punctuation around it is cleared.
_MARK: Final = "\ue000"
_CITED: Final = frozenset({"bibr", "ref", "fn", "table-fn", "author-notes", "corresp", "aff"})
_SILENT: Final = frozenset(
    {
        "fn", "fn-group", "table-wrap", "table-wrap-group", "fig", "fig-group", "ref-list", "graphic",
        "media", "supplementary-material", "object-id", "label",
        "annotation", "boxed-text", "disp-quote", "list", "def-list", "permissions", "alt-text",
        "long-desc", "attrib", "inline-supplementary-material",
    }
)  # fmt: skip
_YEAR_IN_BRACKETS: Final = re.compile(r"(?:1[89]|20)\d\d[a-z]?")
_BETWEEN: Final = r"[\s,;\-–—−‐&\ue000]|and\b"
_LEAD: Final = r"(?:e\.?g\.?|see(?: also)?|cf\.?|reviewed (?:in|by)|refs?\.?|references?|i\.?e\.?)?"
_PAGES: Final = r"(?:,?\s*pp?\.\s*[\d–-]+\.?)?"
_BRACKETED: Final = re.compile(
    rf"\s*[\[(]{_LEAD}(?:{_BETWEEN})*\ue000(?:{_BETWEEN})*{_PAGES}[\])]", re.IGNORECASE
)
_IN_BRACKETS: Final = re.compile(r"\s*(?:[,;]\s*)?(?:\ue000(?:\s*[,;–—-]\s*)?)+(?=[\])])")
_RUN: Final = re.compile(r"\s*(?:\ue000(?:[,;–—‐-]|\s*[,;–—-]\s*(?=\ue000)|\s+(?=\ue000))*)+")
_EMPTY_BRACKETS: Final = re.compile(rf"\s*(?:\[\s*\]|\({_LEAD}[,;]?\s*\))", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \t]{2,}")

_SEC_TYPES: Final = {
    "intro": Role.BACKGROUND,
    "introduction": Role.BACKGROUND,
    "background": Role.BACKGROUND,
    "objective": Role.OBJECTIVE,
    "methods": Role.METHODS,
    "materials|methods": Role.METHODS,
    "materials": Role.METHODS,
    "subjects": Role.METHODS,
    "methods|subjects": Role.METHODS,
    "results": Role.RESULTS,
    "cases": Role.RESULTS,
    "discussion": Role.DISCUSSION,
    "results|discussion": Role.RESULTS,
    "conclusions": Role.CONCLUSIONS,
    "conclusion": Role.CONCLUSIONS,
}
_LEFT_OUT: Final = frozenset(
    {
        "supplementary-material", "coi-statement", "conflict", "funding", "contributions", "disclosure",
        "data-availability", "ack", "ethics-statement", "author-contributions",
    }
)  # fmt: skip
_LEFT_OUT_TITLES: Final = re.compile(
    r"(?:competing|conflicts? of|declaration of|financial) (?:\w+ )?interests?|funding|"
    r"authors?['’]? contributions?|"
    r"acknowledge?ments?|pre-publication history|supplementary (?:material|data|information)|"
    r"supporting information|abbreviations|references|ethics (?:approval|statement)|disclosures?|"
    r"availability of data(?: and materials?)?|data availability|consent for publication|"
    r"additional files?",
    re.IGNORECASE,
)


def inline(element: Element) -> str:
    """Return the text inside ``element`` without citation marks; white space as it stands."""
    return _clear_marks(inner_text(element, special=_special))


def read_abstracts(meta: Element) -> tuple[Block, ...]:
    """Return the abstract; translations, teasers and graphical abstracts are left out."""
    for abstract in meta.findall("abstract"):
        if abstract.get("abstract-type") in {
            "teaser",
            "graphical",
            "precis",
            "toc",
            "summary",
            "editor",
        }:
            continue
        blocks = tuple(_read_abstract(abstract))
        if blocks:
            return blocks
    return ()


def read_body(article: Element) -> Iterator[Block]:
    """Yield paragraphs, lists, tables and figure captions in order, each with its path of headings."""
    body = article.find("body")
    if body is not None:
        yield from _read_section(body, (), Role.UNLABELLED)
    floats = article.find("floats-group")
    if floats is not None:
        yield from _read_section(floats, (), Role.UNLABELLED)


def _special(child: Element, _before: str) -> str | None:
    """Say what stands for a child that is not ordinary inline markup."""
    tag = child.tag
    if tag == "xref":
        kind = child.get("ref-type")
        if kind == "bibr":
            words = inner_text(child)
            return _MARK if _is_number(words) else words
        return _MARK if kind in _CITED else None
    if tag == "sup":
        words = inner_text(child, special=_special)
        if _MARK in words:
            rest = words.replace(_MARK, "").strip(" ,;–—-−‐\t\n")
            return _MARK if not rest or _is_number(rest) else None
        return None
    if tag in {"break", "hr"}:
        return " "
    if tag == "alternatives":
        for choice in child:
            if choice.tag != "tex-math" and str(choice.tag).endswith(("math", "textual-form")):
                return inner_text(_wrapped(choice), special=_special)
        return OMITTED
    if tag in {"inline-graphic", "tex-math"}:
        return OMITTED
    return "" if tag in _SILENT else None


def _wrapped(choice: Element) -> Element:
    wrapper = Element("formula")
    wrapper.append(choice)
    return wrapper


def _is_number(words: str) -> bool:
    """Tell whether the words of a citation are only a mark, and not "Smith et al." or a year."""
    core = words.strip(" []()\t\n,;.")
    if not core:
        return True
    if _YEAR_IN_BRACKETS.fullmatch(core):
        return False
    return not any(char.isalpha() for char in core) or bool(
        re.fullmatch(r"[A-Za-z]?\d{1,3}[a-z]?", core)
    )


def _clear_marks(text: str) -> str:
    if _MARK not in text:
        return text
    text = _BRACKETED.sub("", text)
    text = _IN_BRACKETS.sub("", text)
    text = _RUN.sub(_after_run, text)
    text = _EMPTY_BRACKETS.sub("", text)
    return _SPACES.sub(" ", text)


def _after_run(found: re.Match[str]) -> str:
    """Return what stays where citation marks stood: a space if words would grow together."""
    text, start, end = found.string, found.start(), found.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    ended = found[0][-1]
    kept = ended if ended in ",;" and after.isspace() and before not in ",;" else ""
    if after.isalnum() or (after and after in "([“\"'" and found[0][0].isspace()):
        return kept + " "
    return kept


def _prose(element: Element) -> str:
    return clean(tidy(inline(element)))


def _read_abstract(abstract: Element) -> Iterator[Block]:
    sections = abstract.findall("sec")
    for child in abstract:
        if child.tag == "sec":
            label = _heading(child)
            text = " ".join(part for part in (_prose(p) for p in child.iter("p")) if part)
            if text:
                yield Block(text, _section_role(child, label, Role.UNLABELLED), label.rstrip(":."))
        elif child.tag == "p":
            text = _prose(child)
            if text:
                yield from _paragraph_with_label(child, text, many=bool(sections))


def _paragraph_with_label(element: Element, text: str, *, many: bool) -> Iterator[Block]:
    """Yield a paragraph of an abstract; a bold beginning that names a section is its label."""
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if first is not None and first.tag in {"bold", "b", "italic"} and not many:
        label = tidy(inline(first))
        role = role_of(label.rstrip(" :."))
        if role is not Role.UNLABELLED and text.startswith(label) and len(label) < 60:
            rest = text[len(label) :].lstrip(" :.")
            if rest:
                yield Block(rest, role, label.rstrip(" :."))
                return
    yield from split_labels(text)


def _heading(section: Element) -> str:
    title = section.find("title")
    return _prose(title) if title is not None else ""


def _section_role(section: Element, title: str, above: Role) -> Role:
    stated = _SEC_TYPES.get((section.get("sec-type") or "").lower())
    if stated is not None:
        return stated
    if above in {Role.METHODS, Role.RESULTS, Role.DISCUSSION, Role.CONCLUSIONS, Role.BACKGROUND}:
        return above
    named = role_of(re.sub(r"^[\d.\sIVX]+(?=[A-Z])", "", title))
    return named if named is not Role.UNLABELLED else above


def _is_left_out(section: Element, title: str) -> bool:
    return (section.get("sec-type") or "").lower() in _LEFT_OUT or bool(
        _LEFT_OUT_TITLES.fullmatch(title.strip(" .:"))
    )


def _read_section(section: Element, path: tuple[str, ...], role: Role) -> Iterator[Block]:
    heading = SEPARATOR.join(path)
    for child in section:
        tag = child.tag
        if tag == "sec":
            title = _heading(child)
            if _is_left_out(child, title):
                continue
            below = (*path, title) if title else path
            yield from _read_section(child, below, _section_role(child, title, role))
        elif tag == "p":
            yield from _read_paragraph(child, heading, role)
        elif tag in {"list", "def-list"}:
            yield from _read_list(child, heading, role)
        elif tag in {"table-wrap", "table-wrap-group", "fig", "fig-group"}:
            yield from _read_float(child, heading, role)
        elif tag in {"boxed-text", "disp-quote", "statement", "app", "app-group", "disp-formula-group"}:
            yield from _read_section(child, path, role)
        elif tag == "disp-formula":
            text = _prose(child)
            if text.replace(OMITTED, ""):
                yield Block(text, role, heading=heading)


def _read_paragraph(element: Element, heading: str, role: Role) -> Iterator[Block]:
    text = _prose(element)
    if text:
        yield Block(text, role, heading=heading)
    for child in element:
        if child.tag in {"list", "def-list"}:
            yield from _read_list(child, heading, role)
        elif child.tag in {"table-wrap", "fig", "fig-group", "table-wrap-group"}:
            yield from _read_float(child, heading, role)
        elif child.tag in {"boxed-text", "disp-quote"}:
            for paragraph in child.iter("p"):
                yield from _read_paragraph(paragraph, heading, role)


def _read_list(element: Element, heading: str, role: Role) -> Iterator[Block]:
    for item in element:
        if item.tag == "def-item":
            parts = [_prose(part) for part in item.iter() if part.tag in {"term", "p"}]
            text = ": ".join(part for part in parts if part)
            if text:
                yield Block(text, role, heading=heading)
            continue
        for child in item:
            if child.tag == "p":
                yield from _read_paragraph(child, heading, role)
            elif child.tag in {"list", "def-list"}:
                yield from _read_list(child, heading, role)


def _read_float(element: Element, heading: str, role: Role) -> Iterator[Block]:
    if element.tag in {"fig-group", "table-wrap-group"}:
        for child in element:
            if child.tag in {"fig", "table-wrap"}:
                yield from _read_float(child, heading, role)
        return
    found = element.find("label")
    label = clean(tidy(inner_text(found))).rstrip(".:") if found is not None else ""
    caption = element.find("caption")
    text = " ".join(part for part in map(_prose, caption if caption is not None else ()) if part)
    if element.tag == "fig":
        if text:
            yield Block(text, role, label, heading)
        return
    rows = [row for table in element.iter("table") for row in _read_rows(table)]
    whole = "\n".join([text, *rows] if text else rows)
    if whole:
        yield Block(whole, Role.TABLE, label, heading)


def _read_rows(table: Element) -> Iterator[str]:
    for row in table.iter("tr"):
        cells = [_prose(cell) for cell in row if cell.tag in {"td", "th"}]
        if any(cells):
            yield " | ".join(cells)
