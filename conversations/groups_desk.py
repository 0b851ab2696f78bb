"""A coordinator makes groups and invites; a leader invites members; both see who is in a group."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice, place_options
from conversations.chat import Chat
from conversations.group_ask import group_ask, group_asked
from conversations.group_chat_desk import group_chat
from conversations.group_members import group_members
from conversations.handing_out import hand_out
from conversations.listener import name_listener
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.role_words import title
from domain.people import OFFICES, Action, Role, may
from locales import _
from storage import groups, places, roles

LONGEST_NAME = 60


async def groups_desk(chat: Chat) -> None:
    async def choices(db: AsyncConnection) -> Sequence[Option]:
        return _choices(await roles.held(db, person_id=chat.person.id))

    what = await chat.pick("what", _("What would you like to do?"), choices)
    match what:
        case "new":
            await _new_group(chat)
        case "member" | "leader":
            await _invite_to_group(chat, Role(what))
        case "office":
            await _invite_official(chat)
        case "coordinator":
            await _invite_coordinator(chat)
        case "listener":
            await name_listener(chat)
        case "chat":
            await group_chat(chat)
        case "ask":
            await group_ask(chat)
        case "asked":
            await group_asked(chat)
        case _members:
            await group_members(chat)


def _choices(held: frozenset[Role]) -> list[Option]:
    every = [
        (Action.MAKE_GROUP, Option("new", _("New group"))),
        (Action.INVITE_LEADER, Option("leader", _("Invite a leader"))),
        (Action.INVITE_MEMBER, Option("member", _("Invite a member"))),
        (Action.INVITE_MEMBER, Option("members", _("See the members"))),
        (Action.INVITE_MEMBER, Option("listener", _("Who listens to recordings"))),
        (Action.INVITE_OFFICIAL, Option("office", _("Invite an official"))),
        (Action.INVITE_COORDINATOR, Option("coordinator", _("Invite a coordinator"))),
        (Action.SPEAK_TO_GROUP, Option("ask", _("Ask the group something"))),
        (Action.SPEAK_TO_GROUP, Option("asked", _("What the group answered"))),
        (Action.SPEAK_TO_GROUP, Option("chat", _("The group's own chat"))),
    ]
    return [option for action, option in every if may(held, action)]


async def _new_group(chat: Chat) -> None:
    municipality_id = await place_choice.municipality(chat, Action.MAKE_GROUP)
    if municipality_id is None:
        return
    choices = place_options.communities(municipality_id)
    community_id = await chat.pick("community", _("For which community?"), choices, title=_("Community"))
    name = await chat.text(
        "name",
        _("What is the group called?"),
        longest=LONGEST_NAME,
        optional=_("Like its community"),
        title=_("Name"),
    )

    async def make(db: AsyncConnection) -> int:
        called = name or await _community_name(db, community_id)
        return await groups.make(db, by=chat.person.id, community_id=community_id, name=called, now=chat.now())

    group_id = await chat.do("group", make)
    chat.say(_("The group is made."))
    if await chat.confirm("leader", _("Shall we invite its leader now?"), yes=_("Yes, invite"), no=_("Later")):
        await hand_out(chat, Role.LEADER, group_id=group_id)


async def _community_name(db: AsyncConnection, community_id: int) -> str:
    return (await places.communities_named(db, community_ids=[community_id]))[0].ka


async def _invite_to_group(chat: Chat, role: Role) -> None:
    group_id = await place_choice.group(chat, Action(f"invite_{role}"))
    if group_id is not None:
        await hand_out(chat, role, group_id=group_id)


async def _invite_official(chat: Chat) -> None:
    municipality_id = await place_choice.municipality(chat, Action.INVITE_OFFICIAL)
    if municipality_id is None:
        return
    offices = [Option(role, title(role)) for role in sorted(OFFICES)]
    role = await chat.pick("office", _("Who is it?"), offices)
    await hand_out(chat, Role(role), municipality_id=municipality_id)


async def _invite_coordinator(chat: Chat) -> None:
    """A coordinator of one municipality invites others for it; one of all chooses."""
    municipality_id = await place_choice.municipality(chat, Action.INVITE_COORDINATOR)
    if municipality_id is not None:
        await hand_out(chat, Role.COORDINATOR, municipality_id=municipality_id)


ENTRY = Entry(
    "groups_desk",
    groups_desk,
    lambda: _("👥 Groups and invitations"),
    action=Action.INVITE_MEMBER,
    in_menu=True,
    nudge_after=None,
)
