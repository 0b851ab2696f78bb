"""Every table, on one MetaData: what migrations and tests are made from."""

from __future__ import annotations

from storage.tables import forms, people, places, polls, promises, roles, trainings, turns
from storage.tables.meta import metadata

TABLES = (forms, people, places, polls, promises, roles, trainings, turns)

__all__ = ["TABLES", "metadata"]
