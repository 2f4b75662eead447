"""The strip: well-formed, the same figures in drawing and text, axes that can be read."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from osler.strip.axis import LETTER, axis_for, label_width
from osler.strip.drawing import draw_strip
from osler.strip.panels import Scale, in_words, number, panels_of

SVG = "{http://www.w3.org/2000/svg}"


def row(
    arm: str | None,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    **more: Any,
) -> dict[str, Any]:
    plain = {
        "interval": None,
        "n": None,
        "of": None,
        "dose": None,
        "origin": "stated",
        "statement": "st_1",
    }
    return (
        {"arm": arm, "value": value, "low": low, "high": high, "citation": {"source": "src_1"}}
        | plain
        | more
    )


def group(metric: str, unit: str, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain = {"time_point": None, "population": None, "comparator": None}
    return {"metric": metric, "unit": unit, "rows": list(rows)} | plain | more


ANSWER: dict[str, Any] = {
    "references": [{"source": "src_1", "number": 3, "authors": ["Doe J"], "year": 2001}],
    "figures": [
        group(
            "mortality", "%",
            row("zelokin", 33.1, 28.4, 38.2, interval="95% Wilson", n=116, of=350, origin="computed"),
            row(
                "placebo & care <usual>", 36.4, 31.5, 41.6,
                interval="95% Wilson", n=126, of=346, origin="computed",
            ),
            time_point="28 days", population="adults with sepsis", comparator="placebo & care <usual>",
        ),
        group(
            "hazard ratio for death", "",
            row("zelokin", 0.72, 0.6, 0.86, interval="95% CI"), comparator="placebo",
        ),
        group(
            "dose of zelokin", "mg/kg/dose",
            row(None, None, 2.0, 4.0, interval="range", dose={
                "amount": 2.0, "high": 4.0, "unit": "mg/kg", "per": "dose", "per_kg": True,
                "maximum": "100 mg",
                "frequency": "every 6 hours", "route": "intravenous", "duration": "14 days",
            }),
        ),
        group(
            "mean change in weight", "kg",
            row("zelokin", -4.2, interval="SD 1.10"), row("placebo", 0.3),
        ),
    ],
}  # fmt: skip


def drawn() -> ElementTree.Element:
    svg = draw_strip(panels_of(ANSWER), name="ans_1", title="Does zelokin save lives & time?")
    return ElementTree.fromstring(svg)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


def test_the_drawing_is_an_image_with_a_title_and_a_description() -> None:
    root = drawn()
    assert root.get("role") == "img"
    parts = {root.find(f"{SVG}title"), root.find(f"{SVG}desc")}
    assert {part.get("id") for part in parts if part is not None} == set(
        (root.get("aria-labelledby") or "").split()
    )
    assert (root.find(f"{SVG}title")).text == "Does zelokin save lives & time?"  # type: ignore[union-attr]


def test_drawing_and_text_hold_the_same_figures() -> None:
    panels = panels_of(ANSWER)
    root = drawn()
    shown = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    ticks = " ".join(
        "".join(text.itertext())
        for text in root.iter(f"{SVG}text")
        if text.get("text-anchor") == "middle"
    )
    twin = numbers(in_words(panels))
    assert sorted([*numbers(shown)]) == sorted([*twin, *numbers(ticks)])
    assert root.find(f"{SVG}desc").text == in_words(panels)  # type: ignore[union-attr]


def test_every_figure_of_the_answer_is_in_the_text() -> None:
    words = in_words(panels_of(ANSWER)).replace("\N{MINUS SIGN}", "-")
    for one in ANSWER["figures"]:
        for each in one["rows"]:
            stated = [each[key] for key in ("value", "low", "high", "n", "of") if each[key] is not None]
            assert all(f"{value:g}" in numbers(words) or f"{value:g}" in words for value in stated)
    assert "SD 1.10" in words
    assert "every 6 hours, intravenous, maximum 100 mg, for 14 days" in words


def test_what_is_computed_says_so_and_is_dashed_and_nothing_else_is() -> None:
    panels = panels_of(ANSWER)
    computed = [mark for panel in panels for mark in panel.marks if mark.computed]
    assert [mark.label for mark in computed] == ["zelokin", "placebo & care <usual>"]
    assert all("computed" in mark.aside for mark in computed)
    dashed = [line for line in drawn().iter(f"{SVG}line") if line.get("stroke-dasharray")]
    assert len(dashed) == len(computed)


def test_no_colour_is_set_but_for_a_drawing_by_itself() -> None:
    root = drawn()
    assert root.get("fill") == "currentColor"
    colours = {
        element.get(name) for element in root.iter() for name in ("fill", "stroke") if element.get(name)
    }
    assert colours == {"currentColor", "none"}
    style = root.find(f"{SVG}style")
    assert style is not None
    assert set(re.findall(r"[\w:.]+(?=\{color)", style.text or "")) == {"svg:root"}


def test_the_same_answer_gives_the_same_bytes() -> None:
    one, other = (draw_strip(panels_of(ANSWER), name="ans_1", title="Why?") for _ in range(2))
    assert one == other
    assert one.isprintable() or "\n" in one
    assert one.endswith("</svg>\n")


def test_a_ratio_has_a_logarithmic_axis_with_the_line_of_no_effect() -> None:
    axis = axis_for([0.6, 0.72, 0.86], Scale.RATIO, width=290, size=10.5)
    assert axis.logarithmic
    assert axis.no_effect == 1.0
    assert 1.0 in axis.ticks
    wide = axis_for([0.1, 10.0], Scale.RATIO, width=290, size=10.5)
    assert wide.place(0.5) - wide.place(0.25) == pytest.approx(wide.place(2.0) - wide.place(1.0))


def test_a_share_begins_at_nought_and_most_of_all_ends_at_a_hundred() -> None:
    assert axis_for([0.6, 2.7], Scale.SHARE, width=290, size=10.5).low == 0.0
    whole = axis_for([56.0, 96.4], Scale.SHARE, width=290, size=10.5)
    assert (whole.low, whole.high) == (0.0, 100.0)


ratios = st.floats(0.001, 1000.0).map(lambda value: float(f"{value:.3g}"))
shares = st.floats(0.0, 100.0).map(lambda value: round(value, 1))
amounts = st.floats(-1e6, 1e6).map(lambda value: float(f"{value:.4g}"))
scaled = st.one_of(
    st.tuples(st.just(Scale.RATIO), st.lists(ratios, min_size=1, max_size=6)),
    st.tuples(st.just(Scale.SHARE), st.lists(shares, min_size=1, max_size=6)),
    st.tuples(st.just(Scale.AMOUNT), st.lists(amounts, min_size=1, max_size=6)),
)


@settings(deadline=None)
@given(scaled)
@example((Scale.AMOUNT, [5e-324]))
def test_every_axis_holds_its_values_and_its_labels_never_touch(
    drawn_: tuple[Scale, list[float]],
) -> None:
    scale, values = drawn_
    axis = axis_for(values, scale, width=290, size=10.5)
    slack = 1e-6 * max(1.0, abs(axis.low), abs(axis.high))
    assert axis.low - slack <= min(values)
    assert max(values) <= axis.high + slack
    for left, right in zip(axis.ticks, axis.ticks[1:], strict=False):
        gap = (axis.place(right) - axis.place(left)) * 290
        assert gap >= (label_width(left, 10.5) + label_width(right, 10.5)) / 2
    assert len({number(tick) for tick in axis.ticks}) == len(axis.ticks) >= 1
    assert LETTER > 0.5
