"""A member goes from door to door and writes down what neighbours say, with their yes and without their names.

One run is one door; the round itself is kept in its own table, and may last for days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import door_words, slip_words
from conversations.about_self import BEFORE, age_band, sex_or_as_before
from conversations.chat import Chat
from conversations.need_questions import Asking, several_needs, told_in
from conversations.person import Person
from conversations.place_names import named, names
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.replay import Trail
from domain.people import CONSENT_VERSION, Action
from domain.polls import Origin
from domain.rounds import Outcome
from locales import _
from storage import answers, places, polls, reach, rounds, slips
from storage.answers import PARTIAL, Answer, Told

LONGEST_NOTE = 150


async def neighbour(chat: Chat) -> None:
    round_ = await _round(chat)
    if round_ is None:
        chat.say(_("No poll is open in your group's villages now."))
        return
    stands = await chat.look("stands", partial(door_words.stands, round_=round_, now=chat.now(), zone=chat.zone))
    wish = await chat.pick("door", door_words.ask(round_, stands), door_words.wishes(stands))
    match wish:
        case "yes":
            await _house(chat, round_, stands)
        case "no" | "nobody":
            await _closed_door(chat, round_, Outcome.DECLINED if wish == "no" else Outcome.NOBODY)
        case "undo":
            await _undo(chat, round_, stands)
        case "pause":
            await _pause(chat, round_)
        case _:
            await _end(chat, round_, stands)


async def _round(chat: Chat) -> dict[str, Any] | None:
    """The round that is under way, or a new one: its village is asked only where there are several."""
    found = await chat.look("open", partial(_open, person=chat.person, today=chat.today()))
    begun = await chat.look("begun", partial(_under_way, person_id=chat.person.id, found=found, now=chat.now()))
    if begun is not None or not found:
        return begun if begun is None else dict(begun)
    village: Any = found[0]["village"]
    if len(found) > 1:
        options = [Option(each["village"], named(each), (each["ka"], each["en"])) for each in found]
        village = await chat.pick("village", _("In which village are you?"), options)
    which = next(each for each in found if each["village"] == village)
    where = {"poll_id": which["poll"], "village_id": which["village"]}
    number = await chat.do("round", partial(rounds.begin, member_id=chat.person.id, now=chat.now(), **where))
    return {**which, "round": number, "note": None}


async def _open(db: AsyncConnection, *, person: Person, today: date) -> Sequence[dict[str, Any]]:
    found = []
    for village_id in sorted(await reach.reach(db, person_id=person.id, action=Action.ENTER_NEIGHBOUR)):
        poll_id = await polls.open_in(db, village_id=village_id, today=today)
        village = await places.village(db, village_id=village_id)
        if poll_id is not None and village is not None:
            found.append({"poll": poll_id, "village": village_id, **names(village.place)})
    return found


async def _under_way(
    db: AsyncConnection, *, person_id: int, found: Sequence[dict[str, Any]], now: datetime
) -> dict[str, Any] | None:
    """A round whose poll has closed, or whose village is no longer theirs, has ended."""
    begun = await rounds.under_way(db, member_id=person_id)
    if begun is None:
        return None
    for which in found:
        if (which["poll"], which["village"]) == (begun.poll_id, begun.village_id):
            return {**which, "round": begun.id, "note": begun.note if begun.paused_at else None}
    await rounds.end(db, round_id=begun.id, now=now)
    return None


async def _house(chat: Chat, round_: dict[str, Any], stands: dict[str, Any]) -> None:
    first = _("What does {village} need most, says your neighbour?").format(village=named(round_))
    told = await several_needs(chat, Asking(round_["poll"], round_["village"]), first)
    sex, before = await sex_or_as_before(chat, stands["told"])
    age = stands["told"]["age"] if before else await age_band(chat)
    saved = await chat.do("save", partial(_save, chat=chat, round_=round_, told=told, about=(sex, age)))
    if saved["state"] == PARTIAL:
        chat.say(_("The poll closed in the meantime. It is kept, marked as unfinished."))
        return
    chat.say(_("It is noted. Thank your neighbour!"))
    chat.say(slip_words.for_neighbour(chat, saved["code"]))
    chat.go_on("neighbour")


async def _save(
    db: AsyncConnection,
    *,
    chat: Chat,
    round_: dict[str, Any],
    told: list[Told],
    about: tuple[str | None, str | None],
) -> dict[str, Any]:
    answer = _answer(round_, chat.person.id, *about)
    state, answer_id = await answers.take(db, answer=answer, told=told, today=chat.today(), now=chat.now())
    await _visit(db, chat.person.id, round_, Outcome.ANSWERED, chat.now(), answer_id)
    return {"state": state, "code": await slips.issue(db, answer_id=answer_id, now=chat.now())}


async def _visit(
    db: AsyncConnection,
    member_id: int,
    round_: dict[str, Any],
    outcome: Outcome,
    now: datetime,
    answer_id: int | None = None,
) -> None:
    where = {"round_id": round_["round"], "member_id": member_id}
    await rounds.visit(db, **where, outcome=outcome, now=now, answer_id=answer_id)


def _answer(round_: dict[str, Any], by: int, sex: str | None, age: str | None) -> Answer:
    return Answer(round_["poll"], round_["village"], Origin.DOOR_TO_DOOR, None, by, sex, age, CONSENT_VERSION)


async def _closed_door(chat: Chat, round_: dict[str, Any], outcome: Outcome) -> None:
    await chat.do("closed", lambda db: _visit(db, chat.person.id, round_, outcome, chat.now()))
    if outcome is Outcome.DECLINED:
        chat.say(_("That is their right. Nothing is written down."))
    else:
        chat.say(_("Noted: nobody at home."))
    chat.go_on("neighbour")


async def _undo(chat: Chat, round_: dict[str, Any], stands: dict[str, Any]) -> None:
    ask = door_words.taking_back(stands["last"])
    if await chat.confirm("undo", ask, yes=_("Yes, take it back"), no=_("No, keep it")):
        where = {"round_id": round_["round"], "member_id": chat.person.id, "number": stands["last"]["number"]}
        await chat.do("undone", partial(rounds.undo, **where, today=chat.today()))
        chat.say(_("It is taken back; its slip shows nothing any more."))
    chat.go_on("neighbour")


async def _pause(chat: Chat, round_: dict[str, Any]) -> None:
    note = await chat.text(
        "note",
        _("Where do you stop? The street or the house, so that you find it again. No names, please."),
        longest=LONGEST_NOTE,
        optional=_("I remember it"),
    )
    await chat.do("pause", partial(rounds.pause, round_id=round_["round"], note=note, now=chat.now()))
    chat.say(
        _("Have a rest! When you go on, today or another day: /menu, “{title}”.").format(
            title=_("🚪 A neighbour's answer")
        )
    )


async def _end(chat: Chat, round_: dict[str, Any], stands: dict[str, Any]) -> None:
    await chat.do("end", partial(rounds.end, round_id=round_["round"], now=chat.now()))
    chat.say(door_words.ended(stands))


async def kept_as_partial(
    db: AsyncConnection, person: Person, trail: Trail, args: dict[str, Any], now: datetime
) -> None:
    """The house at which they stopped, if its people had agreed."""
    recorded = {key: value for _kind, key, value in trail}
    round_ = recorded.get("begun") or _begun_here(recorded)
    told = told_in(trail, "")
    if round_ and told and recorded.get("door") == "yes" and "save" not in recorded:
        before = (recorded.get("stands") or {}).get("told") if recorded.get("sex") == BEFORE else None
        sex, age = (before["sex"], before["age"]) if before else (recorded.get("sex"), recorded.get("age"))
        answer = _answer(round_, person.id, sex, age)
        await answers.keep(db, answer=answer, told=told, state=PARTIAL, now=now)


def _begun_here(recorded: dict[str, Any]) -> dict[str, Any] | None:
    found = recorded.get("open") or []
    return next((each for each in found if each["village"] == recorded.get("village", each["village"])), None)


ENTRY = Entry(
    "neighbour",
    neighbour,
    lambda: _("🚪 A neighbour's answer"),
    action=Action.ENTER_NEIGHBOUR,
    in_menu=True,
    on_expiry=kept_as_partial,
)
