"""Files of DrugMechDB opened: an archive, a folder or one record; each entry read or refused by name."""

from __future__ import annotations

import lzma
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from osler.errors import InputError, NotFoundError
from osler.mechanism.record import LONGEST, Record, read_record
from osler.mechanism.relations import node_kind

MOST: Final = 100_000
"""Entries that an archive may have."""
_ENDINGS: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that was not taken in, and why."""

    item: str
    reason: str


def read_entries(path: Path) -> Iterator[Record | Refused]:
    """Yield every entry of ``path`` by name: a record, or why it is none. Two of one id: the first.

    Raises:
        NotFoundError: There is no such file (``not_found.file``).
        InputError: It cannot be read (``input.unreadable``, ``input.damaged``).
    """
    seen: dict[str, str] = {}
    for name, content in sorted(_contents(path), key=lambda entry: entry[0]):
        found = _read(name, content)
        if isinstance(found, Record):
            if found.id in seen:
                found = Refused(name, f"has the id of {seen[found.id]}, which was taken in")
            else:
                seen[found.id] = name
        yield found


def _read(name: str, content: bytes | str) -> Record | Refused:
    """Return the record in ``content``, or why there is none; a text is a reason already."""
    if isinstance(content, str):
        return Refused(name, content)
    try:
        record = read_record(content.decode("utf-8").replace("\r\n", "\n"))
        for node in record.nodes:
            node_kind(node.label)
    except UnicodeDecodeError:
        return Refused(name, "is not UTF-8")
    except ValueError as error:
        return Refused(name, str(error))
    return record


def _contents(path: Path) -> Iterator[tuple[str, bytes | str]]:
    """Yield the name of each entry and what is in it, or why that is not read."""
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file():
                    name = file.relative_to(path).as_posix()
                    yield name, _whether(name, file.stat().st_size) or file.read_bytes()
        elif path.suffix in _ENDINGS:
            yield path.name, _whether(path.name, path.stat().st_size) or path.read_bytes()
        else:
            yield from _unpacked(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(
            "there is no such file", item=str(path), hint="check the name", code="not_found.file"
        ) from error
    except (tarfile.TarError, lzma.LZMAError, zlib.error, EOFError) as error:
        raise InputError(
            f"is no archive that can be read: {error}",
            item=str(path),
            hint="an archive (.tar, .tar.xz, .tar.gz), a folder, or one .yaml",
            code="input.damaged",
        ) from error
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}",
            item=str(path),
            hint="name a file that you may read",
            code="input.unreadable",
        ) from error


def _unpacked(path: Path) -> Iterator[tuple[str, bytes | str]]:
    with tarfile.open(path) as archive:
        for number, member in enumerate(archive, start=1):
            if number > MOST:
                yield member.name, f"comes after {MOST:,} others"
                return
            if not member.isfile():
                if not member.isdir():
                    yield member.name, "is no file"
                continue
            reason = _whether(member.name, member.size)
            file = None if reason else archive.extractfile(member)
            yield member.name, reason or (file.read() if file else "cannot be read")


def _whether(name: str, size: int) -> str:
    """Return why the entry is not to be read, or empty."""
    if not name.endswith(_ENDINGS):
        return "is no .yaml"
    if Path(name).name.startswith("_"):
        return "is a list of the others"
    if size > 4 * LONGEST:
        return f"is longer than {4 * LONGEST:,} bytes"
    return ""
