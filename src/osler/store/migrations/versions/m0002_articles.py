"""Articles: versions, events and the journal, to which the database itself lets rows only be added."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from osler.store.columns import WHOLE, WORDS

revision = "0002_articles"
down_revision = "0001_first_library"

GROWING: Final = ("article_versions", "article_events", "article_journal")
REFUSED: Final = "the history of articles can only be added to"


def upgrade() -> None:
    """Make the tables of articles and guard those that hold history."""
    _make_tables()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _text(name: str, *, null: bool = False, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, WORDS, nullable=null, unique=unique or None)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, WHOLE, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, WHOLE, primary_key=True, autoincrement=False)


def _article(*, key: bool) -> sa.Column[str]:
    return sa.Column("article", WORDS, sa.ForeignKey("articles.id"), primary_key=key, nullable=False)


def _make_tables() -> None:
    op.create_table(
        "articles",
        sa.Column("id", WORDS, primary_key=True),
        _text("slug", unique=True),
        *(_text(name) for name in ("state", "kind", "card")),
        _integer("events"),
        _text("head"),
    )
    op.create_index("articles_state", "articles", ["state"])
    op.create_index("articles_kind", "articles", ["kind"])
    op.create_table("article_versions", _article(key=True), _number("number"), _text("document"))
    op.create_table(
        "article_events",
        _article(key=True),
        _number("n"),
        _text("body"),
        _text("previous"),
        _text("hash", unique=True),
    )
    op.create_table(
        "article_journal",
        _number("n"),
        _article(key=False),
        _integer("event"),
        _text("head"),
        _text("previous"),
        _text("hash", unique=True),
    )
    op.create_table("article_reports", _article(key=True), _number("number"), _text("words", null=True))


def _guard_sqlite() -> None:
    for table in GROWING:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
    # REPLACE deletes a row without asking the trigger above, so that an insertion is looked at too.
    for table, condition in _NEXT.items():
        op.execute(
            f"CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table} WHEN NOT ({condition})"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )


_NEXT: Final = {
    "article_versions": (
        "NEW.number = 1 + (SELECT coalesce(max(number), 0) FROM article_versions"
        " WHERE article = NEW.article)"
    ),
    "article_events": (
        "NEW.n = 1 + (SELECT coalesce(max(n), 0) FROM article_events WHERE article = NEW.article) AND ("
        "NEW.n = 1 OR NEW.previous = (SELECT hash FROM article_events"
        " WHERE article = NEW.article AND n = NEW.n - 1))"
    ),
    "article_journal": (
        "NEW.n = 1 + (SELECT coalesce(max(n), 0) FROM article_journal) AND ("
        "NEW.n = 1 OR NEW.previous = (SELECT hash FROM article_journal WHERE n = NEW.n - 1))"
    ),
}
"""What holds of a row that comes next; the same words serve both databases."""


def _guard_postgresql() -> None:
    for table, condition in _NEXT.items():
        op.execute(
            f"CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF TG_OP = 'INSERT' THEN IF ({condition}) THEN RETURN NEW; END IF; END IF;"
            f" RAISE EXCEPTION '{REFUSED}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_guard BEFORE INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_guard()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()"
        )
