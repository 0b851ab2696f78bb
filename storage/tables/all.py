"""Every table, on one MetaData: what migrations and tests are made from."""

from __future__ import annotations

from storage.tables import (
    briefs,
    choosings,
    dialogues,
    doors,
    elections,
    forms,
    group_chats,
    group_rules,
    honesty,
    links,
    mandates,
    passes,
    people,
    places,
    polls,
    posts,
    promise_states,
    promises,
    roles,
    sorting,
    trainings,
    turns,
    voices,
    years,
)
from storage.tables.meta import metadata

TABLES = (
    people,
    places,
    polls,
    promises,
    roles,
    trainings,
    turns,
    dialogues,
    doors,
    forms,
    group_chats,
    honesty,
    links,
    mandates,
    voices,
    years,
    sorting,
    passes,
    choosings,
    briefs,
    elections,
    group_rules,
    posts,
    promise_states,
)

__all__ = ["TABLES", "metadata"]
