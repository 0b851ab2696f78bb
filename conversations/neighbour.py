"""A member goes from door to door and writes down what neighbours say, with their yes and without their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.about_self import age_band, sex
from conversations.chat import Chat
from conversations.need_questions import Asking, several_needs, told_in
from conversations.person import Person
from conversations.place_names import named, names
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.replay import Trail
from domain.people import CONSENT_VERSION, Action
from domain.polls import Origin
from locales import _
from storage import answers, places, polls, reach
from storage.answers import PARTIAL, Answer

HOUSES_AT_A_TIME = 40


async def neighbour(chat: Chat) -> None:
    which = await _which(chat)
    if which is None:
        chat.say(_("No poll is open in your group's villages now."))
        return
    async for house in chat.several("h", at_most=HOUSES_AT_A_TIME, more=_("Is there another house?")):
        await _house(house, which)
    chat.say(_("Thank you for walking from door to door!"))


async def _which(chat: Chat) -> dict[str, Any] | None:
    """The poll and the village; asked only where there are several."""
    found = await chat.look("open", partial(_open, person=chat.person, today=chat.today()))
    if not found:
        return None
    village: Any = found[0]["village"]
    if len(found) > 1:
        options = [Option(each["village"], named(each), (each["ka"], each["en"])) for each in found]
        village = await chat.pick("village", _("In which village are you?"), options)
    return next((each for each in found if each["village"] == village), None)


async def _open(db: AsyncConnection, *, person: Person, today: date) -> Sequence[dict[str, Any]]:
    found = []
    for village_id in sorted(await reach.reach(db, person_id=person.id, action=Action.ENTER_NEIGHBOUR)):
        poll_id = await polls.open_in(db, village_id=village_id, today=today)
        village = await places.village(db, village_id=village_id)
        if poll_id is not None and village is not None:
            found.append({"poll": poll_id, "village": village_id, **names(village.place)})
    return found


async def _house(chat: Chat, which: dict[str, Any]) -> None:
    ask = _(
        "Please tell your neighbour: the group collects what the village needs, to take it to the municipality. "
        "No name is written down, and only numbers are shown.\n\nAre they 16 or older, and do they agree?"
    )
    if not await chat.confirm("consent", ask, yes=_("Yes, they agree"), no=_("No")):
        chat.say(_("That is their right. Nothing is written down."))
        return
    first = _("What does {village} need most, says your neighbour?").format(village=named(which))
    told = await several_needs(chat, Asking(which["poll"], which["village"]), first)
    answer = _answer(which, chat.person.id, await sex(chat), await age_band(chat))
    save = partial(answers.save, answer=answer, told=told, today=chat.today(), now=chat.now())
    if await chat.do("save", save) == PARTIAL:
        chat.say(_("The poll closed in the meantime. It is kept, marked as unfinished."))
    else:
        chat.say(_("It is noted. Thank your neighbour!"))


def _answer(which: dict[str, Any], by: int, sex_: str | None, age: str | None) -> Answer:
    return Answer(which["poll"], which["village"], Origin.DOOR_TO_DOOR, None, by, sex_, age, CONSENT_VERSION)


async def kept_as_partial(
    db: AsyncConnection, person: Person, trail: Trail, args: dict[str, Any], now: datetime
) -> None:
    """The house at which they stopped, if its people had agreed."""
    recorded = {key: value for _kind, key, value in trail}
    found = recorded.get("open") or []
    which = next((each for each in found if each["village"] == recorded.get("village", each["village"])), None)
    for number in range(1, HOUSES_AT_A_TIME + 1):
        told, prefix = told_in(trail, f"h.{number}."), f"h.{number}."
        if which and told and recorded.get(f"{prefix}consent") and f"{prefix}save" not in recorded:
            answer = _answer(which, person.id, recorded.get(f"{prefix}sex"), recorded.get(f"{prefix}age"))
            await answers.keep(db, answer=answer, told=told, state=PARTIAL, now=now)


ENTRY = Entry(
    "neighbour",
    neighbour,
    lambda: _("🚪 A neighbour's answer"),
    action=Action.ENTER_NEIGHBOUR,
    in_menu=True,
    on_expiry=kept_as_partial,
)
