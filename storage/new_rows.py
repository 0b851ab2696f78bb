"""Rows of which some may be there already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(dialect: Dialect, table: Any) -> Any:
    """INSERT … ON CONFLICT DO NOTHING: what is there already is a repeat."""
    build = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    return build(table).on_conflict_do_nothing()
