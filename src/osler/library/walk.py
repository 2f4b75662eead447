"""Finds the files that a person names: files, folders to their depth, patterns. Reads no content."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from osler.errors import InputError

LEFT_OUT: Final = frozenset({".md5", ".sha256"})
"""Check sums lie beside the files that they are about; they are no documents."""


def walk(what: str | Path) -> Iterator[Path | InputError]:
    """Yield the files that ``what`` names, in order of name, and an error for each that cannot be had.

    Hidden files and check sums inside a folder are passed over; a file named itself never is.
    """
    path = Path(what).expanduser()
    if path.is_dir():
        yield from _walk_folder(path)
    elif path.exists():
        yield _checked(path)
    elif any(sign in str(what) for sign in "*?["):
        yield from _walk_pattern(path)
    else:
        yield _refuse(path, "there is no such file or folder", "input.missing", "check the name")


def _walk_pattern(pattern: Path) -> Iterator[Path | InputError]:
    names = sorted(glob.glob(str(pattern), recursive=True))  # noqa: PTH207 - patterns may be absolute
    if not names:
        yield _refuse(pattern, "no file matches this pattern", "input.missing", "check the pattern")
    for name in names:
        yield from walk(name)


def _walk_folder(folder: Path) -> Iterator[Path | InputError]:
    refused: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and path.suffix.lower() not in LEFT_OUT:
                yield _checked(path)
    for error in refused:
        yield _unreadable(Path(error.filename), error)


def _checked(path: Path) -> Path | InputError:
    if not path.is_file():
        return _refuse(path, "this is no file", "input.unreadable", "name a file or a folder")
    if not os.access(path, os.R_OK):
        return _unreadable(path, None)
    return path


def _unreadable(path: Path, error: OSError | None) -> InputError:
    reason = error.strerror if error and error.strerror else "Permission denied"
    return _refuse(path, f"it cannot be read: {reason}", "input.unreadable", "check who may read it")


def _refuse(path: Path, reason: str, code: str, hint: str) -> InputError:
    return InputError(reason, item=path.as_posix(), code=code, hint=hint)
