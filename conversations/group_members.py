"""Who is in a group, and the end of a membership."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice
from conversations.chat import Chat
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.role_words import title
from domain.people import Action
from domain.refusal import Refused
from locales import _, current
from storage import groups
from storage.groups import Member


async def group_members(chat: Chat) -> None:
    group_id = await place_choice.group(chat, Action.INVITE_MEMBER)
    if group_id is None:
        return
    read = partial(groups.members, by=chat.person.id, group_id=group_id)

    async def words(db: AsyncConnection) -> str:
        return _list(await read(db), chat.zone)

    async def choices(db: AsyncConnection) -> Sequence[Option]:
        members = enumerate(await read(db), start=1)
        return [Option(0, _("Good, thank you")), *(Option(one.role_id, _called(at, one)) for at, one in members)]

    whom = await chat.pick("member", words, choices)
    if whom == 0:
        chat.say(_("All right."))
    elif await chat.confirm("sure", _("Shall this membership end? The person will hear of it."), yes=_("Yes, end it")):
        await chat.do("end", partial(groups.end_membership, by=chat.person.id, role_id=whom, now=chat.now()))
        chat.say(_("The membership has ended."))


def _list(members: Sequence[Member], zone: tzinfo) -> str:
    if not members:
        return _("Nobody is in this group yet.")
    lines = [_line(at, member, zone) for at, member in enumerate(members, start=1)]
    return "\n".join([*lines, "", _("To end a membership, press it.")])


def _line(at: int, member: Member, zone: tzinfo) -> str:
    since = _("since {day}").format(day=in_words(member.since.astimezone(zone).date()))
    village = member.village_ka if current() == "ka" else member.village_en
    return ", ".join(filter(None, [_called(at, member), village, since]))


def _called(at: int, member: Member) -> str:
    """A number beside it, since names may be missing or the same."""
    return f"{at}. {member.name}, {title(member.role)}" if member.name else f"{at}. {title(member.role)}"


async def membership_ended(chat: Chat) -> None:
    """Told to the person whose membership ended."""
    group = await chat.look("group", partial(_name, group_id=chat.args.get("group", 0)))
    if group is not None:
        chat.say(
            _("Your place in the group “{group}” has ended. Thank you for what you did for it.").format(group=group)
        )


async def member_joined(chat: Chat) -> None:
    """Told to the leaders of a group."""
    group_id, role_id = chat.args.get("group", 0), chat.args.get("role", 0)

    async def joined(db: AsyncConnection) -> list[str] | None:
        try:
            found = await groups.members(db, by=chat.person.id, group_id=group_id)
        except Refused:  # no longer their group: nothing to say
            return None
        member = next((one for one in found if one.role_id == role_id), None)
        group = await _name(db, group_id=group_id)
        return None if member is None or group is None else [group, member.name or ""]

    news = await chat.look("joined", joined)
    if news is not None:
        group, name = news
        words = _("{name} joined your group “{group}”.") if name else _("A new member joined your group “{group}”.")
        chat.say(words.format(name=name, group=group))


async def _name(db: AsyncConnection, *, group_id: int) -> str | None:
    found = await groups.group(db, group_id=group_id)
    return found.name if found else None


ENTRIES = (
    Entry("membership_ended", membership_ended, lambda: _("Your group"), notice=True),
    Entry("member_joined", member_joined, lambda: _("A new member"), notice=True),
)
