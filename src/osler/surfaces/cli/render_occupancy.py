"""A simulation as a page of text: the notice, the regimens side by side, why they differ, limits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_reference import cite_in_nlm_style

Document = Mapping[str, Any]
BLOCKS: Final = "▁▂▃▄▅▆▇█"
STEPS: Final = 48
LEAST: Final = 0.01
LETTERS: Final = "ABCD"
LABEL: Final = 26
CELL: Final = 18
ROWS: Final = (
    ("peak, mg/L", "peak_mg_per_L", "level"),
    ("trough, mg/L", "trough_mg_per_L", "level"),
    ("mean, mg/L", "mean_mg_per_L", "level"),
    ("receptors held, peak", "occupancy_peak", "share"),
    ("receptors held, trough", "occupancy_trough", "share"),
    ("time above 90% held", "share_of_time_above_high", "share"),
    ("time above {target} mg/L", "share_of_time_above_target", "share"),
    ("CRP, share of its start", "crp_end", "share"),
)
STRONGEST: Final = 4


def render_occupancy(document: Document, page: Page) -> None:
    """Write one simulation."""
    given, kinetics = document["given"], document["kinetics"]
    page.write(Span(document["title"], Style.STRONG))
    page.write(Span(document["notice"], Style.WARNING))
    assumed = set(given["assumed"])
    page.write(
        Span(_given("weight", f"{given['weight_kg']:g} kg", "weight_kg" in assumed)),
        Span(", "),
        Span(
            _given(
                "creatinine clearance",
                f"{given['creatinine_clearance_mL_per_min']:g} mL/min",
                "creatinine_clearance_mL_per_min" in assumed,
            )
        ),
        Span(f", {given['days']} {'day' if given['days'] == 1 else 'days'}. Half-life in the blood "),
        Span(f"{kinetics['elimination_half_life_h']:.1f} h, of absorption from under the "),
        Span(f"skin {kinetics['absorption_half_life_h']:.1f} h. "),
        Span(
            _given(
                "Interleukin-1 at the receptor",
                f"{given['il1_nmol_per_L']:g} nmol/L",
                "il1_nmol_per_L" in assumed,
            )
        ),
        Span(", "),
        Span(
            _given(
                "level there", f"{given['site_ratio']:g} times that in plasma", "site_ratio" in assumed
            )
        ),
        Span("."),
    )
    _write_table(document, page)
    _write_sparklines(document["regimens"], page)
    page.heading("Why")
    for sentence in document["explanation"]:
        page.write(Span(sentence), first="– ")
    _write_effects(document, page)
    _write_published(document["published"], page)
    page.heading("Limits")
    for limit in document["limits"]:
        page.write(Span(limit), first="– ")
    _write_sources(document, page)


def _given(what: str, value: str, assumed: bool) -> str:
    return f"{what} {value}{' (assumed)' if assumed else ''}"


def _write_table(document: Document, page: Page) -> None:
    samples = document["given"]["samples"]
    page.heading("In the last window, side by side")
    if samples:
        seed = document["given"]["seed"]
        page.write(
            Span(f"Below each: 5th to 95th percentile of {samples} samples, seed {seed}.", Style.DIM)
        )
    runs = document["regimens"]
    for letter, run in zip(LETTERS, runs, strict=False):
        page.write(
            Span(run["text"], Style.STRONG), Span(f" ({run['reading']})", Style.DIM), first=f"{letter}  "
        )
    room = max(1, (page.width - LABEL) // CELL)
    for begin in range(0, len(runs), room):
        page.gap()
        part = runs[begin : begin + room]
        page.write(Span(_cells("", LETTERS[begin : begin + len(part)]), Style.STRONG))
        for title, name, kind in ROWS:
            show = _level if kind == "level" else _share
            label = title.format(target=f"{document['target']['mg_per_L']:g}")
            outcomes = [run["outcomes"][name] for run in part]
            page.write(Span(_cells(label, [show(outcome["value"]) for outcome in outcomes])))
            if samples:
                spread = [
                    f"{show(outcome['band'][0])} – {show(outcome['band'][2])}" for outcome in outcomes
                ]
                page.write(Span(_cells("", spread), Style.DIM))


def _cells(label: str, cells: Sequence[str]) -> str:
    """Return one line of the table; its spaces do not break."""
    line = f"{label:<{LABEL}}" + "".join(f"{cell:<{CELL}}" for cell in cells)
    return line.rstrip().replace(" ", "\N{NO-BREAK SPACE}")


def _write_sparklines(regimens: Sequence[Document], page: Page) -> None:
    most = max(max(run["course"]["concentration_mg_per_L"]) for run in regimens)
    page.heading(
        f"Level over the last window: ▁ {LEAST:g} mg/L or less, █ {most:.3g} mg/L (logarithmic)"
    )
    for letter, run in zip(LETTERS, regimens, strict=False):
        page.write(Span(_sparkline(run, max(most, 2 * LEAST))), first=f"{letter}  ")


def _sparkline(run: Document, most: float) -> str:
    times, values = run["course"]["time_h"], run["course"]["concentration_mg_per_L"]
    end = times[-1]
    begin = max(0.0, end - run["window_h"])
    letters = []
    place = 0
    for step in range(STEPS):
        wanted = begin + (step + 0.5) * (end - begin) / STEPS
        while place + 1 < len(times) and times[place + 1] <= wanted:
            place += 1
        height = math.log(max(values[place], LEAST) / LEAST) / math.log(most / LEAST)
        letters.append(BLOCKS[min(len(BLOCKS) - 1, int(height * len(BLOCKS)))])
    return "".join(letters)


def _write_effects(document: Document, page: Page) -> None:
    with_effects = [run for run in document["regimens"] if run["effects"]]
    if not with_effects:
        return
    titles = {parameter["name"]: parameter["title"] for parameter in document["parameters"]}
    page.heading("What moves the trough most (1: in proportion, −1: in inverse proportion)")
    for run in with_effects:
        shown = "; ".join(
            f"{titles[effect['parameter']]} {effect['trough']:+.1f}".replace("-", "−")
            for effect in run["effects"][:STRONGEST]
        )
        page.write(Span(run["text"], Style.STRONG), Span(f": {shown}"), first="– ")


def _write_published(rows: Sequence[Document], page: Page) -> None:
    page.heading("Beside published figures, 70 kg (* the model was set by this figure)")
    for row in rows:
        low_high = "" if row["low"] is None else f" ({row['low']:g} to {row['high']:g})"
        verdict = {True: "in the range", False: "outside the range", None: "no range printed"}[
            row["within"]
        ]
        style = Style.WARNING if row["within"] is False else Style.PLAIN
        page.write(
            Span(f"{row['title']}{'*' if row['fitted'] else ''}: "),
            Span(f"{row['model']:.3g} {row['unit']}", Style.STRONG),
            Span(f" against {row['published']:g}{low_high}, ratio {row['ratio']:.2f}, "),
            Span(verdict, style),
            first="– ",
        )


def _write_sources(document: Document, page: Page) -> None:
    page.heading("Sources")
    for number, source in enumerate(document["sources"], start=1):
        page.write(Span(cite_in_nlm_style({**source, "title": source["citation"]})), first=f"{number}. ")
    page.write(
        Span(
            "Every parameter with its unit, range and source: --json, and docs/mechanism-simulation.md",
            Style.DIM,
        )
    )


def _level(value: float) -> str:
    return f"{value:.3g}" if value >= 0.0005 else "<0.0005" if value else "0"


def _share(value: float) -> str:
    if 0.995 <= value < 0.9995:
        return f"{100 * value:.1f}%"
    if 0.9995 <= value < 1.0:
        return ">99.9%"
    return f"{100 * value:.0f}%"
