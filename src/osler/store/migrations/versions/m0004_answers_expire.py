"""Answers that were asked on the web expire; those of the terminal do not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osler.store.columns import WORDS

revision = "0004_answers_expire"
down_revision = "0003_people"


def upgrade() -> None:
    """Give each stored answer a time after which it is gone; none for those that are there."""
    op.add_column("answers", sa.Column("expires", WORDS, nullable=True))
    op.create_index("answers_expires", "answers", ["expires"])
