"""``osler eval …``: Osler measured on question sets, and two runs compared."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from osler.errors import Exit
from osler.surfaces.cli.options import AsJson, Without
from osler.surfaces.cli.output import print_json, print_page, tell
from osler.surfaces.cli.progress import open_progress

if TYPE_CHECKING:
    from osler.evaluate.run import Run

Folder = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FOLDER", help="Write run.json and a page with plots here."),
]


def register(app: typer.Typer) -> None:
    """Put the commands on ``app``."""
    family = typer.Typer(help="Measure search, answers and speed on question sets.")
    for command in (retrieval, sentences, verification, answers, latency, compare):
        family.command()(command)
    app.add_typer(family, name="eval")


def retrieval(
    dataset: Annotated[
        Path, typer.Argument(metavar="DATASET", help="A BEIR folder.", show_default=False)
    ],
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Also measure plain BM25, and compare.")
    ] = False,
    without: Without = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME", help="Embed the corpus by this model or folder first."),
    ] = None,
    as_json: AsJson = False,
    output: Folder = None,
) -> int:
    """Measure the search: nDCG@10, MAP, recall@100, MRR@10, time of a query."""
    from osler.evaluate.baseline import evaluate_baseline
    from osler.evaluate.extra import require_extra
    from osler.evaluate.retrieval import evaluate_retrieval

    if baseline:
        require_extra("bm25s")
    with open_progress("retrieval") as progress:
        run, read = evaluate_retrieval(
            dataset, progress=progress, without=frozenset(without or ()), model=model
        )
        beside = evaluate_baseline(read, started=run.started, progress=progress) if baseline else None
    return _give(run, output, as_json=as_json, beside=beside)


def sentences(
    dataset: Annotated[
        Path, typer.Argument(metavar="DATASET", help="Documents with gold spans.", show_default=False)
    ],
    as_json: AsJson = False,
    output: Folder = None,
) -> int:
    """Measure which sentences of a document an answer chooses: precision@1, recall@3."""
    from osler.evaluate.sentences import evaluate_sentences

    with open_progress("sentences") as progress:
        run = evaluate_sentences(dataset, progress=progress)
    return _give(run, output, as_json=as_json)


def verification(
    dataset: Annotated[
        Path, typer.Argument(metavar="DATASET", help="Claims, passages, labels.", show_default=False)
    ],
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Also measure word overlap, and compare.")
    ] = False,
    model: Annotated[
        Path | None,
        typer.Option("--model", metavar="FOLDER", help="Weigh meaning too, by this model."),
    ] = None,
    as_json: AsJson = False,
    output: Folder = None,
) -> int:
    """Measure the judge on labelled claims: accuracy, macro-F1, "supports" at the gate, confusion."""
    from osler.evaluate.verification import evaluate_verification

    with open_progress("verification") as progress:
        run, beside = evaluate_verification(dataset, baseline=baseline, model=model, progress=progress)
    return _give(run, output, as_json=as_json, beside=beside)


def answers(
    dataset: Annotated[
        Path, typer.Argument(metavar="DATASET", help="Questions with nuggets.", show_default=False)
    ],
    threshold: Annotated[
        float,
        typer.Option(
            "--threshold", metavar="SHARE", min=0.01, max=1.0, help="Words of a nugget to be stated."
        ),
    ] = 0.6,
    as_json: AsJson = False,
    output: Folder = None,
) -> int:
    """Measure the answers of this library: nugget recall, unsupported share, abstentions."""
    from osler.evaluate.answers import evaluate_answers
    from osler.service.wiring import open_desk

    with open_desk(os.environ, holder="osler eval") as desk, open_progress("answers") as progress:
        run = evaluate_answers(desk, dataset, threshold=threshold, progress=progress)
    tell(desk.notices)
    return _give(run, output, as_json=as_json)


def latency(
    dataset: Annotated[
        Path, typer.Argument(metavar="FILE", help="Questions, one a line.", show_default=False)
    ],
    cold: Annotated[
        int, typer.Option("--cold", metavar="N", min=0, help="Questions asked in a new process.")
    ] = 20,
    rounds: Annotated[
        int, typer.Option("--rounds", metavar="N", min=1, help="Times each question is timed.")
    ] = 3,
    as_json: AsJson = False,
    output: Folder = None,
) -> int:
    """Measure the time of search and ask on this library: p50, p95, p99, warm and cold."""
    from osler.evaluate.latency import Cold, evaluate_latency
    from osler.service.wiring import open_desk

    program = Cold((sys.executable, "-m", "osler.surfaces.cli.main"), cold)
    with open_desk(os.environ, holder="osler eval") as desk, open_progress("latency") as progress:
        run = evaluate_latency(desk, dataset, cold=program, rounds=rounds, progress=progress)
    tell(desk.notices)
    return _give(run, output, as_json=as_json)


def compare(
    first: Annotated[
        Path, typer.Argument(metavar="RUN", help="A run.json or its folder.", show_default=False)
    ],
    second: Annotated[Path, typer.Argument(metavar="RUN", show_default=False)],
    as_json: AsJson = False,
    output: Folder = None,
) -> int:
    """Compare two runs on the same set: differences and whether they are chance."""
    from osler.evaluate.comparison import compare_runs
    from osler.evaluate.report import save_comparison
    from osler.evaluate.run import load_run

    comparison = compare_runs(load_run(first), load_run(second))
    if output is not None:
        save_comparison(comparison, output)
    document = comparison.as_document()
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_evaluate import render_comparison

        print_page(lambda page: render_comparison(document, page))
    return Exit.DONE


def _give(run: Run, output: Path | None, *, as_json: bool, beside: Run | None = None) -> int:
    """Write the run to ``output`` where one is named, and print its figures."""
    from osler.evaluate.comparison import compare_runs

    document: dict[str, Any] = run.as_document()
    if beside is not None:
        document["beside"] = compare_runs(beside, run).as_document()
    if output is not None:
        from osler.evaluate.report import save_run

        save_run(run, output, beside=beside)
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_evaluate import render_run

        print_page(lambda page: render_run(document, page, baseline=beside))
    return Exit.DONE
