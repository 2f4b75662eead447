"""An answer as a file: each format keeps words, leads, numbers, references, disclaimer and the mark."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from html.parser import HTMLParser
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from osler.errors import UsageError
from osler.formats.bibliography import read_csl, read_ris
from osler.model.record import Record
from osler.surfaces.exports.citations import write_bibtex, write_csl, write_ris
from osler.surfaces.exports.export import export
from osler.surfaces.exports.extra import require_extra
from osler.surfaces.exports.formats import Format
from osler.surfaces.exports.markdown import escape
from osler.surfaces.layout.answer import lay_out

READABLE = [Format.MARKDOWN, Format.HTML, Format.WORD, Format.TEXT]
NASTY = "<b>&amp;</b> *a* _b_ `c` [d](javascript:e) | f \\ # 1. {g} $h$ %i \"j\" 'k' ~l~ ^"


class Words(HTMLParser):
    """The text of a page, as a reader sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(to: Format, body: bytes) -> str:
    """Return what a reader of the file sees, in one line."""
    text = body.decode() if to is not Format.WORD else ""
    if to is Format.MARKDOWN:
        text = words(MarkdownIt("commonmark").enable("table").render(text))
    elif to is Format.HTML:
        text = words(text.split("</style>", 1)[1])
    elif to is Format.WORD:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = [
                name for name in archive.namelist() if re.match(r"word/(document|header\d)\.xml", name)
            ]
            text = words(" ".join(archive.read(name).decode() for name in parts))
    return " ".join(text.split())


def words(page: str) -> str:
    reader = Words()
    reader.feed(page)
    return reader.text


@pytest.mark.parametrize("to", READABLE)
def test_a_file_holds_every_statement_with_its_lead_and_its_number(
    document: dict[str, Any], to: Format
) -> None:
    text = read(to, export(document, to).body)
    laid = lay_out(document)
    assert len(laid.statements) > 8
    for statement in laid.statements:
        told = f"{statement.lead} {statement.text} {statement.proof}".strip()
        assert " ".join(told.split()) in text


@pytest.mark.parametrize("to", READABLE)
def test_a_file_holds_every_figure_reference_limit_and_the_disclaimer(
    document: dict[str, Any], to: Format
) -> None:
    text = read(to, export(document, to).body)
    laid = lay_out(document)
    for reference in laid.references:
        assert " ".join(reference.cited.split()) in text
    for panel in laid.panels:
        for figure in panel.figures:
            assert figure.mark.shown in text
    for conflict in laid.conflicts:
        assert all(side.words in text for side in conflict.sides)
    assert laid.answer["disclaimer"] in text
    assert "NOT REVIEWED" in text
    assert laid.searched in text


@pytest.mark.parametrize("to", READABLE)
def test_text_of_a_source_stays_text(document: dict[str, Any], to: Format) -> None:
    changed = json.loads(json.dumps(document))
    changed["answer"]["bottom_line"]["plain"] = None
    changed["answer"]["bottom_line"]["text"] = NASTY
    changed["answer"]["references"][0]["title"] = NASTY
    text = read(to, export(changed, to).body)
    assert text.count(NASTY) >= 2


def test_html_asks_for_nothing_and_holds_no_script(document: dict[str, Any]) -> None:
    page = export(document, Format.HTML).body.decode()
    reader = Words()
    reader.feed(page)
    assert not {"script", "img", "link", "iframe", "object"} & set(reader.tags)
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "svg" in reader.tags


def test_an_address_that_is_not_of_the_web_is_no_link(document: dict[str, Any]) -> None:
    changed = json.loads(json.dumps(document))
    for reference in changed["answer"]["references"]:
        reference.update(pmid=None, pmcid=None, doi=None, url="javascript:alert(1)")
    for to in (Format.HTML, Format.RIS, Format.CSL, Format.BIBTEX):
        body = export(changed, to).body.decode()
        assert 'href="javascript' not in body
        if to is not Format.HTML:
            assert "javascript" not in body


def skip_without_pango() -> None:
    """Skip where weasyprint cannot be loaded, as on a system without Pango."""
    try:
        require_extra("weasyprint")
    except UsageError:
        pytest.skip("needs weasyprint, and Pango from the system")


def test_pdf_is_tagged_and_the_same_bytes_each_time(document: dict[str, Any]) -> None:
    skip_without_pango()
    body = export(document, Format.PDF).body
    whole = body + b"".join(streams(body))
    assert body.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in whole
    assert b"/MarkInfo" in whole
    assert b"pdfuaid" in whole
    assert b"/Lang" in whole
    assert export(document, Format.PDF).body == body


def streams(body: bytes) -> list[bytes]:
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", body, re.S):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            found.append(match[1])
    return found


def test_nothing_is_fetched_while_pdf_is_made() -> None:
    skip_without_pango()
    from weasyprint.urls import FatalURLFetchingError

    from osler.surfaces.exports.pdf import write_pdf

    for address in ("http://127.0.0.1:9/x.png", "file:///etc/passwd", "data:image/svg+xml,<svg/>"):
        with pytest.raises(FatalURLFetchingError):
            write_pdf(f'<html lang="en"><title>t</title><img alt="x" src="{address}"></html>')


def test_word_tells_what_it_is_and_is_the_same_bytes_each_time(document: dict[str, Any]) -> None:
    docx = pytest.importorskip("docx", reason="needs python-docx")
    body = export(document, Format.WORD).body
    made = docx.Document(io.BytesIO(body))
    assert made.core_properties.title == document["answer"]["question"]["asked"]
    assert made.core_properties.identifier == document["answer"]["id"]
    assert made.core_properties.author == "Osler"
    assert made.paragraphs[0].style.name == "Heading 1"
    assert export(document, Format.WORD).body == body


def test_json_is_the_document_of_the_contract(
    document: dict[str, Any], answer_schema: dict[str, Any]
) -> None:
    found = json.loads(export({"type": "answer", **document}, Format.JSON).body)
    assert found == document
    Draft202012Validator(answer_schema).validate(found)


@pytest.mark.parametrize("kind", ["ris", "csl"])
def test_references_come_back_through_our_own_readers(document: dict[str, Any], kind: str) -> None:
    references = [r for r in document["answer"]["references"] if r["title"]]
    if kind == "ris":
        items = list(read_ris(io.BytesIO(write_ris(references).encode()), name="x.ris"))
    else:
        items = list(read_csl(io.BytesIO(write_csl(references).encode()), name="x.json"))
    assert len(items) == len(references)
    for item, reference in zip(items, references, strict=True):
        assert isinstance(item, Record)
        source = item.source
        assert source.title == reference["title"]
        assert source.year == reference["year"]
        assert (source.doi or "").lower() == (reference["doi"] or "").lower()
        assert source.pmid == reference["pmid"]
        assert source.pmcid == reference["pmcid"]
        assert source.container == reference["container"]
        assert list(source.authors) == [a for a in reference["authors"] if a != "et al"]


def test_a_title_cannot_end_a_field_of_ris_or_an_entry_of_bibtex(document: dict[str, Any]) -> None:
    reference = {
        **document["answer"]["references"][0],
        "title": "A\nER  - \nTY  - JOUR } @misc{x, \\end",
    }
    ris = write_ris([reference])
    assert ris.count("\nER  -") == 1
    assert len(list(read_ris(io.BytesIO(ris.encode()), name="x.ris"))) == 1
    bibtex = write_bibtex([reference])
    assert depth_stays_closed(bibtex)
    assert bibtex.count("\n@") == 0


def depth_stays_closed(text: str) -> bool:
    """Tell whether braces that are not escaped open and close one entry."""
    depth, closed = 0, 0
    for match in re.finditer(r"\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        closed += match[0] == "}" and depth == 0
    return depth == 0 and closed == 1


def test_bibtex_keys_differ_and_say_when_there_are_more_authors(document: dict[str, Any]) -> None:
    text = write_bibtex(document["answer"]["references"])
    keys = re.findall(r"^@\w+\{(\w+),", text, re.M)
    assert len(set(keys)) == len(document["answer"]["references"])
    assert " and others}" in text
    assert "et al" not in text.split("note =")[0]


@pytest.mark.parametrize(
    "text", [NASTY, "1. one", "- two", "+ three", "=\n=", "a  \n b", "> c", "    d"]
)
def test_markdown_reads_as_what_was_put_in(text: str) -> None:
    from osler.surfaces.exports.markdown import write_markdown
    from osler.surfaces.exports.outline import Paragraph, Piece

    assert escape(text) != "" or text == ""
    page = MarkdownIt("commonmark").render(write_markdown([Paragraph((Piece(text),))]))
    assert " ".join(words(page).split()) == " ".join(text.split())
    assert set(re.findall(r"<(\w+)", page)) == {"p"}


def test_fhir_is_said_to_come_later(document: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as fault:
        export(document, Format.FHIR)
    assert fault.value.code == "usage.format"
