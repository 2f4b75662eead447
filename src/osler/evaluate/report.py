"""One Markdown page for a run or a comparison, with its plots beside it.

Prints what is in the run; measures and judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from osler.evaluate.comparison import Comparison, compare_runs
from osler.evaluate.plots import draw_bars, draw_sorted
from osler.evaluate.run import RUN_FILE, Run, RunKind, is_lower_better, write_json, write_text
from osler.evaluate.significance import PERMUTATIONS, SEED, TEST

PAGE_FILE: Final = "report.md"
BASELINE_FILE: Final = "baseline.json"
COMPARISON_FILE: Final = "comparison.json"
WORST: Final = 15
LEADING: Final[Mapping[RunKind, str]] = {
    RunKind.RETRIEVAL: "nDCG@10",
    RunKind.SENTENCES: "recall@3",
    RunKind.ANSWERS: "nugget_recall",
    RunKind.LATENCY: "ask_warm_ms",
    RunKind.VERIFICATION: "correct",
}
"""The value by which items are plotted and the worst are listed."""


def save_run(run: Run, folder: Path, *, beside: Run | None = None) -> None:
    """Write ``run.json``, ``report.md`` and the plots to ``folder``; a baseline as ``baseline.json``.

    Raises:
        InputError: The folder cannot be written.
    """
    write_json(run.as_document(), folder / RUN_FILE)
    parts = [f"# {run.kind.value.capitalize()}: {run.dataset.name}", "", *_facts(run), ""]
    runs = [run] if beside is None else [run, beside]
    parts += [*_table_of(runs), ""]
    if beside is not None:
        write_json(beside.as_document(), folder / BASELINE_FILE)
        parts += ["## Difference", "", *_differences(compare_runs(beside, run)), ""]
    for name, drawing in _plots(runs).items():
        write_text(drawing, folder / name)
        parts += [f"![{name.removesuffix('.svg')}]({name})", ""]
    parts += [*_worst(run), "", *_conditions(run), ""]
    write_text("\n".join(parts), folder / PAGE_FILE)


def save_comparison(comparison: Comparison, folder: Path) -> None:
    """Write ``comparison.json``, ``report.md`` and a plot of the comparison to ``folder``.

    Raises:
        InputError: The folder cannot be written.
    """
    write_json(comparison.as_document(), folder / COMPARISON_FILE)
    first, second = comparison.first, comparison.second
    parts = [f"# Comparison on {first.dataset.name}", ""]
    parts += [f"First: {_named(first)}. Second: {_named(second)}. {comparison.questions} questions.", ""]
    parts += [*_differences(comparison), ""]
    bars = {
        d.measure: {"first": d.first, "second": d.second}
        for d in comparison.differences
        if not is_lower_better(d.measure)
    }
    if bars:
        write_text(draw_bars("Means of both runs", bars), folder / "means.svg")
        parts += ["![means](means.svg)", ""]
    write_text("\n".join(parts), folder / PAGE_FILE)


def _facts(run: Run) -> list[str]:
    lines = [f"{_named(run)}; {run.dataset.items} items of `{run.dataset.name}`."]
    if run.library is not None:
        size = f"{run.library.sources:,} sources, {run.library.passages:,} passages"
        lines.append(f"Library: {size}, snapshot `{run.library.snapshot}`.")
    return [*lines, *(f"Note: {note}." for note in run.notes)]


def _named(run: Run) -> str:
    version = run.versions.get(run.system)
    return f"{run.system} {version}, {run.started}" if version else f"{run.system}, {run.started}"


def _table_of(runs: Sequence[Run]) -> list[str]:
    names = dict.fromkeys(name for run in runs for name in run.summary)
    rows = [[name, *(_cell(run.summary.get(name)) for run in runs)] for name in names]
    return _table(["measure", *(run.system for run in runs)], rows)


def _differences(comparison: Comparison) -> list[str]:
    rows = [
        [
            d.measure,
            _cell(d.first),
            _cell(d.second),
            f"{d.difference:+.4f}",
            f"{d.better} / {d.equal} / {d.worse}",
            _p(d.p),
        ]
        for d in comparison.differences
    ]
    head = ["measure", comparison.first.system, comparison.second.system, "difference", "+ / = / −", "p"]
    test = f"p: {TEST}, {PERMUTATIONS:,} permutations, seed {SEED}, not corrected for several measures."
    return [*_table(head, rows), "", test]


def _plots(runs: Sequence[Run]) -> dict[str, str]:
    """Return file name → SVG for the values of the items."""
    kind = runs[0].kind
    leading = LEADING[kind]
    drawings = {}
    scores = {run.system: _values(run, leading) for run in runs}
    if kind is RunKind.LATENCY:
        names = dict.fromkeys(name for item in runs[0].items for name in item.values)
        for how in ("warm", "cold"):
            series = {n: _values(runs[0], n) for n in names if n.endswith(f"_{how}_ms")}
            if series:
                title = f"Time of a question, {how}"
                drawings[f"{how}.svg"] = draw_sorted(title, series, unit="ms", axis="questions")
        return drawings
    if bars := _bars(runs):
        drawings["means.svg"] = draw_bars("Means", bars)
    drawings["items.svg"] = draw_sorted(f"{leading} of each item", scores, unit="", axis="items")
    times = {
        "search_ms": "Time of a search",
        "ask_ms": "Time of an answer",
        "verify_ms": "Time of a verdict",
    }
    axis = "claims" if kind is RunKind.VERIFICATION else "questions"
    for name, title in times.items():
        series = {run.system: _values(run, name) for run in runs}
        if any(series.values()):
            drawings["times.svg"] = draw_sorted(title, series, unit="ms", axis=axis)
    return drawings


def _bars(runs: Sequence[Run]) -> dict[str, dict[str, float]]:
    """Return measure → system or variant → share, for what is a share; counts and times are none."""
    bars: dict[str, dict[str, float]] = {}
    for run in runs:
        for name, value in run.summary.items():
            if isinstance(value, float) and not name.endswith(("_s", "_ms")):
                measure, _, variant = name.replace("_when_answered", ", when answered").partition(", ")
                bars.setdefault(measure, {})[variant or run.system] = value
    return bars


def _values(run: Run, name: str) -> list[float]:
    return [item.values[name] for item in run.items if name in item.values]


def _worst(run: Run) -> list[str]:
    """Return the items with the worst leading value: where to look first."""
    leading = LEADING[run.kind]
    sign = -1 if is_lower_better(leading) else 1
    known = [item for item in run.items if leading in item.values]
    known.sort(key=lambda item: sign * item.values[leading])
    rows = [[item.id, _escaped(item.question), _cell(item.values[leading])] for item in known[:WORST]]
    return [f"## Worst by {leading}", "", *_table(["item", "question", leading], rows)]


def _conditions(run: Run) -> list[str]:
    rows: list[list[str]] = [
        ["took", f"{run.seconds:.1f} s"],
        ["data, SHA-256", f"`{run.dataset.sha256}`"],
    ]
    for group in (run.settings, run.versions, run.machine):
        rows += [[name.replace("_", " "), str(value)] for name, value in group.items()]
    return ["## Conditions", "", *_table(["", ""], rows)]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows)]


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if float(value).is_integer() and value > 1 else f"{value:.4f}"


def _p(value: float) -> str:
    return "< 0.0001" if value < 0.0001 else f"{value:.4f}"


def _escaped(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
