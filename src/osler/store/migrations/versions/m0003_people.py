"""Accounts: people with roles and scopes, sessions, one-time links, attempts; a log that only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osler.store.columns import WHOLE, WORDS

revision = "0003_people"
down_revision = "0002_articles"

ONLY_GROWS = "the log of accounts only grows"


def upgrade() -> None:
    """Make the tables of accounts; until somebody is added, all of them are empty."""
    _make_people()
    _make_sign_in()
    _make_log()


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, WORDS, nullable=null)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, WHOLE, nullable=False)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, WORDS, primary_key=True)


def _person(*, key: bool = False) -> sa.Column[str]:
    return sa.Column("person", WORDS, sa.ForeignKey("people.id"), nullable=False, primary_key=key)


def _make_people() -> None:
    op.create_table(
        "people",
        _key("id"),
        _text("name"),
        sa.Column("folded_name", WORDS, nullable=False, unique=True),
        _text("email", null=True),
        sa.Column("folded_email", WORDS, unique=True),
        *(_text(name) for name in ("roles", "scopes")),
        _integer("disabled"),
        _text("created"),
        *(_text(name, null=True) for name in ("password", "totp")),
        _integer("totp_step"),
        _text("pending", null=True),
        sa.Column("subject", WORDS, unique=True),
    )
    op.create_table("recovery_codes", _person(key=True), _key("digest"))


def _make_sign_in() -> None:
    op.create_table(
        "sessions", _key("digest"), _person(), _text("stage"), _integer("created"), _integer("seen")
    )
    op.create_index("sessions_person", "sessions", ["person"])
    op.create_table("links", _key("digest"), _person(), _text("purpose"), _integer("expires"))
    op.create_index("links_person", "links", ["person"])
    op.create_table("attempts", sa.Column("n", WHOLE, primary_key=True), _text("key"), _integer("at"))
    op.create_index("attempts_key", "attempts", ["key", "at"])


def _make_log() -> None:
    op.create_table(
        "people_log",
        sa.Column("n", WHOLE, primary_key=True),
        *(_text(name) for name in ("at", "actor", "person", "event", "detail", "address")),
    )
    op.create_index("people_log_person", "people_log", ["person"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION people_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{ONLY_GROWS}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER people_log_only_grows BEFORE UPDATE OR DELETE ON people_log"
            " FOR EACH ROW EXECUTE FUNCTION people_log_only_grows()"
        )
        op.execute(
            "CREATE TRIGGER people_log_whole BEFORE TRUNCATE ON people_log"
            " FOR EACH STATEMENT EXECUTE FUNCTION people_log_only_grows()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER people_log_no_{change.lower()} BEFORE {change} ON people_log"
            f" BEGIN SELECT RAISE(ABORT, '{ONLY_GROWS}'); END"
        )
    # REPLACE deletes a row without asking the triggers above, so that an insertion is looked at too.
    newest = "(SELECT coalesce(max(n), 0) FROM people_log)"
    op.execute(
        f"CREATE TRIGGER people_log_in_order BEFORE INSERT ON people_log"
        f" WHEN NEW.n BETWEEN 1 AND {newest} BEGIN SELECT RAISE(ABORT, '{ONLY_GROWS}'); END"
    )
