"""A group names one of its members who listens to recordings; that member is asked first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.role_words import title
from domain.people import Action
from locales import _
from storage import groups, listeners

NOBODY = 0
LONGEST_NAME = 60


async def name_listener(chat: Chat) -> None:
    group_id = await place_choice.group(chat, Action.INVITE_MEMBER)
    if group_id is None:
        return
    ask = _(
        "Neighbours may speak instead of writing. One of you listens, types it, and the recording is deleted; "
        "before they speak, people are told who listens. Who shall it be?"
    )
    role_id = await chat.pick("listener", ask, partial(_members, by=chat.person.id, group_id=group_id))
    name = partial(listeners.name, by=chat.person.id, group_id=group_id, role_id=role_id or None)
    await chat.do("name", lambda db: name(db, now=chat.now()))
    if role_id == NOBODY:
        chat.say(_("All right: nobody listens for now, and people are asked to write."))
    else:
        chat.say(_("Thank you. I ask them now; until they say yes, people are asked to write."))


async def _members(db: AsyncConnection, *, by: int, group_id: int) -> Sequence[Option]:
    found = enumerate(await groups.members(db, by=by, group_id=group_id), start=1)
    named = [
        Option(one.role_id, f"{at}. {one.name}, {title(one.role)}" if one.name else f"{at}. {title(one.role)}")
        for at, one in found
    ]
    return [*named, Option(NOBODY, _("Nobody for now"))]


async def listener_asked(chat: Chat) -> None:
    """Told to the member who was named."""
    where = {"role_id": chat.args["role"], "person_id": chat.person.id}
    if not await chat.look("asked", partial(listeners.asked, **where)):
        return
    ask = _(
        "Your group asks you to listen to what neighbours say instead of writing. You type what you hear, keep it to "
        "yourself, and the recording is deleted. People are told your name before they speak. Do you agree?"
    )
    if not await chat.confirm("agree", ask, yes=_("Yes, I listen"), no=_("No, rather not")):
        await chat.do("no", partial(listeners.decline, person_id=chat.person.id, now=chat.now()))
        chat.say(_("That is all right. People are asked to write."))
        return
    name = await chat.text("name", _("Which name shall people be told?"), longest=LONGEST_NAME)
    await chat.do("yes", partial(listeners.agree, **where, name=name, now=chat.now()))
    chat.say(_("Thank you! When somebody speaks, I write to you. You will find it in the /menu too."))


ENTRY = Entry("listener_asked", listener_asked, lambda: _("🎧 To listen to recordings"))
