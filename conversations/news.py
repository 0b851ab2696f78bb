"""What people hear later: the poll has closed, their need is on the list (promise_made.py: something was promised)."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.registry import Entry
from conversations.so_far import so_far
from locales import _
from publish import need_words
from storage import agreed, answers, needs
from storage.answers import PARTIAL


async def poll_closed(chat: Chat) -> None:
    """Told to whoever answered, wholly or in part, and to whoever was about to (`midway`)."""
    words = await chat.look("closed", partial(_closed, chat=chat))
    if words:
        chat.say(words)


async def _closed(db: AsyncConnection, *, chat: Chat) -> str | None:
    poll_id = int(chat.args["poll"])
    mine = await answers.mine(db, poll_id=poll_id, person_id=chat.person.id)
    if mine is None:
        late = _("The poll of your village has closed before you finished. The next one will ask you again.")
        return late if chat.args.get("midway") else None
    if mine.state == PARTIAL:
        first = _("The poll of your village has closed. What you told so far is kept, marked as unfinished. Thank you!")
    else:
        first = _("The poll of your village has closed. Thank you for your answer!")
    village = await so_far(db, poll_id=poll_id, village_id=mine.village_id, over=True)
    next_ = _("Now your group, the trustee and the deputy agree which needs are most urgent. You will hear from me.")
    return "\n\n".join((first, village, next_))


async def need_on_list(chat: Chat) -> None:
    """Told to those who stand behind a need, when the list was agreed."""
    mine = await chat.look("mine", partial(_mine, chat=chat))
    if not mine:
        return
    chat.say("\n".join([_("Good news: what you stand behind is on the agreed list of urgent needs:"), *mine]))
    chat.say(
        _("The group now takes it to the round table with the municipality. I will write when something is promised.")
    )


async def _mine(db: AsyncConnection, *, chat: Chat) -> list[str]:
    """ "2. Roads – the bridge", in the order of the list."""
    where = {"poll_id": int(chat.args["poll"]), "village_id": int(chat.args["village"])}
    places = await agreed.supported(db, **where, person_id=chat.person.id)
    return [f"{place}. {need}" for place, need_id in places if (need := await _named(db, need_id=need_id))]


async def _named(db: AsyncConnection, *, need_id: int) -> str | None:
    """As others may know it: the kind, and its words once they were released."""
    need = await needs.public(db, need_id=need_id)
    if need is None:
        return None
    kind = need_words.kind(need.kind)
    return f"{kind} – {need.words}" if need.words else kind


ENTRIES = (
    Entry("poll_closed", poll_closed, lambda: _("The poll has closed"), notice=True),
    Entry("need_on_list", need_on_list, lambda: _("The list is agreed"), notice=True),
)
