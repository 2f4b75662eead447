"""The records of DrugMechDB that were taken in: two files in the library's folder, read when asked for.

``drugmechdb.jsonl`` holds one record a line, its text as it came. ``drugmechdb.names.json`` says for every
compared name of a drug where its records begin, so that one question reads a few lines and not the whole.
Both are written anew by each import and put in place by renaming, the names last: a broken import leaves
what was there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from osler.errors import InputError
from osler.ids import sha256_text
from osler.mechanism.imported import drug_names
from osler.mechanism.record import Record, read_record

FORMAT: Final = 1
FOLDER: Final = "mechanism"
RECORDS: Final = "drugmechdb.jsonl"
NAMES: Final = "drugmechdb.names.json"


@dataclass(frozen=True)
class Held:
    """The records that lie in ``folder``, if any do.

    Attributes:
        folder: Where the two files lie.
    """

    folder: Path

    @property
    def is_there(self) -> bool:
        """Whether records have been taken in."""
        return (self.folder / NAMES).exists()

    @cached_property
    def _names(self) -> dict[str, Any]:
        try:
            names: dict[str, Any] = json.loads((self.folder / NAMES).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"format": FORMAT, "drugs": {}}
        except (OSError, ValueError) as error:
            raise _damaged(self.folder / NAMES) from error
        if names.get("format") != FORMAT:
            raise _damaged(self.folder / NAMES)
        return names

    def knows(self, drug: str) -> bool:
        """Tell whether a record is about the drug of this compared name."""
        return drug in self._names["drugs"]

    def of_drug(self, drug: str) -> list[Record]:
        """Return the records about the drug of this compared name, in the order of the file.

        Raises:
            InputError: A file is damaged (``input.damaged``).
        """
        places: Sequence[int] = self._names["drugs"].get(drug, ())
        if not places:
            return []
        path = self.folder / RECORDS
        found = []
        try:
            with path.open("rb") as file:
                for place in places:
                    file.seek(place)
                    row = json.loads(file.readline())
                    if sha256_text(row["text"]) != row["sha256"]:
                        raise _damaged(path)
                    found.append(read_record(row["text"]))
        except (OSError, ValueError, KeyError) as error:
            raise _damaged(path) from error
        return found


def keep(folder: Path, records: Iterable[Record], *, origin: str, now: str) -> int:
    """Write ``records`` into ``folder`` in the place of those that were there, and return how many.

    Args:
        folder: Is made if it is missing.
        records: In order.
        origin: Name of the file they came from.
        now: ISO time.

    Raises:
        InputError: The folder cannot be written to (``input.unwritable``).
    """
    drugs: dict[str, list[int]] = {}
    number = 0
    new = folder / f"{RECORDS}.new", folder / f"{NAMES}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with new[0].open("wb") as file:
            for record in records:
                for name in sorted(drug_names(record)):
                    drugs.setdefault(name, []).append(file.tell())
                row = {"id": record.id, "sha256": sha256_text(record.text), "text": record.text}
                file.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
                number += 1
        names = {"format": FORMAT, "origin": origin, "imported": now, "records": number, "drugs": drugs}
        new[1].write_text(json.dumps(names, ensure_ascii=False, sort_keys=True), encoding="utf-8")
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


def _damaged(path: Path) -> InputError:
    return InputError(
        "the records are damaged",
        item=str(path),
        hint="take them in again with --import",
        code="input.damaged",
    )
