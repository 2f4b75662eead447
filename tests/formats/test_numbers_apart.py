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


def test_a_figure_at_the_start_of_a_line_is_no_list_item(tmp_path: Path) -> None:
    text = (
        "# Dose\n\nThe maximum daily dose is\n40. Higher doses harm. Ferritin was\n"
        ">10000 ng/mL and fell by\n- 5 points.\n"
    )
    (tmp_path / "a.md").write_text(text, "utf-8")
    read = text_of(tmp_path / "a.md")
    assert "dose is 40. Higher" in read
    assert ">10000" in read
    assert "- 5 points" in read


def test_a_list_is_still_a_list(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Advice\n\n1. Count cells.\n2. Treat.\n\n- 5 mg first.\n- Then 10 mg.\n", "utf-8"
    )
    blocks = [b.text for i in open_items(tmp_path / "a.md") if isinstance(i, Record) for b in i.blocks]
    assert blocks == ["Count cells.", "Treat.", "5 mg first.", "Then 10 mg."]


def test_a_wrapped_line_of_an_abstract_is_no_tag(tmp_path: Path) -> None:
    lines = (
        "TY  - JOUR\nTI  - Invented levels\nAB  - Serum levels of\nIL-6 fell by half. Deaths were\n"
        "not reduced.\nPY  - 2020\nER  - \n"
    )
    (tmp_path / "a.ris").write_text(lines, "utf-8")
    assert "IL-6 fell by half" in text_of(tmp_path / "a.ris")
