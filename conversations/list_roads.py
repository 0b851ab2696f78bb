"""What goes where: group, trustee and deputy choose a road for each need of the closed list."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_acts, road_words
from conversations import dialogue_words as words
from conversations.chat import Chat
from conversations.dialogue import door
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.dialogue import Party, Verb
from domain.roads import Road
from locales import _
from storage import dialogue_seats, dialogues
from storage.dialogues import Dialogue


async def list_roads(chat: Chat) -> None:
    items = await chat.look("items", partial(_items, chat=chat))
    if not items:
        return chat.say(_("Every need of this list has its way."), doors=(door(),))
    chat.say(_("The list is closed. Now the three of you say, for each need, which way it goes."))
    roads: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for item in items:
        await _choose(chat.part(str(item)), int(item), roads, reasons)
    if not await chat.confirm("sure", partial(_summary, chat=chat, roads=roads), yes=_("Yes, so it is")):
        return chat.say(_("Nothing was kept."), doors=(door(),))
    await dialogue_acts.act(chat, Verb.ROADS, {"roads": roads, "reasons": reasons})
    chat.say(_("Thank you. When all have chosen, everybody whose need is on the list hears of it."), doors=(door(),))


async def _choose(part: Chat, item: int, roads: dict[str, str], reasons: dict[str, str]) -> None:
    """What does not go to the round table stays in its place; whoever told it hears the reason."""
    road = await part.pick("road", partial(_ask, part=part, item=item), _roads())
    roads[str(item)] = road
    if road != Road.ROUND_TABLE:
        why = await part.text("why", _("Why this way? One sentence for those who told the need."), optional=True)
        if why:
            reasons[str(item)] = why


async def _items(db: AsyncConnection, *, chat: Chat) -> list[int]:
    kept = await dialogues.read(db, dialogue_id=dialogue_acts.at(chat))
    return list(kept.talk.items) if kept.talk.closed and kept.talk.placed is None else []


async def _ask(db: AsyncConnection, *, part: Chat, item: int) -> str:
    kept = await dialogues.read(db, dialogue_id=dialogue_acts.at(part))
    name = (await words.names(db, kept))[item]
    chosen = [
        f"{words.party(party)}: {road_words.road(event.body['roads'][str(item)])}"
        for party, event in kept.talk.roads.items()
    ]
    place = kept.talk.items.index(item) + 1
    return "\n".join([f"{place}. {name}", *chosen, _("Which way shall it go?")])


def _roads() -> list[Option]:
    return [Option(road.value, words_) for road, words_ in road_words.roads().items()]


async def _summary(db: AsyncConnection, *, chat: Chat, roads: dict[str, str]) -> str:
    kept = await dialogues.read(db, dialogue_id=dialogue_acts.at(chat))
    called = await words.names(db, kept)
    lines = [
        f"{place}. {called[item]} → {road_words.road(roads[str(item)])}"
        for place, item in enumerate(kept.talk.items, start=1)
    ]
    return "\n".join([*lines, "", _("Is it right?")])


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], _now: Any) -> bool:
    kept = await dialogues.read(db, dialogue_id=int(args["dialogue"]))
    return kept.talk.placed is None and await _party(db, kept, person) is not None


async def _party(db: AsyncConnection, kept: Dialogue, person: Person) -> Party | None:
    where: dict[str, Any] = {"person_id": person.id, "dialogue_id": kept.id, "group_id": kept.group_id}
    return await dialogue_seats.party_of(db, **where)


ENTRY = Entry("list_roads", list_roads, lambda: _("🔀 What goes where"), nudge_after=None, still=_still)
