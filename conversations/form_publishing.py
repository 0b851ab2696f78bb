"""A form is put to people: to the residents of a community, or to a group."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import form_words, place_choice, place_options
from conversations.chat import Chat
from conversations.handing_out import send_pictures
from conversations.questions.option import Option
from domain.forms.calls import Mode
from domain.people import Action
from locales import _
from storage import form_calls, groups

LINK = "f"


async def publish(chat: Chat, *, form_id: int) -> None:
    options = [Option(each.value, form_words.mode(each)) for each in Mode]
    mode = Mode(await chat.pick("mode", _("How is it answered?"), options))
    community_id = group_id = None
    if mode is Mode.PERSON:
        municipality_id = await place_choice.municipality(chat, Action.PUBLISH_FORM)
        if municipality_id is None:
            return
        options_ = place_options.communities(municipality_id)
        community_id = await chat.pick("community", _("Which community?"), options_)
    else:
        found = await chat.look("groups", partial(_groups, chat=chat))
        if not found:
            chat.say(_("There is no group yet."))
            return
        group_id = await chat.pick("group", _("Which group?"), [Option(each, name) for each, name in found])
    opened = partial(
        form_calls.open_, form_id=form_id, mode=mode, by=chat.person.id, community_id=community_id, group_id=group_id
    )
    call_id = await chat.do("open", partial(opened, now=chat.now()))
    chat.say(_("They are told now. Here is the link to hand on as well:"))
    await send_pictures(chat, [(f"{LINK}{call_id}", _("A form to answer:"))])


async def _groups(db: AsyncConnection, *, chat: Chat) -> list[tuple[int, str]]:
    found = await groups.groups_of(db, person_id=chat.person.id, action=Action.PUBLISH_FORM)
    return [(group.id, group.name) for group in found]
