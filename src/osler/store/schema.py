"""The tables as SQLAlchemy Core sees them. Imported by writers and migrations only: it is slow to load.

The scope stands with every source. A source's row changes (standing, current version); a version and its
passages never do, so that a citation made long ago still finds its words. A passage is current while
``gone`` is null; its ``sequence`` is the number of the change that made it current.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, MetaData, Table

from osler.store.columns import WHOLE, WORDS

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", WORDS, primary_key=True),
    Column("value", WORDS, nullable=False),
    sqlite_with_rowid=False,
)

sources = Table(
    "sources",
    metadata,
    Column("n", WHOLE, primary_key=True),
    Column("id", WORDS, nullable=False, unique=True),
    Column("key", WORDS, nullable=False),
    Column("scope", WORDS, nullable=False),
    Column("status", WORDS, nullable=False),
    Column("own_status", WORDS, nullable=False),
    Column("version", WHOLE),
    Column("revision", WORDS, nullable=False),
    Column("links", WORDS, nullable=False),
    Column("weight", WHOLE, nullable=False),
    Column("origin", WHOLE),
    Column("changed", WORDS, nullable=False),
    Column("reason", WORDS, nullable=False),
    Column("by_person", WHOLE, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("n", WHOLE, primary_key=True),
    Column("id", WORDS, nullable=False, unique=True),
    Column("source", WHOLE, ForeignKey("sources.n"), nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("design", WORDS, nullable=False),
    Column("title", WORDS),
    Column("year", WHOLE),
    Column("date", WORDS),
    Column("details", WORDS, nullable=False),
    Column("abbreviations", WORDS, nullable=False),
    Column("text_kind", WORDS, nullable=False),
    Column("first_passage", WHOLE, nullable=False),
    Column("passages", WHOLE, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("sequence", WHOLE, primary_key=True),
    Column("id", WORDS, nullable=False, unique=True),
    Column("version", WHOLE, ForeignKey("versions.n"), nullable=False),
    Column("ordinal", WHOLE, nullable=False),
    Column("heading", WORDS, nullable=False),
    Column("text", WORDS, nullable=False),
    Column("sections", WORDS, nullable=False),
    Column("gone", WHOLE),
)

removals = Table(
    "removals",
    metadata,
    Column("n", WHOLE, primary_key=True),
    Column("gone", WHOLE, nullable=False, index=True),
    Column("born", WHOLE, nullable=False),
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("identifier", WORDS, primary_key=True),
    Column("source", WHOLE, ForeignKey("sources.n"), primary_key=True),
    Index("identifiers_source", "source"),
    sqlite_with_rowid=False,
)

standings = Table(
    "standings",
    metadata,
    Column("identifier", WORDS, primary_key=True),
    Column("source", WHOLE, ForeignKey("sources.n"), primary_key=True),
    Column("status", WORDS, primary_key=True),
    Index("standings_source", "source"),
    sqlite_with_rowid=False,
)

abbreviations = Table(
    "abbreviations",
    metadata,
    Column("short", WORDS, primary_key=True),
    Column("long", WORDS, primary_key=True),
    Column("scope", WORDS, primary_key=True),
    Column("sources", WHOLE, nullable=False),
    Index("abbreviations_long", "long"),
    sqlite_with_rowid=False,
)

origins = Table(
    "origins",
    metadata,
    Column("n", WHOLE, primary_key=True),
    Column("name", WORDS, nullable=False, unique=True),
)

failures = Table(
    "failures",
    metadata,
    Column("item", WORDS, primary_key=True),
    Column("code", WORDS, nullable=False),
    Column("reason", WORDS, nullable=False),
    Column("hint", WORDS, nullable=False),
    Column("key", WORDS, nullable=False),
    Column("origin", WORDS, nullable=False),
    Column("tries", WHOLE, nullable=False),
    Column("failed", WORDS, nullable=False),
    Column("next_try", WORDS, nullable=False),
    Index("failures_key", "key"),
    Index("failures_origin", "origin"),
)

files = Table(
    "files",
    metadata,
    Column("digest", WORDS, primary_key=True),
    Column("name", WORDS, nullable=False),
    Column("size", WHOLE, nullable=False),
    Column("items", WHOLE, nullable=False),
    Column("failed", WHOLE, nullable=False),
    Column("read", WORDS, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("document", WORDS, nullable=False),
    Column("created", WORDS, nullable=False),
    Column("expires", WORDS),
    Index("answers_expires", "expires"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("slug", WORDS, nullable=False, unique=True),
    Column("state", WORDS, nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("card", WORDS, nullable=False),
    Column("events", WHOLE, nullable=False),
    Column("head", WORDS, nullable=False),
    Index("articles_state", "state"),
    Index("articles_kind", "kind"),
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article", WORDS, ForeignKey("articles.id"), primary_key=True),
    Column("number", WHOLE, primary_key=True),
    Column("document", WORDS, nullable=False),
)

article_events = Table(
    "article_events",
    metadata,
    Column("article", WORDS, ForeignKey("articles.id"), primary_key=True),
    Column("n", WHOLE, primary_key=True),
    Column("body", WORDS, nullable=False),
    Column("previous", WORDS, nullable=False),
    Column("hash", WORDS, nullable=False, unique=True),
)

article_journal = Table(
    "article_journal",
    metadata,
    Column("n", WHOLE, primary_key=True, autoincrement=False),
    Column("article", WORDS, ForeignKey("articles.id"), nullable=False),
    Column("event", WHOLE, nullable=False),
    Column("head", WORDS, nullable=False),
    Column("previous", WORDS, nullable=False),
    Column("hash", WORDS, nullable=False, unique=True),
)

article_reports = Table(
    "article_reports",
    metadata,
    Column("article", WORDS, ForeignKey("articles.id"), primary_key=True),
    Column("number", WHOLE, primary_key=True),
    Column("words", WORDS),
)

people = Table(
    "people",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("name", WORDS, nullable=False),
    Column("folded_name", WORDS, nullable=False, unique=True),
    Column("email", WORDS),
    Column("folded_email", WORDS, unique=True),
    Column("roles", WORDS, nullable=False),
    Column("scopes", WORDS, nullable=False),
    Column("disabled", WHOLE, nullable=False),
    Column("created", WORDS, nullable=False),
    Column("password", WORDS),
    Column("totp", WORDS),
    Column("totp_step", WHOLE, nullable=False),
    Column("pending", WORDS),
    Column("subject", WORDS, unique=True),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("person", WORDS, ForeignKey("people.id"), primary_key=True),
    Column("digest", WORDS, primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", WORDS, primary_key=True),
    Column("person", WORDS, ForeignKey("people.id"), nullable=False),
    Column("stage", WORDS, nullable=False),
    Column("created", WHOLE, nullable=False),
    Column("seen", WHOLE, nullable=False),
    Index("sessions_person", "person"),
)

links = Table(
    "links",
    metadata,
    Column("digest", WORDS, primary_key=True),
    Column("person", WORDS, ForeignKey("people.id"), nullable=False),
    Column("purpose", WORDS, nullable=False),
    Column("expires", WHOLE, nullable=False),
    Index("links_person", "person"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("n", WHOLE, primary_key=True),
    Column("key", WORDS, nullable=False),
    Column("at", WHOLE, nullable=False),
    Index("attempts_key", "key", "at"),
)

people_log = Table(
    "people_log",
    metadata,
    Column("n", WHOLE, primary_key=True),
    Column("at", WORDS, nullable=False),
    Column("actor", WORDS, nullable=False),
    Column("person", WORDS, nullable=False),
    Column("event", WORDS, nullable=False),
    Column("detail", WORDS, nullable=False),
    Column("address", WORDS, nullable=False),
    Index("people_log_person", "person"),
)
