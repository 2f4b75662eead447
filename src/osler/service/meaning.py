"""Where models and vectors lie, and opening both for a search. Imports the model runtime on use only."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from osler.config import Settings
from osler.errors import IndexMismatchError, UsageError

if TYPE_CHECKING:
    from osler.retrieval.meaning import Meaning
    from osler.store import Store

REPAIR: Final = "osler index embed"


def models_folder(settings: Settings) -> Path:
    """Return the folder that holds one folder per model."""
    return settings.home / "models"


def vectors_folder(settings: Settings) -> Path:
    """Return the folder of the vectors, beside the lexical index."""
    return settings.index / "dense"


def open_meaning(settings: Settings, store: Store, notices: list[str]) -> Meaning | None:
    """Return the meaning of passages by the model of the vectors, or by the only model there is.

    None where the extra ``dense`` is not installed or no model is here: search does without, and where
    that may surprise, ``notices`` says why.
    """
    from osler.providers.folder import is_model

    folder = models_folder(settings)
    if not folder.is_dir() or not any(is_model(path) for path in folder.iterdir()):
        return None
    from osler.providers.local import open_embedder, require_runtime

    try:
        require_runtime()
    except UsageError as fault:
        notices.append(f"searched without vectors: {fault.message}")
        return None
    from osler.index.dense import open_dense
    from osler.library.reindex import StoredRows
    from osler.providers.models import find_model, installed
    from osler.retrieval.meaning import VectorMeaning

    index = None
    try:
        index = open_dense(vectors_folder(settings), library=store.identity())
    except IndexMismatchError as fault:
        notices.append(f"the stored vectors were not used: {fault.message} ({fault.hint})")
    name = present_model(settings)
    if name is None and len(installed(folder)) > 1:
        notices.append("searched without vectors: osler index embed --model NAME chooses a model")
        return None
    embedder = open_embedder(find_model(folder, name))
    if index is not None and index.model != embedder.model:
        notices.append(f"the stored vectors are of another model: {REPAIR} makes them anew")
        index = None
    return VectorMeaning(embedder, index, StoredRows(store))


def present_model(settings: Settings) -> str | None:
    """Return the model of the vectors there are, if it is still here."""
    from osler.index.dense_files import load_dense_manifest
    from osler.providers.models import installed

    with suppress(IndexMismatchError):  # vectors that cannot be used are made anew, by any model
        manifest = load_dense_manifest(vectors_folder(settings))
        if manifest is not None and manifest.model.name in installed(models_folder(settings)):
            return manifest.model.name
    return None
