"""Every table, on one MetaData: what migrations and tests are made from."""

from __future__ import annotations

from storage.tables import (
    briefs,
    doors,
    group_chats,
    links,
    people,
    places,
    polls,
    promises,
    roles,
    trainings,
    turns,
    voices,
    years,
)
from storage.tables.meta import metadata

TABLES = (briefs, people, places, polls, promises, roles, trainings, turns, doors, group_chats, links, voices, years)

__all__ = ["TABLES", "metadata"]
