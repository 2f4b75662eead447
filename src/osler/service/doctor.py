"""Doctor: looks at the installation, the library and the index, and names each fault's repair."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from osler import __version__
from osler.config import Settings
from osler.errors import OslerError
from osler.library import reindex
from osler.net.message import is_loopback
from osler.service.wiring import has_library, open_desk, open_writer, read_settings

LEAST_FREE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        check: What was looked at.
        ok: Whether it is in order.
        detail: What was seen.
        repair: What to do; empty when in order.
    """

    check: str
    ok: bool
    detail: str
    repair: str = ""


def doctor(environment: Mapping[str, str] | None = None) -> list[Finding]:
    """Return what was found, in order; never raises for a fault that it can describe."""
    try:
        settings = read_settings(environment)
    except OslerError as fault:
        return [Finding("settings", False, fault.message, fault.hint)]
    findings = [_program(), _engine(), _place(settings), _network(settings), _writer(settings)]
    return findings + _library(environment, settings)


def _program() -> Finding:
    python = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("program", True, f"osler {__version__}, Python {python}")


def _engine() -> Finding:
    tantivy = importlib.metadata.version("tantivy")
    return Finding("engine", True, f"tantivy {tantivy}")


def _place(settings: Settings) -> Finding:
    folder = settings.home
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    enough = free >= LEAST_FREE_BYTES
    return Finding(
        "place",
        enough,
        f"{folder}, {free / 1e9:.1f} GB free",
        "" if enough else "free some space, or set OSLER_HOME to another disk",
    )


def _network(settings: Settings) -> Finding:
    if settings.offline:
        return Finding("network", True, "switched off (OSLER_OFFLINE)")
    if settings.ncbi_email is None:
        return Finding(
            "network", True, "allowed; no e-mail address is set for NCBI", "set OSLER_NCBI_EMAIL"
        )
    return Finding("network", True, "allowed")


def _writer(settings: Settings) -> Finding:
    """Say whether a language model is configured and there; it is asked for no sentence."""
    writer = settings.writer
    if writer is None:
        return Finding("writer", True, "none: answers are made of quotes")
    named = f"{writer.model} at {writer.url}"
    plain = writer.url.startswith("http:") and not is_loopback(writer.url)
    fault = open_writer(settings).is_reachable()
    if fault:
        repair = "start it, or unset OSLER_WRITER_URL: until then answers are made of quotes"
        return Finding("writer", False, f"{named}: {fault}", repair)
    return Finding("writer", True, f"{named}{', not encrypted on the way' if plain else ''}")


def _library(environment: Mapping[str, str] | None, settings: Settings) -> list[Finding]:
    if not has_library(settings):
        return [Finding("library", False, "there is none yet", "osler add starter:hlh")]
    try:
        with open_desk(environment, holder="osler doctor") as desk:
            sources = desk.store.count_sources()
            failures = len(desk.store.failures())
            differences = reindex.verify(desk.store, settings.index)
    except OslerError as fault:
        return [Finding("library", False, fault.message, fault.hint)]
    return [
        Finding("library", True, f"{sources:,} sources"),
        Finding(
            "failures",
            failures == 0,
            f"{failures:,} items could not be added",
            "" if failures == 0 else "osler library failures",
        ),
        Finding(
            "index",
            not differences,
            differences[0] if differences else "matches the library",
            "" if not differences else "osler index rebuild",
        ),
    ]
