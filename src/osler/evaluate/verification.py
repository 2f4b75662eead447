"""Verification, measured: what Osler says a passage does for a claim, held against people's labels.

Two things are measured on every claim, the span check having no part in either since nothing is quoted.
The opinion: the three-way decision of ``verify.opinion``, and whether support is likely enough for its
gate. The checks: what ``osler check`` says, which speaks only where no check objects.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from osler.evaluate.claims import (
    LabelledClaim,
    confusion_of,
    draw_folds,
    gate_scores,
    load_claims,
    scores_of,
)
from osler.evaluate.datasets import Origin
from osler.evaluate.overlap import judge_by_overlap
from osler.evaluate.run import Item, Run, RunKind, Scalar, this_machine, versions_of
from osler.model.passage import Passage
from osler.model.source import Design, Kind, Source
from osler.verify.alignment import sentences_in
from osler.verify.claim import ClaimOutcome, check_claim
from osler.verify.opinion import Opinion, Sight, Stand, form_opinion, shipped_weighing

if TYPE_CHECKING:
    from osler.providers.local import LocalEmbedder

FOLDS: Final = 5
BASELINE: Final = "word overlap"
CORRECT: Final = "correct"
_CHECKS: Final = {ClaimOutcome.SUPPORTED: Stand.SUPPORTS, ClaimOutcome.CONTRADICTED: Stand.REFUTES}

Progress = Callable[[int, int | None, str], None]


def evaluate_verification(
    file: Path, *, baseline: bool = False, model: Path | None = None, progress: Progress | None = None
) -> tuple[Run, Run | None]:
    """Return the run of the judge on the labelled claims in ``file``, and that of word overlap.

    Args:
        file: JSON lines ``{"claim", "passage", "label"}``.
        baseline: Whether word overlap is measured too, tuned on folds that share no claim and passage.
        model: Folder of a sentence model, by which meaning is weighed too; None for words alone.
        progress: Told how many claims are done.

    Raises:
        InputError: The file holds no set that can be used, or the folder no model.
        UsageError: What runs the model is not installed.
    """
    origin, claims = load_claims(file)
    begun, started = time.perf_counter(), datetime.now(UTC).isoformat(timespec="seconds")
    embedder = _open(model)
    items = []
    for number, row in enumerate(claims, start=1):
        items.append(_measure(row, number, embedder))
        if progress is not None:
            progress(number, len(claims), "claims")
    sight = _sight(embedder)
    settings: dict[str, Scalar] = {
        "weights": sight.value,
        "gate, stretch": shipped_weighing(sight, long=False).gate,
        "gate, abstract": shipped_weighing(sight, long=True).gate,
        **({"model": embedder.model.name} if embedder is not None else {}),
    }
    run = _run("osler", origin, items, settings, started, time.perf_counter() - begun)
    return run, _baseline(origin, claims, started) if baseline else None


def _open(model: Path | None) -> LocalEmbedder | None:
    if model is None:
        return None
    from osler.providers.local import open_embedder, require_runtime

    require_runtime()
    return open_embedder(model)


def _measure(row: LabelledClaim, number: int, embedder: LocalEmbedder | None) -> Item:
    begun = time.perf_counter()
    alike, near = _read(row, embedder)
    opinion = form_opinion(row.claim, row.passage, alike=alike, near=near)
    milliseconds = (time.perf_counter() - begun) * 1000
    checked = _CHECKS.get(_outcome(row), Stand.NEUTRAL)
    detail = {
        "label": row.label.value,
        "verdict": opinion.stand.value,
        "passes_gate": opinion.passes_gate,
        "checks": checked.value,
        "likely": {stand.value: round(share, 4) for stand, share in opinion.likely.items()},
    }
    return Item(str(number), row.claim, _values(row, opinion, checked, milliseconds), detail)


def _values(
    row: LabelledClaim, opinion: Opinion, checked: Stand, milliseconds: float
) -> dict[str, float]:
    return {
        CORRECT: float(opinion.stand is row.label),
        f"{CORRECT}, checks": float(checked is row.label),
        "verify_ms": round(milliseconds, 3),
    }


def _sight(embedder: LocalEmbedder | None) -> Sight:
    """Return what can be seen: tables of nearness belong to one model, another gives alikeness alone."""
    if embedder is None:
        return Sight.WORDS
    from osler.providers.nearness import shipped_tables

    known = shipped_tables().model == embedder.model.sha256
    return Sight.CLOSE if known else Sight.MEANING


def _read(
    row: LabelledClaim, embedder: LocalEmbedder | None
) -> tuple[list[float] | None, dict[str, float] | None]:
    """Return the cosine of the claim with each sentence of the passage, and how near they lie."""
    if embedder is None:
        return None, None
    from osler.providers.nearness import measure, read, shipped_tables

    claim, *sentences = (read(embedder, text) for text in (row.claim, *sentences_in(row.passage)))
    alike = [float(claim.vector @ sentence.vector) for sentence in sentences]
    near = measure(claim, sentences, shipped_tables()) if _sight(embedder) is Sight.CLOSE else None
    return alike, near


def _outcome(row: LabelledClaim) -> ClaimOutcome:
    """Return what ``osler check`` would say: the passage as a source of its own that can be cited."""
    source = Source(
        key="json:eval:claim", kind=Kind.RESEARCH, design=Design.OTHER, title="The passage at hand"
    )
    passage = Passage(source=source.id, version="ver_eval", ordinal=0, text=row.passage)
    return check_claim(row.claim, source=source, passages=[passage]).outcome


def _baseline(origin: Origin, claims: Sequence[LabelledClaim], started: str) -> Run:
    begun = time.perf_counter()
    said = judge_by_overlap(claims, draw_folds(claims, FOLDS))
    items = [
        Item(
            str(number),
            row.claim,
            {CORRECT: float(stand is row.label)},
            {"label": row.label.value, "verdict": stand.value},
        )
        for number, (row, stand) in enumerate(zip(claims, said, strict=True), start=1)
    ]
    settings: dict[str, Scalar] = {"folds": FOLDS, "tuned_for": "macro_f1"}
    return _run(BASELINE, origin, items, settings, started, time.perf_counter() - begun)


def _run(
    system: str,
    origin: Origin,
    items: Sequence[Item],
    settings: dict[str, Scalar],
    started: str,
    seconds: float,
) -> Run:
    return Run(
        kind=RunKind.VERIFICATION,
        system=system,
        dataset=origin,
        settings=settings,
        versions=versions_of(),
        machine=this_machine(),
        library=None,
        started=started,
        seconds=round(seconds, 3),
        summary=summarise(items),
        items=tuple(items),
        notes=_notes(system, origin),
    )


def _notes(system: str, origin: Origin) -> tuple[str, ...]:
    """Say where the figures flatter: weights measured on what they were learnt from."""
    learnt = shipped_weighing(Sight.WORDS, long=True).learnt_from
    if system == BASELINE or origin.sha256 not in learnt:
        return ()
    return (
        "the weights were learnt from this very set; its five-fold figures are those of "
        "scripts/train_entailment.py",
    )


def summarise(items: Sequence[Item]) -> dict[str, float]:
    """Return accuracy, macro-F1, F1 of each label, the gate's figures, and the table of confusion."""
    golds = [Stand(item.detail["label"]) for item in items]
    pairs = list(zip(golds, (Stand(item.detail["verdict"]) for item in items), strict=True))
    figures: dict[str, float] = {"claims": len(items), **scores_of(pairs)}
    if all("passes_gate" in item.detail for item in items):
        passed = [bool(item.detail["passes_gate"]) for item in items]
        figures |= gate_scores(list(zip(golds, passed, strict=True)))
        checked = [Stand(item.detail["checks"]) for item in items]
        figures |= _of_checks(list(zip(golds, checked, strict=True)))
    figures |= confusion_of(pairs)
    return {name: round(value, 6) for name, value in figures.items()}


def _of_checks(pairs: Sequence[tuple[Stand, Stand]]) -> dict[str, float]:
    """Return the same figures of what ``osler check`` says."""
    scores = scores_of(pairs)
    gate = gate_scores([(gold, said is Stand.SUPPORTS) for gold, said in pairs])
    kept = {name: scores[name] for name in ("accuracy", "macro_f1")}
    return {f"{name}, checks": value for name, value in (kept | gate).items()}
