"""A resident tells what the village needs, up to three things, and sees what the village said so far."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import another_person, slip_words
from conversations.chat import Chat
from conversations.code_question import code_question
from conversations.need_questions import Asking, several_needs, told_in
from conversations.person import Person
from conversations.place_names import named, names
from conversations.questions.calendar import in_words
from conversations.registry import Entry
from conversations.replay import Trail
from conversations.so_far import so_far
from domain.refusal import Refused
from locales import _
from storage import answers, places, polls, slips
from storage.answers import COMPLETE, PARTIAL, Answer, Told

INSIDE_WELCOME = "poll"
WEB = "web"


async def needs_poll(chat: Chat) -> None:
    """From the menu, or told when a coordinator opens a poll."""
    await fill(chat, chat.args.get("poll"))


async def fill(chat: Chat, poll_id: int | None = None) -> None:
    """With a `poll_id` we ask them: when that is no longer true, nothing is said."""
    which = await chat.look("which", partial(_which, person=chat.person, poll_id=poll_id, today=chat.today()))
    if which is None or which["answered"]:
        if poll_id is None:
            chat.say(await chat.look("none", partial(_nothing_to_ask, which=which, chat=chat)))
        return
    if poll_id is not None:
        chat.say(_asked(which))
    await code_question(chat.part("slip"), which["poll"], which["village"])
    ask = _("What does {village} need most?").format(village=named(which["name"]))
    told = await several_needs(chat, Asking(which["poll"], which["village"], chat.person.id), ask)
    save = partial(_save, which=which, person=chat.person, told=told, today=chat.today(), now=chat.now())
    saved = await chat.do("save", save)
    if saved["state"] == PARTIAL:
        chat.say(_("The poll closed in the meantime. What you told is kept, marked as unfinished. Thank you!"))
        return
    thanks = await chat.look("thanks", partial(_thanks, which=which))
    if saved["code"] is not None:
        thanks = f"{thanks}\n\n{slip_words.for_web(chat, saved['code'])}"
    chat.say(thanks, doors=(another_person.door(),))


def _asked(which: dict[str, Any]) -> str:
    last = in_words(date.fromisoformat(which["until"]))
    return _("Your village is asked what it needs, until {day}. It takes two minutes.").format(day=last)


async def _which(db: AsyncConnection, *, person: Person, poll_id: int | None, today: date) -> dict[str, Any] | None:
    """The poll that this person may answer now, where, and whether they have."""
    found = await polls.open_in(db, village_id=person.village_id, today=today)
    village = await places.village(db, village_id=person.village_id) if person.village_id else None
    if found is None or village is None or poll_id not in (None, found):
        return None
    mine = await answers.mine(db, poll_id=found, person_id=person.id)
    answered = mine is not None and mine.state == COMPLETE
    until = (await polls.poll(db, poll_id=found)).rules.closes.isoformat()
    return {
        "poll": found,
        "village": village.place.id,
        "name": names(village.place),
        "answered": answered,
        "until": until,
    }


async def _nothing_to_ask(db: AsyncConnection, *, which: dict[str, Any] | None, chat: Chat) -> str:
    if which is not None:
        return _("You have answered this poll. You can look at your answer and change it: /menu, “My answer”.")
    opens = await polls.coming(db, village_id=chat.person.village_id, today=chat.today())
    if opens is not None:
        return _("The next poll in your village opens on {day}. I will write to you.").format(day=in_words(opens))
    return _("There is no open poll in your village now. I will write to you when one opens.")


async def _save(
    db: AsyncConnection, *, which: dict[str, Any], person: Person, told: list[Told], today: date, now: datetime
) -> dict[str, Any]:
    """Who has only the page of a web chat, where nothing can be sent to, gets a number to ask with."""
    answer = await answer_of(db, which, person)
    state, answer_id = await answers.take(db, answer=answer, told=told, today=today, now=now)
    needs_slip = person.channel == WEB and state != PARTIAL
    return {"state": state, "code": await slips.issue(db, answer_id=answer_id, now=now) if needs_slip else None}


async def answer_of(db: AsyncConnection, which: dict[str, Any], person: Person) -> Answer:
    return await answers.of_person(
        db, person_id=person.id, channel=person.channel, poll_id=which["poll"], village_id=which["village"]
    )


async def _thanks(db: AsyncConnection, *, which: dict[str, Any]) -> str:
    last = (await polls.poll(db, poll_id=which["poll"], within=())).rules.closes
    next_ = _(
        "What comes next: the poll is open until {day}, and you can change your answer until then: /menu. "
        "Afterwards your group, the trustee and the deputy agree which needs are most urgent. "
        "I will write to you when they have, and when something is promised."
    ).format(day=in_words(last))
    village = await so_far(db, poll_id=which["poll"], village_id=which["village"])
    return "\n\n".join((_("Thank you! Your answer is in."), village, next_))


async def kept_as_partial(
    db: AsyncConnection, person: Person, trail: Trail, args: dict[str, Any], now: datetime
) -> None:
    """What was told before they left it lying stays, marked as unfinished."""
    for prefix in ("", f"{INSIDE_WELCOME}."):
        recorded = {key: value for _kind, key, value in trail}
        which, told = recorded.get(f"{prefix}which"), told_in(trail, prefix)
        if not which or not told or f"{prefix}save" in recorded:
            continue
        try:
            answer = await answer_of(db, which, person)
            await answers.keep(db, answer=answer, told=told, state=PARTIAL, now=now)
        except Refused:
            continue  # they answered in another run: that one is whole


def answering(conversation: str, trail: Trail) -> int | None:
    """The poll that a run, as it stands, is an answer to."""
    key = {ENTRY.name: "which"}.get(conversation, f"{INSIDE_WELCOME}.which")
    which = next((value for _kind, recorded, value in trail if recorded == key), None)
    return which["poll"] if which else None


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return await answers.awaited(db, person_id=person.id, village_id=person.village_id)


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """What was asked of them: whether the poll still waits for their answer."""
    return args.get("poll") is None or await _offered(db, person)


ENTRY = Entry(
    "needs_poll",
    needs_poll,
    lambda: _("🏡 What does my village need?"),
    in_menu=True,
    offered=_offered,
    on_expiry=kept_as_partial,
    still=_still,
)
