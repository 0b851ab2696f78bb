"""Something is moved, added or struck: proposed by an office, done by the group, and always with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_acts
from conversations import dialogue_words as words
from conversations.chat import Chat
from conversations.dialogue import door
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.dialogue import Change, How, Party, Verb
from locales import _
from storage import dialogue_seats, dialogues, heads


async def dialogue_change(chat: Chat) -> None:
    group = await chat.look("group", partial(_for_group, chat=chat))
    how = How(await chat.pick("how", _("What shall be different?"), _ways()))
    options = partial(_others if how is How.ADD else dialogue_acts.items, chat=chat)
    item = int(await chat.pick("item", _("Which need do you mean?"), options))
    place = None if how is How.STRIKE else await _place(chat, how)
    why = await chat.text("why", _("Why? Everybody can read your reason."), longest=dialogue_acts.LONGEST)
    body = {"change": Change(how, item, place).kept(), "words": why}
    await dialogue_acts.act(chat, Verb.CHANGED if group else Verb.PROPOSED, body)
    done = (
        _("The list has a new version; all look at it anew.") if group else _("The group answers you; you will hear.")
    )
    chat.say(done, doors=(door(),))


async def _place(chat: Chat, how: How) -> int:
    options = partial(_places, chat=chat, how=how)
    return int(await chat.pick("place", _("To which place? 1 is the most urgent."), options))


async def _for_group(db: AsyncConnection, *, chat: Chat) -> bool:
    kept = await dialogues.read(db, dialogue_id=dialogue_acts.at(chat))
    where = {"person_id": chat.person.id, "dialogue_id": kept.id, "group_id": kept.group_id}
    return await dialogue_seats.party_of(db, **where) is Party.GROUP


def _ways() -> list[Option]:
    return [
        Option(How.MOVE.value, _("↕️ Move a need")),
        Option(How.ADD.value, _("➕ Add a need")),
        Option(How.STRIKE.value, _("➖ Strike a need")),
    ]


async def _others(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    """What the village told and is not on the list, as everybody may know it."""
    kept = await dialogues.read(db, dialogue_id=dialogue_acts.at(chat))
    found = await heads.listed(db, poll_id=kept.poll_id, village_id=kept.village_id)
    return [Option(one.id, words.named(one.kind, one.name)) for one in found if one.id not in kept.talk.items]


async def _places(db: AsyncConnection, *, chat: Chat, how: How) -> Sequence[Option]:
    kept = await dialogues.read(db, dialogue_id=dialogue_acts.at(chat))
    last = len(kept.talk.items) + (how is How.ADD)
    return [Option(place, str(place)) for place in range(1, last + 1)]


ENTRY = Entry("dialogue_change", dialogue_change, lambda: _("Change the list"), nudge_after=None)
