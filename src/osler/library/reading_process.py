"""A process that reads its part of files and makes it ready; started by ``library.apart`` only.

Takes one JSON object on standard input, gives parcels on standard output. Ends by itself when nobody
reads them any more.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from osler.errors import InputError
from osler.formats import open_part
from osler.library.parcels import News, write_fault, write_parcel
from osler.library.prepare import UNREADABLE, prepare, unreadable
from osler.model.source import Kind


def main() -> int:
    """Read the files that standard input names, and return the exit status."""
    # What a library prints must not fall among the parcels.
    parcels = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Records, trees and tuples hold no rings; looking for some takes a tenth of the time.
    gc.disable()
    try:
        write_parcel(parcels, News.READY)
        job = json.load(sys.stdin)
        for file, name in zip(job["files"], job["names"], strict=True):
            read_file(Path(file), name, job, parcels)
    except BrokenPipeError:
        # The writer has gone, killed perhaps: there is nobody left to tell.
        os._exit(1)
    return 0


def read_file(path: Path, name: str, job: dict[str, Any], parcels: BinaryIO) -> None:
    """Give the blocks of one file that fall to this process, then say that they are all."""
    kind = Kind(job["kind"]) if job["kind"] else None
    try:
        blocks = open_part(
            path,
            part=job["part"],
            of=job["of"],
            kind=kind,
            licence=job["licence"],
            scope=job["scope"],
        )
        for block in blocks:
            ready = [prepare(item, indexed=job["indexed"]) for item in block]
            write_parcel(parcels, News.BLOCK, ready)
    except InputError as error:
        write_fault(parcels, error)
    except UNREADABLE as error:
        write_fault(parcels, unreadable(error, name))
    else:
        write_parcel(parcels, News.END)


if __name__ == "__main__":
    sys.exit(main())
