"""The drawing: the same everywhere, nothing on top of anything, all that it shows said in words too."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.mechanism.conftest import ZELOKIN

from osler.mechanism.arrange import Box, Places, arrange
from osler.mechanism.drawing import NARROWEST, draw_mechanism
from osler.mechanism.imported import graph_of
from osler.mechanism.record import Record, read_record
from osler.mechanism.shapes import COLOURS, MARK, box_size, draw_line, draw_mark, wrapped_name
from osler.mechanism.words import arrow_in_words
from osler.model.mechanism import Arrow, ArrowKind, Mechanism, Sign, Standing
from osler.service.mechanism import show_mechanism
from osler.service.wiring import Desk

pytest.importorskip("graphlay", reason="drawing is the extra draw")

SVG = "{http://www.w3.org/2000/svg}"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip
MEASURE = """() => {
  const box = e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; };
  const outline = g => box(g.querySelector('rect,polygon'));
  return {
    page: box(document.querySelector('svg')),
    texts: [...document.querySelectorAll('svg text')].map(e => [e.textContent, box(e)]),
    nodes: [...document.querySelectorAll('[data-node]')].map(
      g => [outline(g), [...g.querySelectorAll('text')].map(box)]),
    marks: [...document.querySelectorAll('[data-arrow]')].map(
      g => [box(g), box(g.querySelector('text'))]),
    letters: parseFloat(getComputedStyle(document.querySelector('[data-node] text')).fontSize)
      * document.querySelector('svg').getScreenCTM().a,
  };
}"""


@pytest.fixture(scope="module")
def anakinra(starter: Desk) -> Mechanism:
    found = show_mechanism(starter.settings, starter, "anakinra", "HLH").mechanism
    assert found is not None
    return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not CHROMIUM.exists():
        pytest.skip(f"needs {CHROMIUM}")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


def places_of(graph: Mechanism) -> Places:
    index = {node.key: place for place, node in enumerate(graph.nodes)}
    return arrange(
        [box_size(node.kind, wrapped_name(node.name)) for node in graph.nodes],
        [(index[arrow.source], index[arrow.target]) for arrow in graph.arrows],
        mark=MARK,
    )


def assert_nothing_overlaps(graph: Mechanism) -> None:
    places = places_of(graph)
    for one, other in combinations([*places.boxes, *places.marks], 2):
        assert not one.touches(other), (one, other)
    index = {node.key: place for place, node in enumerate(graph.nodes)}
    for arrow, line in zip(graph.arrows, places.lines, strict=True):
        ends = {index[arrow.source], index[arrow.target]}
        for place, box in enumerate(places.boxes):
            if place not in ends:
                assert not any(through(box, *stretch) for stretch in pairwise(line)), arrow


def through(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Tell whether a level or upright stretch passes through ``box``."""
    span = Box(
        min(start[0], end[0]), min(start[1], end[1]), abs(start[0] - end[0]), abs(start[1] - end[1])
    )
    return box.touches(span)


def test_nothing_stands_on_anything_else(anakinra: Mechanism) -> None:
    assert_nothing_overlaps(anakinra)


def test_nothing_overlaps_in_real_records(real_records: list[Record]) -> None:
    for record in real_records[::97]:
        assert_nothing_overlaps(graph_of([record]))


def test_every_number_stands_on_its_own_line(anakinra: Mechanism) -> None:
    places = places_of(anakinra)
    for mark, line in zip(places.marks, places.lines, strict=True):
        assert any(through(mark, *stretch) for stretch in pairwise(line))


def test_the_drawing_is_well_formed_and_says_all_in_words(anakinra: Mechanism) -> None:
    root = ElementTree.fromstring(draw_mechanism(anakinra, name="one"))
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.get("id"), description.get("id")) == (
        root.get("aria-labelledby"),
        root.get("aria-describedby"),
    )
    assert title.text == anakinra.title
    said = description.text or ""
    for arrow in anakinra.arrows:
        assert f"{arrow.number}. {arrow_in_words(arrow, anakinra)} (" in said
    assert said.count("contested: ") == sum(a.standing is Standing.CONTESTED for a in anakinra.arrows)
    assert said.count("not found: ") == sum(a.standing is Standing.NOT_FOUND for a in anakinra.arrows)
    drawn = {group.get("data-arrow") for group in root.iter(f"{SVG}g") if group.get("data-arrow")}
    assert drawn == {str(arrow.number) for arrow in anakinra.arrows}


def test_nothing_is_fetched_and_no_script_runs(anakinra: Mechanism) -> None:
    drawing = draw_mechanism(anakinra, name="one")
    without_namespace = drawing.replace("http://www.w3.org/2000/svg", "")
    for forbidden in ("<script", "http", "url(", "@import", "onload"):
        assert forbidden not in without_namespace


def test_names_cannot_break_the_drawing() -> None:
    text = ZELOKIN.replace("name: Zelokin", "name: <b>&\"'</svg>").replace("causes", "<i>causes")
    root = ElementTree.fromstring(draw_mechanism(graph_of([read_record(text)]), name='x"><y'))
    assert "<b>&\"'</svg>" in "".join(root.itertext())


def test_each_arrow_opens_its_words_where_a_page_wants_it(anakinra: Mechanism) -> None:
    root = ElementTree.fromstring(draw_mechanism(anakinra, name="m", linked=True))
    assert root.get("role") == "group"
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == [
        f"#m-arrow-{arrow.number}" for arrow in anakinra.arrows
    ]
    tips = "".join(title.text or "" for title in root.iter(f"{SVG}title"))
    for arrow in anakinra.arrows:
        for entry in arrow.evidence:
            assert entry.citation.quote in tips


def test_an_imported_graph_says_so_in_the_drawing() -> None:
    drawing = draw_mechanism(graph_of([read_record(ZELOKIN)]), name="z")
    words = " ".join(text.text or "" for text in ElementTree.fromstring(drawing).iter(f"{SVG}text"))
    assert "From DrugMechDB, not judged against passages in this library" in words


def test_the_same_graph_gives_the_same_bytes_in_any_process() -> None:
    program = (
        "import sys\nfrom osler.mechanism.record import read_record\n"
        "from osler.mechanism.imported import graph_of\n"
        "from osler.mechanism.drawing import draw_mechanism\n"
        "sys.stdout.write(draw_mechanism(graph_of([read_record(sys.stdin.read())]), name='z'))"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=ZELOKIN.encode(),
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert drawn == {draw_mechanism(graph_of([read_record(ZELOKIN)]), name="z").encode()}


def overlaps(one: Sequence[float], other: Sequence[float]) -> bool:
    return Box(*one).touches(Box(*other), room=-1.0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_no_letters_overlap_and_all_can_be_read(
    chromium: Any, anakinra: Mechanism, scheme: str
) -> None:
    seen = measured(chromium, draw_mechanism(anakinra, name="m"), scheme)
    assert seen["letters"] >= 11.0
    check_measures(seen)


def test_real_paths_can_be_read_on_a_phone(chromium: Any, real_records: list[Record]) -> None:
    for record in real_records[5::607]:
        check_measures(measured(chromium, draw_mechanism(graph_of([record]), name="m"), "light"))


def measured(chromium: Any, drawing: str, scheme: str) -> Any:
    page = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    style = "<style>body{margin:0}svg{max-width:100%;height:auto}</style>"
    page.set_content(f"<!doctype html><html lang=en><body>{style}{drawing}</body></html>")
    seen = json.loads(json.dumps(page.evaluate(MEASURE)))
    page.close()
    return seen


def check_measures(seen: Any) -> None:
    for (word, one), (other_word, other) in combinations(seen["texts"], 2):
        assert not overlaps(one, other), (word, other_word)
    left, top, width, height = seen["page"]
    for word, (x, y, w, h) in seen["texts"]:
        inside = x >= left and x + w <= left + width and y >= top and y + h <= top + height
        assert inside, (word, x, w, width)
    for outline, lines in seen["nodes"]:
        for line in lines:
            assert outline[0] <= line[0], outline
            assert line[0] + line[2] <= outline[0] + outline[2], outline
    assert width <= 390


def test_a_drawing_is_as_wide_as_a_phone_at_least(anakinra: Mechanism) -> None:
    widths = [
        float(ElementTree.fromstring(draw_mechanism(graph, name="m")).get("width", "0"))
        for graph in (anakinra, graph_of([read_record(ZELOKIN)]))
    ]
    assert widths[0] <= 410
    assert widths[1] >= NARROWEST


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", COLOURS.values())
def test_colours_stand_out_on_light_and_dark_and_under_white_numbers(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5
    assert contrast(colour, "#15171b") >= 3.0


def made(sign: Sign, standing: Standing) -> Arrow:
    return Arrow(7, "a", "b", ArrowKind.RELATES, sign, "w", standing)


def colourless(drawing: str) -> str:
    for colour in COLOURS.values():
        drawing = drawing.replace(colour, "")
    return drawing


def test_nothing_is_told_by_colour_alone() -> None:
    line, box = [(0.0, 0.0), (0.0, 50.0)], Box(0, 0, *MARK)
    signs = {colourless(draw_line(made(sign, Standing.SUPPORTED), line)) for sign in Sign}
    assert len(signs) == len(Sign)
    standings = {colourless(draw_mark(made(Sign.NONE, each), box)) for each in Standing}
    assert len(standings) == len(Standing)
    dashes = {
        colourless(draw_line(made(Sign.NONE, each), line))
        for each in (Standing.SUPPORTED, Standing.CONTESTED, Standing.NOT_FOUND)
    }
    assert len(dashes) == 3
