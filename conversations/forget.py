"""/forget: erases the person who asks. Their voice stays in the counts, as a number and nothing else."""

from __future__ import annotations

from functools import partial

from conversations.chat import Chat
from conversations.registry import Entry
from locales import _
from storage import erasure


async def forget(chat: Chat) -> None:
    ask = _(
        "Shall I erase everything that I keep about you? Your village, your roles, your photos and our messages go, "
        "and your words too, unless your group has released them already. Your voice stays as a number, without you. "
        "This cannot be undone."
    )
    if not await chat.confirm("sure", ask, yes=_("Yes, erase it all"), no=_("No, keep it")):
        chat.say(_("Everything stays as it is."))
        return
    erase = partial(erasure.erase, person_id=chat.person.id)
    await chat.do("erase", lambda db: erase(db, now=chat.now()))
    chat.person.erased, chat.person.welcomed, chat.person.village_id = True, False, None
    chat.say(_("You are forgotten. This last message goes too, in a few minutes. Come again whenever you like!"))


ENTRY = Entry("forget", forget, lambda: _("Forget me"), needs_welcome=False, nudge_after=None)
