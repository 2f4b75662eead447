"""Models: which are here, getting one, and giving the library's passages their vectors.

The parts that need the extra ``dense`` are imported when they are used: everything else works without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from osler.service.meaning import models_folder, present_model, vectors_folder
from osler.service.wiring import Desk, SystemClock, read_settings

if TYPE_CHECKING:
    from osler.providers.models import ModelEntry

Progress = Callable[[int, int | None, str], None]

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
    embedder = open_embedder(find_model(models, model or present_model(desk.settings)))
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
