"""What was done in the talk about a list, each thing a line: for the trail, and for the news of it."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_words as words
from conversations.chat import Chat
from conversations.dialogue import door
from conversations.dialogue_words import Names
from conversations.registry import Entry
from domain.dialogue import Change, Event, How, Verb
from locales import _
from publish.promise_words import quoted
from storage import dialogues
from storage.dialogues import Dialogue


async def dialogue_trail(chat: Chat) -> None:
    chat.say(await chat.look("trail", partial(_trail, chat=chat)), doors=(door(),))


async def _trail(db: AsyncConnection, *, chat: Chat) -> str:
    kept = await dialogues.read(db, dialogue_id=int(chat.args["dialogue"]))
    if kept.id not in await dialogues.of_person(db, person_id=chat.person.id):
        return _("There is no list here yet.")
    return trail(kept, await words.names(db, kept), chat.zone)


def trail(kept: Dialogue, names: Names, zone: ZoneInfo) -> str:
    return "\n".join(f"{words.day(event.at, zone)} · {said(event, kept, names)}" for event in kept.events)


def said(event: Event, kept: Dialogue, names: Names) -> str:
    """Whoever reads it knows from it alone who did what, and why."""
    body = event.body
    change = _change(event, kept)
    facts = {
        "who": words.who(event),
        "words": quoted(event.words) if event.words else "",
        "item": names[body["item"]] if "item" in body else "",
        "version": body.get("version"),
        "change": wish(change, names) if change is not None else "",
    }
    return _lines()[event.verb, body.get("yes", body.get("passed"))].format(**facts)


def _change(event: Event, kept: Dialogue) -> Change | None:
    body = event.body
    if event.verb is Verb.ANSWERED:
        body = next(each.body for each in kept.events if each.id == event.body["proposal"])
    return Change.read(body["change"]) if "change" in body else None


def _lines() -> dict[tuple[Verb, bool | None], str]:
    return {
        (Verb.OPENED, None): _("The group has opened the list."),
        (Verb.COMMENTED, None): _("{who} on {item}: {words}"),
        (Verb.PROPOSED, None): _("{who} proposes: {change}. Why: {words}"),
        (Verb.ANSWERED, True): _("The group has taken up: {change}"),
        (Verb.ANSWERED, False): _("The group has not taken up: {change}. Why: {words}"),
        (Verb.CHANGED, None): _("The group has changed: {change}. Why: {words}"),
        (Verb.VOTING, None): _("The members of the group are voting."),
        (Verb.VOTED, True): _("The members have said yes to version {version}."),
        (Verb.VOTED, False): _("The members did not say yes to version {version}."),
        (Verb.CONFIRMED, None): _("{who} has confirmed version {version} ✓"),
        (Verb.DECLINED, None): _("{who} does not agree to version {version}. Why: {words}"),
        (Verb.REMARKED, None): _("{who}, beside the list: {words}"),
        (Verb.CLOSED, None): _("The list is closed and goes to the village."),
        (Verb.ROADS, None): _("{who} has said which way each need goes."),
        (Verb.PLACED, None): _("Every need has its way."),
    }


def wish(change: Change, names: Names) -> str:
    item = names[change.item]
    match change.how:
        case How.MOVE:
            return _("{item} to place {place}").format(item=item, place=change.place)
        case How.ADD:
            return _("add {item} in place {place}").format(item=item, place=change.place)
        case How.STRIKE:
            return _("strike {item}").format(item=item)


ENTRY = Entry("dialogue_trail", dialogue_trail, lambda: _("What was said about the list"), nudge_after=None)
