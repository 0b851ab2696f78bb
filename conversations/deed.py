"""A member tells what the group did with its own hands: a sentence and a photo, for everybody to see."""

from __future__ import annotations

from functools import partial

from conversations import place_choice
from conversations.chat import Chat
from conversations.registry import Entry
from domain.people import Action
from locales import _
from storage import representatives

LONGEST = 300


async def deed(chat: Chat) -> None:
    group_id = await place_choice.group(chat, Action.TELL_DEED)
    if group_id is None:
        return
    ask = _("What did your group do with its own hands? One sentence; everybody can read it.")
    words = await chat.text("words", ask, longest=LONGEST)
    ask_photo = _("A photo of it? Please one on which nobody is seen who does not want to be.")
    photo = await chat.photo("photo", ask_photo, optional=_("No photo"))
    if not await chat.confirm("sure", _("Everybody sees it: “{words}” Is that right?").format(words=words)):
        return chat.say(_("Nothing was added."))
    told = partial(representatives.tell_deed, group_id=group_id, words=words, photo=photo["photo"] if photo else None)
    await chat.do("told", lambda db: told(db, by=chat.person.id, now=chat.now()))
    chat.say(_("Thank you. It stands on the page of those who speak for you."))


ENTRY = Entry("deed", deed, lambda: _("💪 What we did ourselves"), action=Action.TELL_DEED, in_menu=True)
