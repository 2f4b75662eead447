"""Settings: where the library lies, who we are to the services we call, whether the network may be used.

Reads nothing by itself: ``service.wiring`` hands in the environment, so that everything below can be
tested without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from osler.errors import UsageError

TRUE_WORDS: Final = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS: Final = frozenset({"", "0", "false", "no", "off"})

ENVIRONMENT: Final[Mapping[str, str]] = {
    "OSLER_HOME": "folder of the library (default: the platform's data directory)",
    "OSLER_OFFLINE": "1 refuses every use of the network",
    "OSLER_NCBI_EMAIL": "e-mail address sent to NCBI with each request, as NCBI asks",
    "OSLER_NCBI_KEY": "your NCBI API key: 10 requests a second instead of 3",
    "OSLER_NCBI_URL": "address of the E-utilities, for a mirror or a test server",
    "OSLER_WAIT_S": "seconds a second writer waits before it says who holds the library",
}
"""Every variable that Osler reads, with its meaning; the documentation is tested against this."""

EUTILS_URL: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside.

    Attributes:
        home: Folder with ``osler.db`` and ``index/``.
        offline: Refuse every use of the network.
        ncbi_email: Contact address sent to NCBI, or None.
        ncbi_key: NCBI API key, or None.
        ncbi_url: Base address of the E-utilities, with a trailing slash.
        wait_s: Seconds a second writer waits for the first.
    """

    home: Path
    offline: bool = False
    ncbi_email: str | None = None
    ncbi_key: str | None = None
    ncbi_url: str = EUTILS_URL
    wait_s: float = 10.0

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.home / "osler.db"

    @property
    def index(self) -> Path:
        """The folder of the lexical index."""
        return self.home / "index"


def load_settings(environment: Mapping[str, str], *, default_home: Path) -> Settings:
    """Return the settings that ``environment`` asks for.

    Raises:
        UsageError: A variable holds a value that cannot be read.
    """
    wait = environment.get("OSLER_WAIT_S", "10")
    try:
        wait_s = float(wait)
    except ValueError:
        raise UsageError(
            f"{wait!r} is not a number of seconds", item="OSLER_WAIT_S", hint="for example 10"
        ) from None
    address = environment.get("OSLER_NCBI_URL", EUTILS_URL)
    return Settings(
        home=Path(environment.get("OSLER_HOME") or default_home).expanduser(),
        offline=_read_switch("OSLER_OFFLINE", environment.get("OSLER_OFFLINE", "")),
        ncbi_email=environment.get("OSLER_NCBI_EMAIL") or None,
        ncbi_key=environment.get("OSLER_NCBI_KEY") or None,
        ncbi_url=address if address.endswith("/") else address + "/",
        wait_s=wait_s,
    )


def _read_switch(name: str, value: str) -> bool:
    folded = value.strip().lower()
    if folded in TRUE_WORDS:
        return True
    if folded in FALSE_WORDS:
        return False
    raise UsageError(f"{value!r} is neither on nor off", item=name, hint="use 1 or 0")
