"""SQLAlchemy's engines, one connection each, and what its Core says otherwise to each database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import StaticPool


def file_engine(connect: Callable[[], Any]) -> Engine:
    """Return an engine on the connection of SQLite that ``connect`` makes."""
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    # The driver's own transactions begin late and skip table definitions; we begin ours ourselves.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def server_engine(connect: Callable[[], Any], *, lock: str) -> Engine:
    """Return an engine on the connection of PostgreSQL that ``connect`` makes.

    Args:
        connect: Makes it.
        lock: Statement that each transaction begins with.
    """
    # Rows are handed to the driver as tuples, so that parameters have no names.
    engine = create_engine(
        "postgresql+psycopg://", creator=connect, poolclass=StaticPool, paramstyle="format"
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(lock))
    return engine


def is_server(connection: Connection) -> bool:
    """Tell whether ``connection`` leads to PostgreSQL."""
    return connection.dialect.name == "postgresql"


def upsert(connection: Connection, table: Table) -> Any:
    """Return an insertion into ``table`` that can say what becomes of a row that is there already."""
    return (postgresql if is_server(connection) else sqlite).insert(table)
