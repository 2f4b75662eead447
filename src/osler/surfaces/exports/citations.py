"""The reference list for reference managers: RIS, BibTeX and CSL-JSON.

Of an article the list begins with the article itself: its version, its state, who signed it and when.
What a format has no field for (the number in the text, design, n, standing) goes to its notes. Each
field is one line, with what would end a field or an entry escaped or left out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from osler.surfaces.cli.render_reference import nature, standing
from osler.surfaces.layout.article import LaidStanding
from osler.surfaces.layout.reference import is_web_address
from osler.surfaces.words import Document

ARTICLE: Final = "article"
RIS_TYPES: Final[Mapping[str, str]] = {ARTICLE: "JOUR", "report": "RPRT"}
CSL_TYPES: Final[Mapping[str, str]] = {ARTICLE: "article-journal", "report": "report"}
BIBTEX_TYPES: Final[Mapping[str, str]] = {ARTICLE: "article", "report": "techreport"}
PUBLISHER: Final = "Osler"
ET_AL: Final = "et al"
_INITIALS: Final = re.compile(r"[A-Z]{1,4}")
_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def write_ris(references: Iterable[Document], *, page: LaidStanding | None = None) -> str:
    """Return ``references`` as RIS, after the article ``page`` that they are those of."""
    entries = [*([_ris_page(page)] if page else []), *map(_ris, references)]
    return "".join(f"{line}\r\n" for entry in entries for line in entry)


def _ris_page(page: LaidStanding) -> Iterator[str]:
    yield "TY  - ELEC"
    fields = [("ID", page.id), ("TI", page.title), ("PB", PUBLISHER), ("PY", page.updated[:4])]
    fields += [("DA", page.updated.replace("-", "/")), ("ET", page.version), ("N1", page.note)]
    yield from (f"{tag}  - {_line(value)}" for tag, value in fields)
    yield "ER  - "


def _ris(reference: Document) -> Iterator[str]:
    yield f"TY  - {RIS_TYPES[_type(reference)]}"
    fields: list[tuple[str, object]] = [("ID", reference["source"])]
    fields += [("AU", _comma(author)) for author in _named(reference)]
    fields += [
        ("TI", reference["title"]),
        ("T2", reference["container"]),
        ("PY", reference["year"]),
        ("DO", reference["doi"]),
        ("AN", reference["pmid"]),
        ("DB", "PubMed" if reference["pmid"] else None),
        ("C2", reference["pmcid"]),
        ("UR", _address(reference)),
        ("N1", note(reference)),
    ]
    yield from (f"{tag}  - {_line(value)}" for tag, value in fields if value)
    yield "ER  - "


def write_csl(references: Iterable[Document], *, page: LaidStanding | None = None) -> str:
    """Return ``references`` as CSL-JSON, after the article ``page`` that they are those of."""
    entries = [*([_csl_page(page)] if page else []), *map(_csl, references)]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _csl_page(page: LaidStanding) -> dict[str, Any]:
    return {
        "id": page.id,
        "type": "webpage",
        "title": page.title,
        "publisher": PUBLISHER,
        "version": page.version,
        "issued": {"date-parts": [[int(part) for part in page.updated.split("-")]]},
        "note": page.note,
    }


def _csl(reference: Document) -> dict[str, Any]:
    year = reference["year"]
    entry = {
        "id": reference["source"],
        "type": CSL_TYPES[_type(reference)],
        "title": reference["title"],
        "author": [_csl_name(author) for author in _named(reference)],
        "container-title": reference["container"],
        "issued": {"date-parts": [[year]]} if year else None,
        "DOI": reference["doi"],
        "PMID": reference["pmid"],
        "PMCID": reference["pmcid"],
        "URL": _address(reference),
        "note": note(reference),
    }
    return {name: value for name, value in entry.items() if value}


def _csl_name(author: str) -> dict[str, str]:
    family, given = _name(author)
    return {"family": family, "given": given} if given else {"literal": author}


def write_bibtex(references: Sequence[Document], *, page: LaidStanding | None = None) -> str:
    """Return ``references`` as BibTeX for a UTF-8 engine (biber); keys are author, year and number.

    The article ``page`` that they are those of comes first, under its own id.
    """
    return "\n".join([*([_bibtex_page(page)] if page else []), *map(_bibtex, references)])


def _bibtex_page(page: LaidStanding) -> str:
    fields = [("title", f"{{{_tex(page.title)}}}"), ("organization", PUBLISHER)]
    fields += [("version", page.version), ("date", page.updated), ("note", _tex(page.note))]
    lines = [f"  {name} = {{{value}}}," for name, value in fields]
    return "\n".join([f"@online{{{page.id},", *lines, "}\n"])


def _bibtex(reference: Document) -> str:
    kind = BIBTEX_TYPES[_type(reference)]
    container = "journal" if kind == ARTICLE else "institution"
    fields: list[tuple[str, object]] = [
        ("author", " and ".join([*map(_bibtex_name, _named(reference)), *_others(reference)])),
        ("title", f"{{{_tex(reference['title'])}}}" if reference["title"] else ""),
        (container, _tex(reference["container"] or "")),
        ("year", reference["year"]),
        ("doi", _braced(reference["doi"])),
        ("pmid", reference["pmid"]),
        ("pmcid", reference["pmcid"]),
        ("url", _braced(_address(reference))),
        ("note", _tex(note(reference))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@{kind}{{{_key(reference)},", *lines, "}\n"])


def note(reference: Document) -> str:
    """Return what formats of references have no field for, in one line."""
    number = f"[{reference['number']}]"
    held = nature(reference).replace("\N{NO-BREAK SPACE}", " ")
    return " · ".join(part for part in (number, held, standing(reference)) if part)


def _type(reference: Document) -> str:
    """Return ``article`` for what stands in a journal, guidelines too, else ``report``."""
    in_journal = reference["kind"] == "research" or reference["pmid"] or reference["pmcid"]
    return ARTICLE if in_journal else "report"


def _named(reference: Document) -> list[str]:
    """Return the authors without what only stands for more of them."""
    return [author for author in reference["authors"] if _line(author).rstrip(".").lower() != ET_AL]


def _others(reference: Document) -> list[str]:
    """Return how BibTeX says that there are more authors than are known, if there are."""
    return ["others"] if len(_named(reference)) < len(reference["authors"]) else []


def _address(reference: Document) -> str | None:
    address = str(reference["url"] or "")
    return address if is_web_address(address) else None


def _key(reference: Document) -> str:
    author = next(iter(_named(reference)), reference["kind"])
    folded = unicodedata.normalize("NFKD", _name(author)[0])
    word = "".join(letter for letter in folded if letter.isascii() and letter.isalnum()).lower()
    return f"{word or 'source'}{reference['year'] or ''}n{reference['number']}"


def _name(author: str) -> tuple[str, str]:
    """Return family name and initials of ``Abbas CC``; a group's name has no initials."""
    family, _, given = _line(author).rpartition(" ")
    return (family, given) if family and _INITIALS.fullmatch(given) else (_line(author), "")


def _comma(author: str) -> str:
    family, given = _name(author)
    return f"{family}, {' '.join(f'{letter}.' for letter in given)}" if given else family


def _bibtex_name(author: str) -> str:
    family, given = _name(author)
    return (
        f"{_tex(family)}, {' '.join(f'{letter}.' for letter in given)}"
        if given
        else f"{{{_tex(family)}}}"
    )


def _line(value: object) -> str:
    return " ".join(str(value).split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _line(text))


def _braced(address: object) -> str:
    """Return an address as it is, but for braces, which would end the field."""
    return _line(address or "").replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
