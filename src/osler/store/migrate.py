"""Brings the tables to what this version of Osler reads. Loads alembic: imported on need only."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from osler.store.revision import HEAD


def upgrade(connection: Connection) -> None:
    """Run the missing migrations within the transaction that ``connection`` is in."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
