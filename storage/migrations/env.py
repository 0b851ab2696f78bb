"""Run by Alembic, with the connection that storage/migrate.py hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger

from storage.tables.all import metadata
from storage.tables.meta import Json, Utc


def rendered(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Our column types by their names; they are the same on both engines."""
    if kind != "type":
        return False
    if isinstance(item, Utc | Json):
        autogen.imports.add(f"from storage.tables.meta import {type(item).__name__}")
        return f"{type(item).__name__}()"
    if isinstance(item, BigInteger):
        autogen.imports.add("from storage.tables.meta import Id")
        return "Id"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=rendered,
    render_as_batch=True,  # SQLite cannot alter a table in place
    compare_type=True,
)
context.run_migrations()
