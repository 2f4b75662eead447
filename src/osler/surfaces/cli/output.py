"""The way out: pages and JSON to standard output, remarks to standard error.

Holds no words of its own. Faults belong to ``main``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from osler.surfaces.cli.page import Page, clean, page_for


class PipeClosed(Exception):  # noqa: N818  not an error: the reader has seen enough
    """Whoever reads standard output went away. Not an OSError, which Typer would turn into exit 1."""


def print_json(document: Mapping[str, Any]) -> None:
    """Write ``document`` as indented JSON, always in UTF-8 whatever the terminal speaks.

    Raises:
        PipeClosed: Nobody reads any more.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2)
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise PipeClosed from None


def tell(notices: Iterable[str]) -> None:
    """Write remarks on the way to standard error, one line each; they are no part of the document."""
    for notice in dict.fromkeys(notices):
        sys.stderr.write(f"osler: note: {clean(notice)}\n")


def print_page(write: Callable[[Page], None]) -> None:
    """Let ``write`` fill a page that suits standard output, and print it at once.

    Letters that the terminal's encoding lacks are replaced rather than refused.

    Raises:
        PipeClosed: Nobody reads any more.
    """
    page = page_for(sys.stdout, os.environ)
    write(page)
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(page.text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise PipeClosed from None
