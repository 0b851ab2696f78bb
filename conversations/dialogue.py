"""The village's list as group, trustee and deputy make it together: each opens it here and does their part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_words as words
from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.dialogue import Party, Stand
from locales import _, current
from storage import dialogue_course, dialogue_questions, dialogue_seats, dialogues, places
from storage.dialogues import Dialogue

NEW, ENOUGH = "new", "enough"


def door() -> Door:
    return Door("dialogue", title())


def title() -> str:
    return _("🤝 The village's list")


async def dialogue(chat: Chat) -> None:
    chosen = await _which(chat)
    if chosen == NEW:
        return chat.go_on("dialogue_open")
    if chosen is None:
        return chat.say(_("There is no list here yet."))
    dialogue_id = int(chosen)
    wish = await chat.pick(
        "wish", partial(_page, chat=chat, at=dialogue_id), partial(_wishes, chat=chat, at=dialogue_id)
    )
    if wish != ENOUGH:
        chat.go_on(wish, dialogue=dialogue_id)


async def _which(chat: Chat) -> Any:
    """Asked only where there are several."""
    if "dialogue" in chat.args:
        return chat.args["dialogue"]
    found = await chat.look("mine", partial(_mine, chat=chat))
    if len(found) > 1:
        return await chat.pick("which", _("Which list?"), partial(_choices, chat=chat))
    return found[0] if found else None


async def _mine(db: AsyncConnection, *, chat: Chat) -> list[Any]:
    new = await dialogue_course.to_open(db, by=chat.person.id, today=chat.today())
    return [*await dialogues.of_person(db, person_id=chat.person.id), *([NEW] if new else [])]


async def _choices(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    options = []
    for each in await _mine(db, chat=chat):
        if each == NEW:
            options.append(Option(NEW, _("Open a new list")))
            continue
        kept = await dialogues.read(db, dialogue_id=each)
        place = await places.village(db, village_id=kept.village_id)
        options.append(Option(each, place.place.named(current()) if place else str(each)))
    return options


async def _page(db: AsyncConnection, *, chat: Chat, at: int) -> str:
    kept = await dialogues.read(db, dialogue_id=at)
    return await words.page(db, kept, chat.zone)


async def _wishes(db: AsyncConnection, *, chat: Chat, at: int) -> Sequence[Option]:
    kept = await dialogues.read(db, dialogue_id=at)
    party = await dialogue_seats.party_of(db, person_id=chat.person.id, dialogue_id=at, group_id=kept.group_id)
    if kept.talk.closed:
        parts = _afterwards(kept, party)
    elif party is Party.GROUP:
        parts = await _of_group(db, kept)
    else:
        parts = _of_office(kept, party)
    holds = party is not None and party is not Party.GROUP and kept.seats[party].person_id == chat.person.id
    colleague = [Option("colleagues_desk", _("👤 My colleagues"))] if holds else []
    trail = Option("dialogue_trail", _("📜 What was said so far"))
    return [*parts, *colleague, trail, Option(ENOUGH, _("That is all"))]


async def _of_group(db: AsyncConnection, kept: Dialogue) -> list[Option]:
    """What the leader can do now, and nothing else."""
    talk = kept.talk
    voting = not talk.waiting and talk.vote_until is None and talk.version not in talk.voted
    ready = not talk.waiting and talk.voted.get(talk.version) and Party.GROUP not in talk.answers
    asked = await dialogue_questions.open_(db, dialogue_id=kept.id)
    return [
        *([Option("dialogue_answer", _("💬 Answer a proposal"))] if talk.waiting else []),
        *([Option("dialogue_reply", _("✉️ Answer a question"))] if asked else []),
        *([Option("dialogue_call", _("🗳️ Let the members vote"))] if voting else []),
        *([Option("dialogue_confirm", _("✅ Confirm the list"))] if ready else []),
        Option("dialogue_change", _("✏️ Change something")),
        *([Option("dialogue_remark", _("🖊️ A sentence beside the list"))] if Party.GROUP not in talk.remarks else []),
        *([Option("dialogue_seat", _("🪑 Fill a vacant post"))] if kept.vacant else []),
    ]


def _of_office(kept: Dialogue, party: Party | None) -> list[Option]:
    if party is None:
        return []
    answered = kept.talk.stand(party, vacant=False) is Stand.CONFIRMED
    return [
        *([] if answered else [Option("dialogue_confirm", _("✅ Confirm the list, or say why not"))]),
        Option("dialogue_change", _("✏️ Propose a change")),
        Option("dialogue_comment", _("💬 Say something about a need")),
        *([Option("dialogue_remark", _("🖊️ A sentence beside the list"))] if party not in kept.talk.remarks else []),
        Option("dialogue_ask", _("✉️ Ask the group privately")),
    ]


def _afterwards(kept: Dialogue, party: Party | None) -> list[Option]:
    open_ = party is not None and kept.talk.placed is None
    return [Option("list_roads", _("🔀 What goes where"))] if open_ else []


async def _offered(db: AsyncConnection, person: Person) -> bool:
    """What the day decides is asked when it is opened: a menu knows no clock."""
    groups, offices = await dialogue_seats.places_of(db, person_id=person.id)
    return bool(groups or offices) and bool(
        await dialogues.of_person(db, person_id=person.id) or await dialogue_course.leads(db, person_id=person.id)
    )


ENTRY = Entry("dialogue", dialogue, title, in_menu=True, offered=_offered, browsing=True, nudge_after=None)
