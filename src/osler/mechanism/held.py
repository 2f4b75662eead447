"""The records of DrugMechDB that were taken in: two files in the library's folder, read when asked for.

``drugmechdb.jsonl`` holds one record a line, its text as it came. ``drugmechdb.names`` says for every
compared name of a drug where its records begin: one question reads a few lines and not the whole.
Both are written anew by each import and put in place by renaming, the names last: a broken import leaves
what was there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from osler.errors import InputError
from osler.ids import sha256_text
from osler.mechanism.glance import FOLDER, FORMAT, NAMES, pairs_of
from osler.mechanism.imported import disease_names, drug_names
from osler.mechanism.record import Record, read_record

RECORDS: Final = "drugmechdb.jsonl"


def is_there(home: Path) -> bool:
    """Tell whether records have been taken in."""
    return (home / FOLDER / NAMES).exists()


def records_of(home: Path, drug: str) -> list[Record]:
    """Return the imported records about ``drug``, by any of its names, in the order of the file.

    Raises:
        InputError: A file is damaged (``input.damaged``).
    """
    path = home / FOLDER / RECORDS
    found = []
    try:
        pairs = pairs_of(home, drug)
        if not pairs:
            return []
        with path.open("rb") as file:
            for pair in pairs:
                file.seek(pair.place)
                row = json.loads(file.readline())
                if sha256_text(row["text"]) != row["sha256"]:
                    raise _damaged(path)
                found.append(read_record(row["text"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(home / FOLDER) from error
    return found


def keep(home: Path, records: Iterable[Record], *, origin: str, now: str) -> int:
    """Write ``records`` in the place of those that were there, and return how many.

    Args:
        home: The library's folder; it is made if it is missing.
        records: In order.
        origin: Name of the file they came from.
        now: ISO time.

    Raises:
        InputError: The folder cannot be written to (``input.unwritable``).
    """
    folder = home / FOLDER
    names: list[str] = []
    number = 0
    new = folder / f"{RECORDS}.new", folder / f"{NAMES}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with new[0].open("wb") as file:
            for record in records:
                names += _lines(record, file.tell())
                row = {"id": record.id, "sha256": sha256_text(record.text), "text": record.text}
                file.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
                number += 1
        head = "\t".join((FORMAT.decode(), origin.replace("\t", " "), now, str(number)))
        new[1].write_text("\n".join((head, *sorted(names), "")), encoding="utf-8")
        new[0].replace(folder / RECORDS)
        new[1].replace(folder / NAMES)
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}",
            item=str(folder),
            hint="name a library in a folder that you may write to",
            code="input.unwritable",
        ) from error
    return number


def _lines(record: Record, place: int) -> list[str]:
    """Return the lines of the index for a record: one for each name of its drug."""
    shown = (" ".join(name.split()) for name in (record.drug, record.disease))
    rest = "\t".join((str(place), *shown, "|".join(sorted(disease_names(record)))))
    return [f"{name}\t{rest}" for name in sorted(drug_names(record))]


def _damaged(path: Path) -> InputError:
    return InputError(
        "the records are damaged",
        item=str(path),
        hint="take them in again with --import",
        code="input.damaged",
    )
