"""The tables as SQLAlchemy Core sees them. Imported by writers and migrations only: it is slow to load.

The scope stands with every source. A source's row changes (standing, current version); a version and its
passages never do, so that a citation made long ago still finds its words. A passage is current while
``gone`` is null; its ``sequence`` is the number of the change that made it current.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

sources = Table(
    "sources",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("key", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("own_status", Text, nullable=False),
    Column("version", Integer),
    Column("revision", Text, nullable=False),
    Column("links", Text, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("origin", Integer),
    Column("changed", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_person", Integer, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Integer, ForeignKey("sources.n"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("design", Text, nullable=False),
    Column("title", Text),
    Column("year", Integer),
    Column("date", Text),
    Column("details", Text, nullable=False),
    Column("abbreviations", Text, nullable=False),
    Column("text_kind", Text, nullable=False),
    Column("first_passage", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("version", Integer, ForeignKey("versions.n"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sections", Text, nullable=False),
    Column("gone", Integer),
)

removals = Table(
    "removals",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("gone", Integer, nullable=False, index=True),
    Column("born", Integer, nullable=False),
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("identifier", Text, primary_key=True),
    Column("source", Integer, ForeignKey("sources.n"), primary_key=True),
    Index("identifiers_source", "source"),
    sqlite_with_rowid=False,
)

standings = Table(
    "standings",
    metadata,
    Column("identifier", Text, primary_key=True),
    Column("source", Integer, ForeignKey("sources.n"), primary_key=True),
    Column("status", Text, primary_key=True),
    Index("standings_source", "source"),
    sqlite_with_rowid=False,
)

abbreviations = Table(
    "abbreviations",
    metadata,
    Column("short", Text, primary_key=True),
    Column("long", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("sources", Integer, nullable=False),
    Index("abbreviations_long", "long"),
    sqlite_with_rowid=False,
)

origins = Table(
    "origins",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

failures = Table(
    "failures",
    metadata,
    Column("item", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("failed", Text, nullable=False),
    Column("next_try", Text, nullable=False),
    Index("failures_key", "key"),
    Index("failures_origin", "origin"),
)

files = Table(
    "files",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("read", Text, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("expires", Text),
    Index("answers_expires", "expires"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("events", Integer, nullable=False),
    Column("head", Text, nullable=False),
    Index("articles_state", "state"),
    Index("articles_kind", "kind"),
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("document", Text, nullable=False),
)

article_events = Table(
    "article_events",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
)

article_journal = Table(
    "article_journal",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("event", Integer, nullable=False),
    Column("head", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
)

article_reports = Table(
    "article_reports",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", Text),
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded_name", Text, nullable=False, unique=True),
    Column("email", Text),
    Column("folded_email", Text, unique=True),
    Column("roles", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("disabled", Integer, nullable=False),
    Column("created", Text, nullable=False),
    Column("password", Text),
    Column("totp", Text),
    Column("totp_step", Integer, nullable=False),
    Column("pending", Text),
    Column("subject", Text, unique=True),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("digest", Text, primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.id"), nullable=False),
    Column("stage", Text, nullable=False),
    Column("created", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Index("sessions_person", "person"),
)

links = Table(
    "links",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.id"), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("expires", Integer, nullable=False),
    Index("links_person", "person"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Index("attempts_key", "key", "at"),
)

people_log = Table(
    "people_log",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index("people_log_person", "person"),
)
