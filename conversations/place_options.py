"""Municipalities, communities and villages as choices, in the language of the person whose turn it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.questions.option import Option
from locales import current
from storage import places
from storage.places import Place

Choices = Callable[[AsyncConnection], Awaitable[Sequence[Option]]]


async def municipalities(db: AsyncConnection) -> Sequence[Option]:
    return [option(place) for place in await places.municipalities(db)]


def communities(municipality_id: int) -> Choices:
    async def choices(db: AsyncConnection) -> Sequence[Option]:
        return [option(place) for place in await places.communities(db, municipality_id=municipality_id)]

    return choices


def villages(community_id: int) -> Choices:
    async def choices(db: AsyncConnection) -> Sequence[Option]:
        return [option(place) for place in await places.villages(db, community_id=community_id)]

    return choices


async def villages_among(db: AsyncConnection, *, village_ids: Collection[int]) -> Sequence[Option]:
    """By their names as they are shown."""
    found = await places.villages_named(db, village_ids=village_ids)
    return sorted((option(village.place) for village in found), key=lambda each: each.label)


def option(place: Place) -> Option:
    """Found by its name in either alphabet."""
    return Option(place.id, place.named(current()), (place.ka, place.en))
