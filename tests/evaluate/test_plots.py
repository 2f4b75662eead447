"""Plots are well-formed, the same for the same values, and say what they show."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import example, given
from hypothesis import strategies as st

from osler.evaluate.plots import HEIGHT, WIDTH, draw_bars, draw_sorted

SVG = "{http://www.w3.org/2000/svg}"
VALUES = st.lists(st.floats(0, 1e9), min_size=1, max_size=30)


def test_a_bar_is_as_high_as_its_value() -> None:
    drawing = ElementTree.fromstring(draw_bars("Means", {"a": {"x": 1.0, "y": 0.5}, "b": {"x": 0.25}}))
    bars = [r for r in drawing.iter(f"{SVG}rect") if r.get("width") not in {"10", str(WIDTH)}]
    heights = [float(bar.get("height", "0")) for bar in bars]
    assert len(heights) == 3
    assert heights[0] == 2 * heights[1] == 4 * heights[2]
    assert drawing.get("aria-label") == "Means"


def test_letters_of_markup_are_letters() -> None:
    drawing = draw_bars("p < 0.05 & more", {"<b>": {'"x"': 1.0}})
    texts = [node.text for node in ElementTree.fromstring(drawing).iter(f"{SVG}text")]
    assert "p < 0.05 & more" in texts
    assert "<b>" in texts


def test_nothing_to_show_is_still_a_plot() -> None:
    for drawing in (
        draw_bars("x", {}),
        draw_bars("x", {"a": {"b": 0.0}}),
        draw_sorted("x", {"a": []}, unit="", axis="items"),
    ):
        assert ElementTree.fromstring(drawing).get("width") == str(WIDTH)


@given(st.dictionaries(st.text("abc", min_size=1), VALUES, min_size=1, max_size=3))
@example({"a": [5e-324]})
def test_lines_stay_inside_the_plot_and_rise(series: dict[str, list[float]]) -> None:
    drawing = draw_sorted("Times", series, unit="ms", axis="questions")
    assert drawing == draw_sorted("Times", series, unit="ms", axis="questions")
    lines = list(ElementTree.fromstring(drawing).iter(f"{SVG}polyline"))
    assert len(lines) == len(series)
    for line in lines:
        points = [tuple(map(float, point.split(","))) for point in line.get("points", "").split()]
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
        assert points == sorted(points, key=lambda point: (point[0], -point[1]))
