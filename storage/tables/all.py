"""Every table, on one MetaData: what migrations and tests are made from."""

from __future__ import annotations

from storage.tables import (
    briefs,
    choosings,
    dialogues,
    doors,
    form_media,
    forms,
    group_chats,
    honesty,
    links,
    mandates,
    meetings,
    minutes,
    passes,
    people,
    places,
    polls,
    promises,
    roles,
    sealed_papers,
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
    form_media,
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
    meetings,
    minutes,
    sealed_papers,
)

__all__ = ["TABLES", "metadata"]
