"""Builds all parts from the settings, once. The only place that reads the clock and the environment."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from osler.config import Settings, load_settings
from osler.errors import IndexMismatchError, NotFoundError, UsageError

if TYPE_CHECKING:
    from osler.accounts.registry import Registry
    from osler.accounts.sign_on.code_flow import CodeFlow
    from osler.answer.compose import EvidenceBase
    from osler.index.reader import EmbeddedIndex
    from osler.model.person import People
    from osler.net.mail import Postbox
    from osler.providers.openai_compatible import ChatWriter
    from osler.retrieval.meaning import Meaning
    from osler.sources.notice import Notify
    from osler.sources.pubmed import PubMed
    from osler.store import Store

MOST_READERS: Final = 4
PUBLIC: Final = frozenset({"public"})
MISSING: Final = "index.missing"
EMPTY: Final = "library.missing"
BEHIND: Final = frozenset({MISSING, "index.sequence"})


@dataclass
class Desk:
    """The parts of one opened library. What is costly to open is opened when first used.

    Attributes:
        settings: Where everything lies.
        store: The database.
        holder: What this process is doing, for whoever has to wait for it.
        scopes: Parts of the library that may be read.
        notices: What is to be told beside an answer.
        readers: Desks at the same library for others, by what they may read.
        is_behind: Whether its index lacks what another process is adding.
    """

    settings: Settings
    store: Store
    holder: str
    scopes: frozenset[str] = PUBLIC
    notices: list[str] = field(default_factory=list)
    readers: dict[frozenset[str], Desk] = field(default_factory=dict, repr=False)
    is_behind: bool = False

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC)

    def reading(self, scopes: frozenset[str]) -> Desk:
        """Return a desk at the same library for somebody who may read ``scopes``, and nothing else.

        What is open is shared; the words it knows are its own, since they tell what the library holds.
        """
        if scopes == self.scopes:
            return self
        if scopes not in self.readers:
            desk = Desk(self.settings, self.store, self.holder, scopes, self.notices)
            for part in ("index", "meaning", "writer"):
                if part in self.__dict__:
                    desk.__dict__[part] = self.__dict__[part]
            self.readers[scopes] = desk
        return self.readers[scopes]

    @property
    def processors(self) -> int:
        """Number of processors that this process may use, up to what one writer can keep busy."""
        if sys.platform == "linux":
            return min(len(os.sched_getaffinity(0)), MOST_READERS)
        return min(os.cpu_count() or 1, MOST_READERS)

    @cached_property
    def index(self) -> EmbeddedIndex:
        """The lexical index, at the state of the database.

        One that is merely behind, after an addition that was broken off, is brought up first; while
        another process adds, what can be found now is answered from, and that is said.

        Raises:
            IndexMismatchError: It was built by other rules or for another library.
        """
        from osler.index.embedded import open_index

        folder, library = self.settings.index, self.store.identity()
        try:
            return open_index(folder, sequence=self.store.last_sequence(), library=library)
        except IndexMismatchError as fault:
            if fault.code not in BEHIND:
                raise
            missing = fault.code == MISSING
        if self.store.is_being_written() and not missing:
            self.is_behind = True
            self.notices.append("the library is being added to: this rests on what can be found so far")
        else:
            from osler.library.reindex import catch_up

            catch_up(self.store, folder)
        return open_index(folder, sequence=None, library=library)

    @property
    def has_index(self) -> bool:
        """Whether the index is open."""
        return "index" in self.__dict__

    @cached_property
    def meaning(self) -> Meaning | None:
        """How near passages are in meaning, or None where no model is at hand.

        Vectors that cannot be used are said so once; the passages that words find are embedded instead.
        """
        from osler.service.meaning import open_meaning

        return open_meaning(self.settings, self.store, self.notices)

    @cached_property
    def vocabulary(self) -> LibraryVocabulary:
        """The library's words."""
        return LibraryVocabulary(self.store, self.index, self.scopes)

    def evidence_base(self, *, meaning: bool = True) -> EvidenceBase:
        """Return what an answer is made from; with ``meaning`` off no model is opened."""
        from osler.answer.compose import EvidenceBase

        return EvidenceBase(
            index=self.index,
            store=self.store,
            vocabulary=self.vocabulary,
            snapshot=self.store.snapshot(),
            sources=self.store.count_sources(),
            as_of=self.store.newest_evidence_date(),
            meaning=self.meaning if meaning else None,
            writer=self.writer,
        )

    @property
    def people(self) -> People:
        """The people of this installation."""
        return self.store.people

    @cached_property
    def writer(self) -> ChatWriter | None:
        """The language model that is configured, or None.

        One on this very machine is asked even when the network is switched off: nothing leaves it then.
        """
        return None if self.settings.writer is None else open_writer(self.settings)

    def pubmed(self, notify: Notify) -> PubMed:
        """Return PubMed behind the one door to the network, which refuses when offline is set."""
        from osler import __version__
        from osler.net.client import Client
        from osler.sources.eutils import Identity
        from osler.sources.pubmed import PubMed

        client = Client(SystemClock(), user_agent=f"osler/{__version__}", offline=self.settings.offline)
        return PubMed(
            client,
            base_url=self.settings.ncbi_url,
            identity=Identity(email=self.settings.ncbi_email, key=self.settings.ncbi_key),
            now=self.now,
            notify=notify,
        )


def open_writer(settings: Settings) -> ChatWriter:
    """Return the language model of ``settings.writer``; it is asked nothing yet.

    Raises:
        ValueError: None is configured.
    """
    from osler import __version__
    from osler.net.client import Client
    from osler.net.message import is_loopback
    from osler.net.retry import Policy
    from osler.providers.openai_compatible import ChatWriter

    writer = settings.writer
    if writer is None:
        raise ValueError("no writer is configured")
    patience = Policy(
        attempts=2,
        unreachable_attempts=1,
        patience_s=writer.timeout_s,
        read_s=writer.timeout_s,
        total_s=writer.timeout_s,
    )
    client = Client(
        SystemClock(),
        user_agent=f"osler/{__version__}",
        offline=settings.offline and not is_loopback(writer.url),
        policy=patience,
    )
    return ChatWriter(client, SystemClock(), writer)


class SystemClock:
    """The machine's own time."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary start."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Return once ``seconds`` have passed."""
        time.sleep(seconds)


class LibraryVocabulary:
    """The words of one library: abbreviations from the store, counts from the index, each read once."""

    def __init__(self, store: Store, index: EmbeddedIndex, scopes: frozenset[str]) -> None:
        self._store = store
        self._index = index
        self._scopes = scopes
        self._long: dict[str, list[tuple[str, int]]] = {}
        self._short: dict[str, list[tuple[str, int]]] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def long_forms(self, short: str) -> list[tuple[str, int]]:
        """Return what ``short`` stands for, most frequent first."""
        if short not in self._long:
            self._long[short] = self._store.long_forms(short, scopes=self._scopes)
        return self._long[short]

    def short_forms(self, long: str) -> list[tuple[str, int]]:
        """Return the abbreviations of ``long``, most frequent first."""
        if long not in self._short:
            self._short[long] = self._store.short_forms(long, scopes=self._scopes)
        return self._short[long]

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        """Return in how many passages ``phrase`` stands in ``field``."""
        key = (phrase, field)
        if key not in self._counts:
            self._counts[key] = self._index.passages_with(phrase, field=field)
        return self._counts[key]

    @property
    def size(self) -> int:
        """Number of passages."""
        return self._index.size


@contextmanager
def open_desk(
    environment: Mapping[str, str] | None = None, *, create: bool = False, holder: str = "osler"
) -> Iterator[Desk]:
    """Open the library that ``environment`` names, and close it after use.

    Raises:
        NotFoundError: There is no library yet and ``create`` is false.
    """
    from osler.store import open_store

    settings = read_settings(environment)
    if not create and not has_library(settings):
        raise _no_library(str(settings.home))
    try:
        store = open_store(settings.database, create=create, wait_s=settings.wait_s, holder=holder)
    except NotFoundError as fault:
        if settings.server is None or fault.code != EMPTY:
            raise
        raise _no_library(fault.item) from fault
    with store:
        yield Desk(settings, store, holder)


def has_library(settings: Settings) -> bool:
    """Tell whether there may be a library: its file is there, or a server is set and knows."""
    return settings.server is not None or (settings.home / "osler.db").exists()


def _no_library(item: str) -> NotFoundError:
    return NotFoundError(
        "there is no library here yet",
        item=item,
        hint="osler add starter:hlh",
        code="not_found.library",
    )


@contextmanager
def open_registry(
    environment: Mapping[str, str] | None = None, *, create: bool = False, holder: str = "osler user"
) -> Iterator[Registry]:
    """Open the accounts of the library that ``environment`` names, and close them after use.

    Raises:
        NotFoundError: There is no library yet and ``create`` is false.
    """
    from osler.accounts.registry import Registry
    from osler.store.transactions import Transactions

    with open_desk(environment, create=create, holder=holder) as desk:
        transactions = Transactions(desk.settings.database, wait_s=desk.settings.wait_s)
        try:
            yield Registry(transactions, now=desk.now, randomness=secrets.token_bytes)
        finally:
            transactions.close()


def open_sign_on(settings: Settings) -> CodeFlow | None:
    """Return the way by the identity provider of ``settings``, or None; it is asked nothing yet.

    Raises:
        UsageError: It would have to be asked without TLS.
    """
    from osler import __version__
    from osler.accounts.sign_on.code_flow import CodeFlow
    from osler.accounts.sign_on.errand import Seal
    from osler.accounts.sign_on.provider import IdentityProvider
    from osler.net.client import Client
    from osler.net.message import is_loopback
    from osler.net.retry import Policy

    if settings.sign_on is None:
        return None
    clock = SystemClock()
    # Somebody waits before an empty page: better told soon than served late.
    patience = Policy(attempts=2, unreachable_attempts=1, first_wait_s=0.2, patience_s=1, connect_s=4)
    client = Client(
        clock,
        user_agent=f"osler/{__version__}",
        offline=settings.offline and not is_loopback(settings.sign_on.issuer),
        policy=patience,
        certificates=settings.sign_on.certificates,
    )
    provider = IdentityProvider(client, settings.sign_on, clock.now)
    seal = Seal(secrets.token_bytes, clock.now)
    return CodeFlow(provider, settings.sign_on, seal, site_url=settings.site_url)


def open_postbox(settings: Settings) -> Postbox:
    """Return the way for letters to leave; nothing is sent yet.

    Raises:
        UsageError: ``usage.mail``: no mail server is set.
    """
    from osler.net.mail import Postbox, Security, Server
    from osler.net.message import is_loopback

    mail = settings.mail
    if mail is None:
        raise UsageError(
            "no mail server is set",
            item="OSLER_SMTP_URL",
            hint="set it, or hand the link on yourself: osler user reset NAME",
            code="usage.mail",
        )
    security = Security.TLS if mail.is_tls else Security.STARTTLS
    if security is Security.STARTTLS and is_loopback(f"smtp://{mail.host}"):
        security = Security.PLAIN
    server = Server(mail.host, mail.port, security, mail.user, mail.password)
    return Postbox(server, sender=mail.sender, offline=settings.offline)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of ``environment``, the process's own by default."""
    found = os.environ if environment is None else environment
    return load_settings(found, default_home=_default_home())


def _default_home() -> Path:
    from platformdirs import user_data_path

    return user_data_path("osler", appauthor=False)
