"""A file that is exported carries no script, link or entry that a hostile source wrote into it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from osler.service.add import add
from osler.service.ask import ask
from osler.service.wiring import open_desk
from osler.surfaces.exports.export import export
from osler.surfaces.exports.formats import Format

SCRIPT = "<script>alert(1)</script>"
PAPER = {
    "pmid": "99999961",
    "title": f'Inventumab in testosis {SCRIPT}]] [x](javascript:alert(2)) =HYPERLINK("//evil.example")'
    "\r\nER  - \r\nTY  - JOUR\r\nTI  - Forged",
    "abstract": f"Inventumab inhibits the testin receptor in adults with testosis. "
    f"A sentence with {SCRIPT} stands beside it.",
    "year": 2019,
    "journal": "}\n@article{forged, title={Forged}} \\input{/etc/passwd}",
    "authors": ["O'Test </w:t><w:script> AB", "=cmd|' /C calc'!A0", "Test\nAU  - Forged F"],
    "url": "javascript:alert(3)",
}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("hostile")
    file = home / "papers.jsonl"
    file.write_text(json.dumps(PAPER) + "\n", encoding="utf-8")
    with open_desk({"OSLER_HOME": str(home), "OSLER_OFFLINE": "1"}, create=True) as desk:
        assert add(desk, [str(file)]).failed == 0
        question = "What is the mechanism of action of inventumab in testosis?"
        document = ask(desk, question, keep=False).document
        document["answer"]["question"]["asked"] += SCRIPT  # as a question may have it, too
    assert document["answer"]["references"], "nothing was cited: nothing would be shown"
    return document


def written(document: dict[str, Any], to: Format) -> str:
    return export(document, to).body.decode("utf-8")


def test_html_holds_the_words_as_text_and_no_link_but_to_the_web(document: dict[str, Any]) -> None:
    html = written(document, Format.HTML)
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert not re.search(r'(?:href|src)="(?!https?://|#)[^"]', html)


def test_markdown_holds_no_markup_of_a_source(document: dict[str, Any]) -> None:
    text = written(document, Format.MARKDOWN)
    assert "Inventumab" in text
    assert not re.search(r"(?<!\\)<script", text)
    assert not re.search(r"(?<!\\)\]\(<?\s*javascript:", text)
    assert re.findall(r"(?<!\\)\]\(<?(\w+):", text) == ["https"] * len(
        re.findall(r"(?<!\\)\]\(<?(\w+):", text)
    )


def test_ris_has_one_entry_for_each_reference(document: dict[str, Any]) -> None:
    lines = written(document, Format.RIS).split("\r\n")
    number = len(document["answer"]["references"])
    assert sum(line.startswith("TY  - ") for line in lines) == number
    assert sum(line.startswith("ER  - ") for line in lines) == number
    assert not any(line.startswith(("TI  - Forged", "AU  - Forged")) for line in lines)
    assert not any("javascript:" in line for line in lines if line.startswith("UR  - "))
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)


def test_bibtex_has_one_entry_for_each_reference_and_no_command_of_a_source(
    document: dict[str, Any],
) -> None:
    text = written(document, Format.BIBTEX)
    assert len(re.findall(r"^@\w+\{", text, re.M)) == len(document["answer"]["references"])
    assert "\\input" not in text
    assert "javascript:" not in "".join(re.findall(r"url = .*", text))


def test_csl_has_no_address_but_of_the_web(document: dict[str, Any]) -> None:
    for entry in json.loads(written(document, Format.CSL)):
        assert entry.get("URL", "https://").startswith(("https://", "http://"))


def test_word_holds_the_words_as_text_and_leads_to_the_web_alone(document: dict[str, Any]) -> None:
    pytest.importorskip("docx", reason="needs the extra export")
    archive = zipfile.ZipFile(io.BytesIO(export(document, Format.WORD).body))
    body = archive.read("word/document.xml").decode("utf-8")
    assert "&lt;script&gt;" in body
    assert "<script" not in body
    assert "<w:script" not in body
    links = "".join(
        archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".rels")
    )
    targets = re.findall(r'Target="([^"]*)"[^>]*TargetMode="External"', links)
    assert all(target.startswith(("https://", "http://")) for target in targets)


def test_the_name_of_a_file_is_made_of_an_id_alone(document: dict[str, Any]) -> None:
    for to in (Format.MARKDOWN, Format.HTML, Format.JSON, Format.RIS, Format.BIBTEX, Format.CSL):
        assert re.fullmatch(r"osler-ans_[0-9a-f]{20}\.[a-z]+", export(document, to).name)


def test_pdf_asks_for_nothing_and_leads_to_the_web_alone(
    document: dict[str, Any], tmp_path: Path
) -> None:
    pytest.importorskip("weasyprint", reason="needs the extra export")
    pdf = export(document, Format.PDF).body
    assert pdf.startswith(b"%PDF")
    for word in (b"/JavaScript", b"/JS ", b"javascript:", b"/Launch", b"/EmbeddedFile", b"file:"):
        assert word not in pdf
