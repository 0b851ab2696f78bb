"""Asks a coordinator or leader which municipality or group is meant, and only when there is more than one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.place_options import option
from conversations.questions.option import Option
from domain.people import Action
from locales import _, current
from storage import groups, places, roles
from storage.groups import Group
from storage.places import Place


async def municipality(chat: Chat, action: Action) -> int | None:
    """None when this person may do it in none; said already."""

    async def mine(db: AsyncConnection) -> list[int]:
        return [place.id for place in await _municipalities(db, chat.person.id, action)]

    async def options(db: AsyncConnection) -> Sequence[Option]:
        return [option(place) for place in await _municipalities(db, chat.person.id, action)]

    ids = await chat.look("municipalities", mine)
    if not ids:
        chat.say(_("There is no municipality here yet. Bring in a list of places first: /menu"))
        return None
    if len(ids) == 1:
        return int(ids[0])
    return int(await chat.pick("municipality", _("Which municipality?"), options, title=_("Municipality")))


async def _municipalities(db: AsyncConnection, person_id: int, action: Action) -> list[Place]:
    where = await roles.municipalities_where(db, person_id=person_id, action=action)
    return [place for place in await places.municipalities(db) if where is None or place.id in where]


async def group(chat: Chat, action: Action) -> int | None:
    """None when this person may do it in no group; said already."""

    async def mine(db: AsyncConnection) -> list[int]:
        return [group.id for group in await groups.groups_of(db, person_id=chat.person.id, action=action)]

    async def options(db: AsyncConnection) -> Sequence[Option]:
        return [_option(group) for group in await groups.groups_of(db, person_id=chat.person.id, action=action)]

    ids = await chat.look("groups", mine)
    if not ids:
        chat.say(_("There is no group here yet."))
        return None
    if len(ids) == 1:
        return int(ids[0])
    return int(await chat.pick("group", _("Which group?"), options, title=_("Group")))


def _option(group: Group) -> Option:
    community = group.community.named(current())
    label = group.name if group.name == community else f"{group.name} ({community})"
    return Option(group.id, label, (group.name, group.community.ka, group.community.en))
