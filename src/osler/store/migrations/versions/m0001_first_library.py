"""The first library: sources with their scope, versions, passages, ledger and answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osler.store.columns import WHOLE, WORDS

revision = "0001_first_library"
down_revision = None


def upgrade() -> None:
    """Make the tables of the first release."""
    _make_evidence()
    _make_indexes_of_meaning()
    _make_ledger()
    # The library's name tells an index of this library from that of another one in the same folder.
    chance = "lower(hex(randomblob(8)))"
    if op.get_bind().dialect.name == "postgresql":
        chance = "left(replace(gen_random_uuid()::text, '-', ''), 16)"
    # A constant of the lines above, no value from outside.
    op.execute(f"INSERT INTO meta VALUES ('identity', {chance}), ('sequence', '0')")  # noqa: S608


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, WORDS, nullable=null)


def _integer(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, WHOLE, nullable=null)


def _number() -> sa.Column[int]:
    return sa.Column("n", WHOLE, primary_key=True)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, WORDS, primary_key=True)


def _make_evidence() -> None:
    op.create_table("meta", _key("name"), _text("value"), sqlite_with_rowid=False)
    op.create_table(
        "sources",
        _number(),
        sa.Column("id", WORDS, nullable=False, unique=True),
        *(_text(name) for name in ("key", "scope", "status", "own_status")),
        _integer("version", null=True),
        *(_text(name) for name in ("revision", "links")),
        _integer("weight"),
        _integer("origin", null=True),
        *(_text(name) for name in ("changed", "reason")),
        _integer("by_person"),
    )
    op.create_table(
        "versions",
        _number(),
        sa.Column("id", WORDS, nullable=False, unique=True),
        sa.Column("source", WHOLE, sa.ForeignKey("sources.n"), nullable=False),
        *(_text(name) for name in ("kind", "design")),
        _text("title", null=True),
        _integer("year", null=True),
        _text("date", null=True),
        *(_text(name) for name in ("details", "abbreviations", "text_kind")),
        *(_integer(name) for name in ("first_passage", "passages")),
    )
    op.create_table(
        "passages",
        sa.Column("sequence", WHOLE, primary_key=True),
        sa.Column("id", WORDS, nullable=False, unique=True),
        sa.Column("version", WHOLE, sa.ForeignKey("versions.n"), nullable=False),
        _integer("ordinal"),
        *(_text(name) for name in ("heading", "text", "sections")),
        _integer("gone", null=True),
    )
    op.create_table("removals", _number(), _integer("gone"), _integer("born"))
    op.create_index("ix_removals_gone", "removals", ["gone"])


def _make_indexes_of_meaning() -> None:
    op.create_table(
        "identifiers",
        _key("identifier"),
        sa.Column("source", WHOLE, sa.ForeignKey("sources.n"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("identifiers_source", "identifiers", ["source"])
    op.create_table(
        "standings",
        _key("identifier"),
        sa.Column("source", WHOLE, sa.ForeignKey("sources.n"), primary_key=True),
        _key("status"),
        sqlite_with_rowid=False,
    )
    op.create_index("standings_source", "standings", ["source"])
    op.create_table(
        "abbreviations",
        *(_key(name) for name in ("short", "long", "scope")),
        _integer("sources"),
        sqlite_with_rowid=False,
    )
    op.create_index("abbreviations_long", "abbreviations", ["long"])


def _make_ledger() -> None:
    op.create_table("origins", _number(), sa.Column("name", WORDS, nullable=False, unique=True))
    op.create_table(
        "failures",
        _key("item"),
        *(_text(name) for name in ("code", "reason", "hint", "key", "origin")),
        _integer("tries"),
        *(_text(name) for name in ("failed", "next_try")),
    )
    op.create_index("failures_key", "failures", ["key"])
    op.create_index("failures_origin", "failures", ["origin"])
    op.create_table(
        "files",
        _key("digest"),
        _text("name"),
        *(_integer(name) for name in ("size", "items", "failed")),
        _text("read"),
    )
    op.create_table("answers", _key("id"), _text("document"), _text("created"))
