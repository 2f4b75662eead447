"""Settings: where the library lies, who we are to the services we call, whether the network may be used.

Reads nothing by itself: ``service.wiring`` hands in the environment, so that everything below can be
tested without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from osler.errors import UsageError

TRUE_WORDS: Final = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS: Final = frozenset({"", "0", "false", "no", "off"})

ENVIRONMENT: Final[Mapping[str, str]] = {
    "OSLER_HOME": "folder of the library (default: the platform's data directory)",
    "OSLER_DATABASE_URL": "address of a PostgreSQL database for the library: postgresql://NAME@HOST/DATABASE",
    "OSLER_OFFLINE": "1 refuses every use of the network",
    "OSLER_NCBI_EMAIL": "e-mail address sent to NCBI with each request, as NCBI asks",
    "OSLER_NCBI_KEY": "your NCBI API key: 10 requests a second instead of 3",
    "OSLER_NCBI_URL": "address of the E-utilities, for a mirror or a test server",
    "OSLER_WAIT_S": "seconds a second writer waits before it says who holds the library",
    "OSLER_WRITER_URL": "address of an OpenAI-compatible chat endpoint, such as http://127.0.0.1:8080/v1",
    "OSLER_WRITER_MODEL": "name under which that endpoint knows the model",
    "OSLER_WRITER_KEY": "key of that endpoint, if it wants one",
    "OSLER_WRITER_TIMEOUT_S": "seconds that the model may take for an answer in all (20)",
    "OSLER_SITE_URL": "address of the web page as people reach it (http://127.0.0.1:8000)",
    "OSLER_PUBLIC_ASKING": "0 lets nobody read or ask who is not signed in (1)",
    "OSLER_ASKS_PER_MINUTE": "questions that one person or address may ask the web page a minute (300)",
    "OSLER_SMTP_URL": "mail server: smtps://HOST (TLS) or smtp://HOST (STARTTLS; on this machine plain)",
    "OSLER_SMTP_FROM": "address that letters come from; needed with a mail server",
    "OSLER_SMTP_USER": "name to sign in to the mail server with, if it wants one",
    "OSLER_SMTP_PASSWORD": "password that goes with it",
    "OSLER_OIDC_ISSUER": "identity provider to sign in by (OpenID Connect), as it names itself",
    "OSLER_OIDC_CLIENT_ID": "name under which that provider knows Osler; needed with it",
    "OSLER_OIDC_CLIENT_SECRET": "secret that goes with the name; none for a public client",
    "OSLER_OIDC_NAME": "what people call the provider, as the button says it (its host)",
    "OSLER_OIDC_CERTIFICATES": "file of the authorities that may vouch for it (the usual ones)",
    "OSLER_WEB_HOSTS": "names of the web page besides loopback, with commas between",
    "OSLER_WEB_PROXY": "address of the proxy whose word on who asks is believed (none)",
    "OSLER_WEB_KEEP_DAYS": "days that a shared or followed web question is kept (30)",
    "OSLER_WEB_LOG_QUESTIONS": "1 writes the questions of the web page to its log",
}
"""Every variable that Osler reads, with its meaning; the documentation is tested against this."""

LONGEST_TIMEOUT_S: Final = 600.0
SITE_URL: Final = "http://127.0.0.1:8000"
MOST_ASKS: Final = 1_000_000
DATABASE_SCHEMES: Final = frozenset({"postgresql", "postgres"})
MAIL_PORTS: Final[Mapping[str, int]] = {"smtps": 465, "smtp": 587}
LONGEST_KEPT_DAYS: Final = 3650
LONGEST_PROVIDER: Final = 60
EUTILS_URL: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"


@dataclass(frozen=True, slots=True)
class DatabaseServer:
    """A database of PostgreSQL. Printed without the name and the password that its address may hold.

    Attributes:
        url: Its address as the driver takes it.
        host: The machine, or the folder of the socket; empty for the driver's own choice.
        database: Its name.
    """

    url: str = field(repr=False)
    host: str
    database: str

    def __str__(self) -> str:
        return f"postgresql://{self.host}/{self.database}"


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """A language model that drafts statements.

    Attributes:
        url: Base address of the endpoint, with no slash at its end.
        model: Name of the model.
        key: What proves who asks, or None.
        timeout_s: Seconds for one answer, all attempts together.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 20.0


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that letters are handed to.

    Attributes:
        host: Its name.
        port: Its port.
        is_tls: TLS from the start; otherwise STARTTLS, or nothing where it is this very machine.
        sender: Address that letters come from.
        user: Name to sign in with, or None.
        password: Password that goes with it, or None.
    """

    host: str
    port: int
    is_tls: bool
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SignOnSettings:
    """The identity provider by which people may sign in (OpenID Connect).

    Attributes:
        issuer: Its name, to the letter as its discovery document and its tokens have it.
        client: Name under which it knows Osler.
        secret: What proves to it that Osler asks, or None for a public client.
        name: What people call it.
        certificates: File of the authorities that may vouch for it, or None for the usual ones.
    """

    issuer: str
    client: str
    secret: str | None = field(default=None, repr=False)
    name: str = ""
    certificates: Path | None = None


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The web page.

    Attributes:
        hosts: Names under which it may be asked besides loopback.
        keep_days: Days that a shared or followed question is kept.
        log_questions: Write what was asked to the log.
        proxies: Network addresses of proxies whose ``X-Forwarded-For`` is believed, with commas between.
    """

    hosts: frozenset[str] = frozenset()
    keep_days: int = 30
    log_questions: bool = False
    proxies: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside.

    Attributes:
        home: Folder with ``osler.db`` and ``index/``.
        server: Database of PostgreSQL that takes the place of ``osler.db``, or None.
        offline: Refuse every use of the network.
        ncbi_email: Contact address sent to NCBI, or None.
        ncbi_key: NCBI API key, or None.
        ncbi_url: Base address of the E-utilities, with a trailing slash.
        wait_s: Seconds a second writer waits for the first.
        writer: The language model that drafts statements, or None.
        site_url: Address under which people reach the web page, with no slash at its end.
        public_asking: Whether the web page may be read and asked without signing in.
        asks_per_minute: Questions that one person or address may ask the web page a minute.
        mail: The server that letters are handed to, or None.
        web: The web page.
        sign_on: The identity provider by which people may sign in, or None.
    """

    home: Path
    offline: bool = False
    ncbi_email: str | None = None
    ncbi_key: str | None = None
    ncbi_url: str = EUTILS_URL
    wait_s: float = 10.0
    writer: WriterSettings | None = None
    site_url: str = SITE_URL
    public_asking: bool = True
    asks_per_minute: int = 300
    mail: MailSettings | None = None
    web: WebSettings = WebSettings()
    sign_on: SignOnSettings | None = None
    server: DatabaseServer | None = None

    @property
    def database(self) -> Path | DatabaseServer:
        """Where the library lies: the SQLite file, or the database of a server."""
        return self.server or self.home / "osler.db"

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
        writer=_read_writer(environment),
        site_url=_read_site(environment),
        public_asking=_read_switch("OSLER_PUBLIC_ASKING", environment.get("OSLER_PUBLIC_ASKING", "1")),
        asks_per_minute=_read_asks(environment),
        mail=_read_mail(environment),
        web=_read_web(environment),
        sign_on=_read_sign_on(environment),
        server=_read_server(environment),
    )


def _read_server(environment: Mapping[str, str]) -> DatabaseServer | None:
    """Return the database that is configured; no message repeats any part of its address."""
    url = environment.get("OSLER_DATABASE_URL", "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        reason = "not an address; a mark such as @ or / in its password wants %-encoding"
        raise _no_database(reason) from None
    if parts.scheme not in DATABASE_SCHEMES:
        raise _no_database("only PostgreSQL can take the place of the library's own file")
    database = unquote(parts.path.removeprefix("/"))
    if not database or "/" in database or not url.isprintable() or " " in url or parts.fragment:
        raise _no_database("names no database, or holds a character that wants %-encoding")
    return DatabaseServer(url, options.get("host", host), database)


def _no_database(reason: str) -> UsageError:
    hint = "such as postgresql://NAME:PASSWORD@HOST:5432/DATABASE"
    return UsageError(reason, item="OSLER_DATABASE_URL", hint=hint, code="usage.database")


def _read_asks(environment: Mapping[str, str]) -> int:
    value = environment.get("OSLER_ASKS_PER_MINUTE") or "300"
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= MOST_ASKS):
        hint = f"a whole number from 1 to {MOST_ASKS:,}"
        raise UsageError(f"{value!r} is no such number", item="OSLER_ASKS_PER_MINUTE", hint=hint)
    return int(value)


def _read_site(environment: Mapping[str, str]) -> str:
    url = (environment.get("OSLER_SITE_URL") or SITE_URL).strip().rstrip("/")
    if not _is_plain_address(url) or urlsplit(url).path:
        hint = f"a scheme and a host, such as {SITE_URL} or https://osler.hospital.example"
        raise UsageError("not the address of a site", item="OSLER_SITE_URL", hint=hint)
    return url


def _read_mail(environment: Mapping[str, str]) -> MailSettings | None:
    """Return the mail server that is configured; no message repeats a name or a password."""
    url = environment.get("OSLER_SMTP_URL", "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    is_bare = host and not (parts.username or parts.password or parts.path.strip("/") or parts.query)
    if not is_bare or parts.scheme not in MAIL_PORTS or not url.isprintable():
        hint = "such as smtps://mail.hospital.example; a name belongs in OSLER_SMTP_USER"
        raise UsageError("not the address of a mail server", item="OSLER_SMTP_URL", hint=hint)
    sender = environment.get("OSLER_SMTP_FROM", "").strip()
    local, _, domain = sender.rpartition("@")
    if not (local and domain and sender.isascii() and sender.isprintable()) or " " in sender:
        hint = "such as osler@hospital.example"
        raise UsageError("letters need the address they come from", item="OSLER_SMTP_FROM", hint=hint)
    return MailSettings(
        host=host,
        port=port or MAIL_PORTS[parts.scheme],
        is_tls=parts.scheme == "smtps",
        sender=sender,
        user=environment.get("OSLER_SMTP_USER") or None,
        password=environment.get("OSLER_SMTP_PASSWORD") or None,
    )


def _read_sign_on(environment: Mapping[str, str]) -> SignOnSettings | None:
    """Return the identity provider that is configured; no message repeats its secret."""
    issuer = environment.get("OSLER_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    if not (_is_plain_address(issuer) and _is_plain(issuer)):
        hint = "such as https://login.hospital.example, to the letter as the provider names itself"
        raise UsageError("not the address of a provider", item="OSLER_OIDC_ISSUER", hint=hint)
    client = environment.get("OSLER_OIDC_CLIENT_ID", "").strip()
    if not (client and _is_plain(client)):
        hint = "the name under which the provider knows Osler"
        raise UsageError("a provider needs a client's name", item="OSLER_OIDC_CLIENT_ID", hint=hint)
    secret = environment.get("OSLER_OIDC_CLIENT_SECRET", "").strip()
    if not _is_plain(secret):
        hint = "copy it again; a secret has no spaces and only plain letters"
        raise UsageError("holds what no secret has", item="OSLER_OIDC_CLIENT_SECRET", hint=hint)
    name = environment.get("OSLER_OIDC_NAME", "").strip() or urlsplit(issuer).hostname or ""
    if len(name) > LONGEST_PROVIDER or not name.isprintable():
        hint = f"at most {LONGEST_PROVIDER} characters on one line, such as Hospital login"
        raise UsageError("not a name for a button", item="OSLER_OIDC_NAME", hint=hint)
    file = environment.get("OSLER_OIDC_CERTIFICATES", "").strip()
    certificates = Path(file).expanduser() if file else None
    if certificates is not None and not certificates.is_file():
        hint = "a file of certificates in PEM"
        raise UsageError("there is no such file", item="OSLER_OIDC_CERTIFICATES", hint=hint)
    return SignOnSettings(issuer, client, secret or None, name, certificates)


def _is_plain(text: str) -> bool:
    return all("!" <= character <= "~" for character in text)


def _read_writer(environment: Mapping[str, str]) -> WriterSettings | None:
    """Return the language model that is configured; no message repeats the address or the key."""
    url = environment.get("OSLER_WRITER_URL", "").strip().rstrip("/")
    if not url:
        return None
    model = environment.get("OSLER_WRITER_MODEL", "").strip()
    key = environment.get("OSLER_WRITER_KEY", "").strip()
    if not _is_plain_address(url):
        hint = "for example http://127.0.0.1:8080/v1; a key belongs in OSLER_WRITER_KEY"
        raise UsageError("not a plain http or https address", item="OSLER_WRITER_URL", hint=hint)
    if not (model and model.isprintable()):
        hint = "the name under which the endpoint knows the model"
        raise UsageError("a writer needs the name of a model", item="OSLER_WRITER_MODEL", hint=hint)
    if not _is_plain(key):
        hint = "copy it again; a key has no spaces and only plain letters"
        raise UsageError("holds characters that no key has", item="OSLER_WRITER_KEY", hint=hint)
    return WriterSettings(url, model, key or None, _read_timeout(environment))


def _is_plain_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_bare = not (parts.username or parts.password or parts.query or parts.fragment)
    return parts.scheme in {"http", "https"} and has_host and is_bare and url.isprintable()


def _read_timeout(environment: Mapping[str, str]) -> float:
    value = environment.get("OSLER_WRITER_TIMEOUT_S", "20")
    try:
        timeout_s = float(value)
    except ValueError:
        timeout_s = 0.0
    if not 0 < timeout_s <= LONGEST_TIMEOUT_S:
        raise UsageError(
            f"{value!r} is not a number of seconds from 0 to {LONGEST_TIMEOUT_S:g}",
            item="OSLER_WRITER_TIMEOUT_S",
            hint="for example 20",
        )
    return timeout_s


def _read_web(environment: Mapping[str, str]) -> WebSettings:
    days = environment.get("OSLER_WEB_KEEP_DAYS", "30").strip()
    if not (days.isdecimal() and 0 < int(days) <= LONGEST_KEPT_DAYS):
        raise UsageError(
            f"{days!r} is not a number of days from 1 to {LONGEST_KEPT_DAYS}",
            item="OSLER_WEB_KEEP_DAYS",
            hint="for example 30",
        )
    names = environment.get("OSLER_WEB_HOSTS", "").split(",")
    return WebSettings(
        hosts=frozenset(name.strip().lower() for name in names if name.strip()),
        keep_days=int(days),
        log_questions=_read_switch(
            "OSLER_WEB_LOG_QUESTIONS", environment.get("OSLER_WEB_LOG_QUESTIONS", "")
        ),
        proxies=_read_proxies(environment),
    )


def _read_proxies(environment: Mapping[str, str]) -> str:
    named = [name.strip() for name in environment.get("OSLER_WEB_PROXY", "").split(",")]
    for name in filter(None, named):
        try:
            ip_network(name)
        except ValueError:
            hint = "such as 127.0.0.1 or 10.0.0.0/28, with commas between"
            raise UsageError(
                f"{name!r} is no network address", item="OSLER_WEB_PROXY", hint=hint
            ) from None
    return ",".join(filter(None, named))


def _read_switch(name: str, value: str) -> bool:
    folded = value.strip().lower()
    if folded in TRUE_WORDS:
        return True
    if folded in FALSE_WORDS:
        return False
    raise UsageError(f"{value!r} is neither on nor off", item=name, hint="use 1 or 0")
