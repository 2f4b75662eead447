"""A model folder: ``tokenizer.json`` and ``model.onnx`` or ``model.safetensors``. Says what it is.

The digests of the files are kept beside them with size and time of change, so that opening a model does
not read a hundred megabytes to learn that nothing changed. Runs nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from osler.errors import InputError, NotFoundError

TOKENIZER: Final = "tokenizer.json"
ONNX: Final = "model.onnx"
SAFETENSORS: Final = "model.safetensors"
CONFIG: Final = "config.json"
POOLING: Final = "1_Pooling/config.json"
NOTES: Final = "osler.json"
"""What Osler knows of the folder: where it came from, the licence, the digests."""

USED: Final = (TOKENIZER, CONFIG, POOLING, SAFETENSORS, ONNX)
"""Files that can decide a vector; nothing else of a model is kept."""

_CACHE: Final = "made"
_READ_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """One model on disk.

    Attributes:
        path: The folder.
        weights: File of the weights within it.
        config: Content of ``config.json``, empty where there is none.
        takes_first: Whether the first token stands for the whole text instead of the mean of all.
    """

    path: Path
    weights: str
    config: dict[str, Any]
    takes_first: bool

    @property
    def name(self) -> str:
        """Name of the model: that of its folder."""
        return self.path.name

    @property
    def size(self) -> int:
        """Bytes of the files that decide a vector."""
        return sum((self.path / name).stat().st_size for name in self._used())

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each file that decides a vector, by name; kept while none changes."""
        notes = load_notes(self.path)
        kept = notes.get("files", {})
        found: dict[str, dict[str, Any]] = {}
        for name in self._used():
            stat = (self.path / name).stat()
            entry = kept.get(name)
            if not entry or (entry["bytes"], entry["changed"]) != (stat.st_size, stat.st_mtime_ns):
                digest = hash_file(self.path / name)
                entry = {"bytes": stat.st_size, "changed": stat.st_mtime_ns, "sha256": digest}
            found[name] = entry
        if found != kept:
            with suppress(OSError):  # a courtesy: a folder that may not be written is read every time
                save_notes(self.path, {**notes, "files": found})
        return {name: str(entry["sha256"]) for name, entry in found.items()}

    def digest(self, recipe: str) -> str:
        """Return one SHA-256 over everything that decides a vector when run by ``recipe``."""
        named = "\x1f".join(f"{name}\x1f{sha}" for name, sha in sorted(self.digests().items()))
        return hashlib.sha256(f"{recipe}\x1f{named}".encode()).hexdigest()

    def load_made(self, digest: str) -> bytes | None:
        """Return what was made from this model under ``digest``, or None."""
        with suppress(OSError):
            return self._made(digest).read_bytes()
        return None

    def keep_made(self, digest: str, content: bytes) -> None:
        """Keep ``content`` under ``digest`` in place of what was made before, where the disk lets us."""
        with suppress(OSError):
            path = self._made(digest)
            path.parent.mkdir(exist_ok=True)
            partial = path.with_suffix(f".{os.getpid()}")
            partial.write_bytes(content)
            partial.replace(path)
            for other in path.parent.glob("*.onnx"):
                if other != path:
                    other.unlink(missing_ok=True)

    def _made(self, digest: str) -> Path:
        return self.path / _CACHE / f"{digest[:20]}.onnx"

    def _used(self) -> list[str]:
        unused = {SAFETENSORS, ONNX} - {self.weights}
        return [name for name in USED if name not in unused and (self.path / name).is_file()]


def open_folder(path: Path) -> ModelFolder:
    """Return the model in the folder ``path``.

    Where both kinds of weights are there, ``model.safetensors`` is taken when the model is of the BERT
    family, since it can be run in whole numbers, and ``model.onnx`` otherwise.

    Raises:
        NotFoundError: ``not_found.model``: there is no such folder.
        InputError: ``input.model``: it lacks a file, or one cannot be read.
    """
    if not path.is_dir():
        raise NotFoundError(
            "there is no such model", item=path.name, hint="osler models list", code="not_found.model"
        )
    if not is_model(path):
        raise InputError(
            f"needs {TOKENIZER} and {ONNX} or {SAFETENSORS}",
            item=str(path),
            hint="fetch the model again",
            code="input.model",
        )
    config = _load_json(path / CONFIG)
    has_both = (path / ONNX).is_file() and (path / SAFETENSORS).is_file()
    is_bert = config.get("model_type", "bert") == "bert"
    takes_onnx = not is_bert if has_both else (path / ONNX).is_file()
    pooling = _load_json(path / POOLING)
    return ModelFolder(
        path,
        ONNX if takes_onnx else SAFETENSORS,
        config,
        takes_first=bool(pooling.get("pooling_mode_cls_token", False)),
    )


def is_model(path: Path) -> bool:
    """Tell whether the folder ``path`` holds a model."""
    weights = (path / ONNX).is_file() or (path / SAFETENSORS).is_file()
    return weights and (path / TOKENIZER).is_file()


def load_notes(path: Path) -> dict[str, Any]:
    """Return what Osler noted of the model in ``path``; empty where there is nothing of use."""
    try:
        notes = json.loads((path / NOTES).read_bytes())
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def save_notes(path: Path, notes: dict[str, Any]) -> None:
    """Keep ``notes`` with the model in ``path``: written whole, then renamed in one step.

    Raises:
        OSError: The folder refuses.
    """
    partial = path / f"{NOTES}.{os.getpid()}"
    partial.write_text(json.dumps(notes, indent=1, sort_keys=True), encoding="utf-8")
    partial.replace(path / NOTES)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of the file ``path``, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_READ_AT_ONCE):
            digest.update(part)
    return digest.hexdigest()


def _load_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as fault:
        raise InputError(
            f"cannot be read: {fault}", item=str(path), hint="fetch the model again", code="input.model"
        ) from fault
    return found if isinstance(found, dict) else {}
