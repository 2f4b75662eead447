"""The formats by name. Light: the command line reads it at every start."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Format(StrEnum):
    """What an answer can be exported to."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    WORD = "docx"
    JSON = "json"
    RIS = "ris"
    BIBTEX = "bibtex"
    CSL = "csl"
    FHIR = "fhir"
    TEXT = "txt"


MEDIA: Final[Mapping[Format, tuple[str, str]]] = {
    Format.MARKDOWN: ("text/markdown; charset=utf-8", "md"),
    Format.HTML: ("text/html; charset=utf-8", "html"),
    Format.PDF: ("application/pdf", "pdf"),
    Format.WORD: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    Format.JSON: ("application/json", "json"),
    Format.RIS: ("application/x-research-info-systems; charset=utf-8", "ris"),
    Format.BIBTEX: ("application/x-bibtex; charset=utf-8", "bib"),
    Format.CSL: ("application/vnd.citationstyles.csl+json", "json"),
    Format.TEXT: ("text/plain; charset=utf-8", "txt"),
}
"""Media type and ending of each; FHIR comes with a later release."""
