"""The reference list for reference managers: RIS, BibTeX and CSL-JSON.

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
from osler.surfaces.words import Document

RIS_TYPES: Final[Mapping[str, str]] = {"guideline": "RPRT", "label": "RPRT", "research": "JOUR"}
CSL_TYPES: Final[Mapping[str, str]] = {
    "guideline": "report",
    "label": "report",
    "research": "article-journal",
}
BIBTEX_TYPES: Final[Mapping[str, str]] = {
    "guideline": "techreport",
    "label": "techreport",
    "research": "article",
}
_INITIALS: Final = re.compile(r"[A-Z]{1,4}")
_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def write_ris(references: Iterable[Document]) -> str:
    """Return ``references`` as RIS."""
    return "".join(f"{entry}\r\n" for reference in references for entry in _ris(reference))


def _ris(reference: Document) -> Iterator[str]:
    yield f"TY  - {RIS_TYPES.get(reference['kind'], 'GEN')}"
    fields: list[tuple[str, object]] = [("ID", reference["source"])]
    fields += [("AU", _comma(author)) for author in reference["authors"]]
    fields += [
        ("TI", reference["title"]),
        ("T2", reference["container"]),
        ("PY", reference["year"]),
        ("DO", reference["doi"]),
        ("AN", reference["pmid"]),
        ("DB", "PubMed" if reference["pmid"] else None),
        ("C2", reference["pmcid"]),
        ("UR", reference["url"]),
        ("N1", note(reference)),
    ]
    yield from (f"{tag}  - {_line(value)}" for tag, value in fields if value)
    yield "ER  - "


def write_csl(references: Iterable[Document]) -> str:
    """Return ``references`` as CSL-JSON."""
    return json.dumps([_csl(each) for each in references], ensure_ascii=False, indent=2) + "\n"


def _csl(reference: Document) -> dict[str, Any]:
    year = reference["year"]
    entry = {
        "id": reference["source"],
        "type": CSL_TYPES.get(reference["kind"], "document"),
        "title": reference["title"],
        "author": [_csl_name(author) for author in reference["authors"]],
        "container-title": reference["container"],
        "issued": {"date-parts": [[year]]} if year else None,
        "DOI": reference["doi"],
        "PMID": reference["pmid"],
        "PMCID": reference["pmcid"],
        "URL": reference["url"],
        "note": note(reference),
    }
    return {name: value for name, value in entry.items() if value}


def _csl_name(author: str) -> dict[str, str]:
    family, given = _name(author)
    return {"family": family, "given": given} if given else {"literal": author}


def write_bibtex(references: Sequence[Document]) -> str:
    """Return ``references`` as BibTeX for a UTF-8 engine (biber); keys are author, year and number."""
    return "\n".join(_bibtex(reference) for reference in references)


def _bibtex(reference: Document) -> str:
    kind = BIBTEX_TYPES.get(reference["kind"], "misc")
    container = "journal" if kind == "article" else "institution"
    fields: list[tuple[str, object]] = [
        ("author", " and ".join(_bibtex_name(author) for author in reference["authors"])),
        ("title", f"{{{_tex(reference['title'])}}}" if reference["title"] else ""),
        (container, _tex(reference["container"] or "")),
        ("year", reference["year"]),
        ("doi", _braced(reference["doi"])),
        ("pmid", reference["pmid"]),
        ("pmcid", reference["pmcid"]),
        ("url", _braced(reference["url"])),
        ("note", _tex(note(reference))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@{kind}{{{_key(reference)},", *lines, "}\n"])


def note(reference: Document) -> str:
    """Return what formats of references have no field for, in one line."""
    number = f"[{reference['number']}]"
    held = nature(reference).replace("\N{NO-BREAK SPACE}", " ")
    return " · ".join(part for part in (number, held, standing(reference)) if part)


def _key(reference: Document) -> str:
    author = reference["authors"][0] if reference["authors"] else reference["kind"]
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
