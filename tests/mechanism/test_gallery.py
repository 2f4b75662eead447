"""The gallery in docs is what the records give today, and every drawing of it says what it shows."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from tests.mechanism.gallery import FOLDER, PAGE, SHOWN, page, pictures

from osler.mechanism.record import Record

pytest.importorskip("graphlay", reason="needs the extra draw")
SVG = "{http://www.w3.org/2000/svg}"


def test_the_gallery_is_drawn_from_the_records(real_records: list[Record]) -> None:
    made = pictures(real_records)
    assert PAGE.read_text(encoding="utf-8") == page(made)
    for each in made:
        assert (FOLDER / each.file).read_text(encoding="utf-8") == each.svg


def test_ten_drugs_are_shown_and_each_drawing_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    files = sorted(FOLDER.glob("*.svg"))
    assert len(SHOWN) == len(files) == 10
    assert all(f"images/gallery/{file.name}" in text for file in files)


def test_every_drawing_has_a_title_and_says_that_it_was_not_judged() -> None:
    for file in FOLDER.glob("*.svg"):
        root = ET.fromstring(file.read_text(encoding="utf-8"))
        title, words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert title.text
        assert words is not None
        assert "not judged" in (words.text or "")
