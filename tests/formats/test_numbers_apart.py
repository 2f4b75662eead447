"""Two figures that markup keeps apart never become one, in any format."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.formats import open_items
from osler.model.record import Record

PAGE = "<html><head><title>Doses</title></head><body><h1>Dose</h1>{}</body></html>"
CITATION = (
    '<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">1</PMID>'
    "<Article><ArticleTitle>Doses.</ArticleTitle><Abstract><AbstractText>{}</AbstractText></Abstract>"
    "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)


def text_of(path: Path) -> str:
    return " ".join(
        block.text for item in open_items(path) if isinstance(item, Record) for block in item.blocks
    )


@pytest.mark.parametrize(
    "markup",
    [
        "Give 10<br>9 mg daily.",
        "Give 10<br/>9 mg daily.",
        "Give 10<span>9</span> mg daily.",
        "Give 10<b>9</b> mg daily.",
        'Give 10<img src="x">9 mg daily.',
    ],
)
@pytest.mark.parametrize(("name", "frame"), [("a.md", "# Dose\n\n{}\n"), ("a.html", PAGE)])
def test_a_tag_between_digits_keeps_them_apart(
    tmp_path: Path, markup: str, name: str, frame: str
) -> None:
    inside = f"<p>{markup}</p>" if name.endswith("html") else markup
    (tmp_path / name).write_text(frame.format(inside), "utf-8")
    assert "109" not in text_of(tmp_path / name)


def test_two_paragraphs_in_a_cell_are_two_figures(tmp_path: Path) -> None:
    table = "<table><tr><th>Dose</th></tr><tr><td><p>10 mg</p><p>9 mg</p></td></tr></table>"
    (tmp_path / "a.html").write_text(PAGE.format(table), "utf-8")
    assert "10 mg 9 mg" in text_of(tmp_path / "a.html")


@pytest.mark.parametrize("markup", ["10<i>9</i> cells", "10<b></b>9 cells"])
def test_inline_markup_in_medline_keeps_figures_apart(tmp_path: Path, markup: str) -> None:
    (tmp_path / "a.xml").write_text(CITATION.format(markup), "utf-8")
    assert "109" not in text_of(tmp_path / "a.xml")


def test_a_raised_figure_stays_raised(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(CITATION.format("10<sup>9</sup> cells"), "utf-8")
    assert text_of(tmp_path / "a.xml") == "10⁹ cells"
