"""A simulation as SVG: level, occupancy and CRP over the days, regimens side by side.

No fonts, no scripts, nothing fetched; the same bytes for the same simulation. Each regimen has its own
dash, named in the legend, so that nothing is told by colour; on paper and in the dark it reads the
same. The description says in words all that the drawing shows.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from osler.mechanism.occupancy import Simulated, Simulation
from osler.mechanism.occupancy_course import HIGH, Course
from osler.mechanism.occupancy_spread import Band, Bands
from osler.mechanism.occupancy_words import NOTICE, level, percent

WIDTH: Final = 760.0
NARROW: Final = 390.0
"""Width of a document of its own, and of a drawing in a page, which a phone need not make smaller."""
_LEFT: Final = 62.0
_EDGE: Final = 16.0
_SIZE: Final = 12.0
_LINE: Final = 17.0
_DASHES: Final = ("", "7 3", "2 3", "9 3 2 3")
_LIGHT: Final = ("#0b5cad", "#a8480a", "#1b6e3c", "#7a2f86")
_DARK: Final = ("#7db8f0", "#f0a46a", "#7fd09b", "#d3a0df")
LETTERS: Final = "ABCD"
UNCERTAIN: Final = "Intravenous peaks and troughs are the least certain: no published time course."


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is drawn on: its width and the days that go across it."""

    width: float
    days: int

    @property
    def right(self) -> float:
        return self.width - _EDGE

    def x(self, time_h: float) -> float:
        return _LEFT + (self.right - _LEFT) * time_h / (24.0 * self.days)

    def point(self, time_h: float, y: float) -> str:
        return f"{self.x(time_h):.1f},{y:.1f}"


@dataclass(frozen=True, slots=True)
class _Panel:
    """One pair of axes: where it lies, what it shows and how a value becomes a height."""

    title: str
    top: float
    height: float
    ticks: Sequence[tuple[float, str]]
    scale: Callable[[float], float]
    values: Callable[[Course], Sequence[float]]
    bands: Callable[[Bands], Sequence[Band]]
    mark: tuple[float, str] | None = None

    def y(self, value: float) -> float:
        return self.top + self.height * (1.0 - min(1.0, max(0.0, self.scale(value))))


def draw_occupancy(simulation: Simulation, *, within_page: bool = False) -> str:
    """Return ``simulation`` as an SVG document with a title and a description of all that is drawn.

    Args:
        simulation: What is drawn.
        within_page: Draw it narrow, and leave out what the page around it has: the heading, the foot and
            styles, which a strict policy for content does not allow within a page.
    """
    sheet = _Sheet(NARROW if within_page else WIDTH, simulation.days)
    heading = [] if within_page else _heading(simulation)
    foot = [] if within_page else textwrap.wrap(_foot(simulation), 118)
    begin = _LINE * len(heading) + (4.0 if within_page else 26.0)
    legend = [] if within_page else list(_legend(simulation, begin))
    key = list(_key(simulation, begin)) if within_page else []
    top = begin + _LINE * len(simulation.runs) + 26.0
    panels = _panels(simulation, top)
    bottom = panels[-1].top + panels[-1].height
    height = bottom + 48.0 + 15.0 * len(foot)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width:.0f} {height:.0f}"'
        f' width="{sheet.width:.0f}" height="{height:.0f}" role="img"'
        ' aria-labelledby="occupancy-title occupancy-words"'
        ' fill="currentColor" stroke="none" font-family="system-ui, sans-serif">',
        f'<title id="occupancy-title">{escape(simulation.model.title, quote=False)}</title>',
        f'<desc id="occupancy-words">{escape(in_words(simulation), quote=False)}</desc>',
        *([] if within_page else [f"<style>{_style()}</style>"]),
        *(
            _text(_EDGE, 26 + _LINE * index, line, weight="bold" if index == 0 else "normal",
                  size=_SIZE + 3 if index == 0 else _SIZE)
            for index, line in enumerate(heading)
        ),
        *legend,
        *key,
        *(line for panel in panels for line in _axes(panel, sheet)),
        *(line for panel in panels for line in _curves(panel, simulation, sheet)),
        *(line for panel in panels for line in _mark(panel, sheet)),
        _text((_LEFT + sheet.right) / 2, bottom + 32, "days since the first dose", anchor="middle"),
        *(_text(_EDGE, bottom + 52 + 15 * index, line, size=10.5) for index, line in enumerate(foot)),
        "</svg>",
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def in_words(simulation: Simulation) -> str:
    """Return what is drawn, as text: each regimen with its levels, occupancies and CRP."""
    person = simulation.person
    begin = (
        f"{NOTICE} {simulation.days} days, {person.weight_kg:g} kg, creatinine clearance "
        f"{person.creatinine_clearance:g} mL/min."
    )
    return " ".join([begin, *(_regimen_in_words(run) for run in simulation.runs)])


def _regimen_in_words(run: Simulated) -> str:
    found = run.outcomes
    spread = ""
    if run.bands is not None:
        low, high = (
            run.bands.outcomes["occupancy_trough"].low,
            run.bands.outcomes["occupancy_trough"].high,
        )
        spread = f" (90% of samples {percent(low)} to {percent(high)})"
    return (
        f"{run.regimen.text}: level in the last window {level(found.trough)} to "
        f"{level(found.peak)} mg/L, "
        f"receptors held {percent(found.occupancy_trough)}{spread} to {percent(found.occupancy_peak)}, "
        f"above {percent(HIGH)} for {percent(found.above_high)} of the time; CRP at the end "
        f"{percent(found.crp_end)} of its start."
    )


def _heading(simulation: Simulation) -> list[str]:
    person, kinetics = simulation.person, simulation.kinetics
    return [
        simulation.model.title,
        f"{person.weight_kg:g} kg, creatinine clearance {person.creatinine_clearance:g} mL/min: "
        f"half-life in the blood {kinetics.elimination_half_life:.1f} h, of absorption from under the "
        f"skin {kinetics.absorption_half_life:.1f} h",
    ]


def _foot(simulation: Simulation) -> str:
    shaded = (
        f"Shaded: 5th to 95th percentile of {simulation.samples} samples, seed {simulation.seed}. "
        if simulation.samples
        else ""
    )
    return f"{NOTICE} {shaded}{UNCERTAIN}"


def _key(simulation: Simulation, top: float) -> Iterator[str]:
    """Draw which line is whose, by letter: a page says the words beside it, however long they are."""
    for index, run in enumerate(simulation.runs):
        y = top + _LINE * index + 8
        yield _sample_line(index, y)
        words = textwrap.shorten(f"{LETTERS[index]}  {run.regimen.text}", 48, placeholder=" …")
        yield _text(_LEFT + 2, y, words)


def _sample_line(index: int, y: float) -> str:
    return (
        f'<line x1="{_EDGE:.0f}" y1="{y - 4:.0f}" x2="56" y2="{y - 4:.0f}" class="occupancy-line{index}"'
        f' stroke-width="2.2"{_dash(index)}/>'
    )


def _legend(simulation: Simulation, top: float) -> Iterator[str]:
    for index, run in enumerate(simulation.runs):
        y = top + _LINE * index + 8
        found = run.outcomes
        yield _sample_line(index, y)
        yield _text(
            _LEFT + 2,
            y,
            f"{run.regimen.text}: {_span(level(found.trough), level(found.peak))} mg/L, receptors held "
            f"{_span(percent(found.occupancy_trough), percent(found.occupancy_peak))}",
        )


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _panels(simulation: Simulation, top: float) -> tuple[_Panel, ...]:
    low, high = _decades(simulation)

    def logarithm(value: float) -> float:
        return (math.log10(max(value, 10.0**low)) - low) / (high - low)

    return (
        _Panel(
            "anakinra in plasma, mg/L (logarithmic)", top, 190,
            [(10.0**power, f"{10.0**power:g}") for power in range(low, high + 1)],
            logarithm, lambda course: course.concentration, lambda bands: bands.concentration,
            (simulation.kinetics.high_level, f"{percent(HIGH)} held"),
        ),
        _Panel(
            "type I receptors held by anakinra", top + 240, 190,
            [(step / 4, f"{25 * step}%") for step in range(5)],
            lambda value: value, lambda course: course.occupancy, lambda bands: bands.occupancy,
            (HIGH, percent(HIGH)),
        ),
        _Panel(
            "CRP, share of its start", top + 480, 110,
            [(step / 4, f"{25 * step}%") for step in range(5)],
            lambda value: value, lambda course: course.crp, lambda bands: bands.crp,
        ),
    )  # fmt: skip


def _decades(simulation: Simulation) -> tuple[int, int]:
    """Return the powers of ten that hold every trough and every peak, five at most."""
    most = max(max(run.course.concentration) for run in simulation.runs)
    least = min(max(run.outcomes.trough, 1e-9) for run in simulation.runs)
    high = math.ceil(math.log10(max(most, 1e-6)) + 0.05)
    return max(high - 5, min(high - 2, math.floor(math.log10(least)))), high


def _axes(panel: _Panel, sheet: _Sheet) -> Iterator[str]:
    yield _text(_LEFT, panel.top - 8, panel.title, weight="bold")
    for value, label in panel.ticks:
        y = panel.y(value)
        yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{sheet.right}" y2="{y:.1f}" class="occupancy-grid"/>'
        yield _text(_LEFT - 6, y + 4, label, anchor="end", size=10.5)
    most = 14 if sheet.width > NARROW else 7
    step = next(step for step in (1, 2, 4, 7) if sheet.days / step <= most)
    for day in range(0, sheet.days + 1, step):
        x = sheet.x(24.0 * day)
        bottom = panel.top + panel.height
        yield f'<line x1="{x:.1f}" y1="{panel.top}" x2="{x:.1f}" y2="{bottom}" class="occupancy-grid"/>'
        yield _text(x, bottom + 14, str(day), anchor="middle", size=10.5)


def _mark(panel: _Panel, sheet: _Sheet) -> Iterator[str]:
    """Draw the line of the panel that matters, with its label over whatever runs through it."""
    if panel.mark is not None and 0.0 < panel.scale(panel.mark[0]) < 1.0:
        y = panel.y(panel.mark[0])
        yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{sheet.right}" y2="{y:.1f}" class="occupancy-mark"/>'
        yield _text(sheet.right - 4, y + 14, panel.mark[1], anchor="end", size=10.5, over=True)


def _curves(panel: _Panel, simulation: Simulation, sheet: _Sheet) -> Iterator[str]:
    for index, run in enumerate(simulation.runs):
        if run.bands is not None:
            bands = panel.bands(run.bands)
            along = list(zip(run.bands.times_h, bands, strict=True))
            over = [sheet.point(time, panel.y(band.high)) for time, band in along]
            under = [sheet.point(time, panel.y(band.low)) for time, band in along]
            outline = " ".join([*over, *reversed(under)])
            yield f'<polygon points="{outline}" class="occupancy-band{index}"/>'
    for index, run in enumerate(simulation.runs):
        values = zip(run.course.times_h, panel.values(run.course), strict=True)
        line = " ".join(sheet.point(time, panel.y(value)) for time, value in values)
        yield (
            f'<polyline points="{line}" fill="none" class="occupancy-line{index}" stroke-width="1.6"'
            f' stroke-linejoin="round"{_dash(index)}/>'
        )


def _dash(index: int) -> str:
    dash = _DASHES[index % len(_DASHES)]
    return f' stroke-dasharray="{dash}"' if dash else ""


def _style() -> str:
    def colours(palette: Sequence[str]) -> str:
        return "".join(
            f".occupancy-line{index}{{stroke:{colour}}}.occupancy-band{index}{{fill:{colour};fill-opacity:.14}}"
            for index, colour in enumerate(palette)
        )

    return (
        "svg:root{color:#1b1d21;background:#fff}"
        ".occupancy-grid{stroke:currentColor;stroke-opacity:.16;stroke-width:.8}"
        ".occupancy-mark{stroke:currentColor;stroke-opacity:.75;stroke-width:1.1;stroke-dasharray:1 3}"
        ".occupancy-over{paint-order:stroke;stroke:#fff;stroke-width:3.5;stroke-linejoin:round}"
        f"{colours(_LIGHT)}"
        "@media (prefers-color-scheme:dark){svg:root{color:#e6e7ea;background:#15171b}"
        f".occupancy-over{{stroke:#15171b}}{colours(_DARK)}}}"
        f"@media print{{svg:root{{color:#000;background:#fff}}.occupancy-over{{stroke:#fff}}"
        f"{colours(_LIGHT)}}}"
    )


def _text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    size: float = _SIZE,
    weight: str = "normal",
    over: bool = False,
) -> str:
    anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
    bold = "" if weight == "normal" else f' font-weight="{weight}"'
    kind = ' class="occupancy-over"' if over else ""
    shown = escape(words, quote=False)
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{anchored}{bold}{kind}>{shown}</text>'
