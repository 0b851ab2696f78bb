"""What the village hears: its list once it is closed, and later which way each need goes."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_words as words
from conversations import road_words
from conversations.chat import Chat
from conversations.registry import Entry
from locales import _
from storage import agreed, dialogues


async def village_list(chat: Chat) -> None:
    """Told to everybody who lives there or stands behind a need of the list."""
    list_, beside = await chat.look("list", partial(_list, chat=chat))
    chat.say(list_)
    chat.say(beside)


async def _list(db: AsyncConnection, *, chat: Chat) -> tuple[str, str]:
    kept = await dialogues.read(db, dialogue_id=int(chat.args["dialogue"]))
    called = await words.names(db, kept)
    where = {"poll_id": kept.poll_id, "village_id": kept.village_id}
    mine = {item for _place, item in await agreed.supported(db, **where, person_id=chat.person.id)}
    head = _("{village} has its list of urgent needs, the most urgent first:")
    own = _("{mark} marks what you stand behind: it is on the list.").format(mark=words.MARK) if mine else ""
    list_ = [head.format(village=await words.village(db, kept)), words.listed(kept.talk.items, called, mine), own]
    beside = [
        await words.residents_order(db, kept),
        f"{words.conclusion(kept)}\n{words.standing(kept, chat.zone)}",
        words.remarks(kept.talk),
        words.changes(kept.talk, called),
        _("A yes to the list says what the village needs. It is no promise; I tell you when something is promised."),
    ]
    return "\n\n".join(filter(None, list_)), "\n\n".join(filter(None, beside))


async def list_placed(chat: Chat) -> None:
    """Told to whoever stands behind a need of the list, and to the three."""
    told = await chat.look("told", partial(_told, chat=chat))
    if told:
        chat.say(told)


async def _told(db: AsyncConnection, *, chat: Chat) -> str | None:
    kept = await dialogues.read(db, dialogue_id=int(chat.args["dialogue"]))
    return await road_words.placed(db, kept, chat.person.id)


ENTRIES = (
    Entry("village_list", village_list, lambda: _("The list of your village"), notice=True),
    Entry("list_placed", list_placed, lambda: _("What goes where"), notice=True),
)
