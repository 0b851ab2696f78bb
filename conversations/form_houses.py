"""A member goes from house to house with one form: a yes at each door, the same opening answers with one tap."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_options
from conversations.chat import Chat
from conversations.forms.filling import MORE, Filling
from conversations.forms.filling import load as filling_of
from conversations.forms.parts import in_short
from conversations.questions.option import Option
from domain.forms.plain import plain
from domain.people import CONSENT_VERSION
from locales import _
from storage import fills, form_calls

HOUSES_AT_A_TIME = 40
OPENING = 8  # of the first answers, which may be the same at every door


async def houses(chat: Chat, call: dict[str, Any]) -> None:
    village = await _village(chat, call)
    async for house in chat.several("h", at_most=HOUSES_AT_A_TIME, more=_("Is there another house?")):
        await _house(house, call, village)
    chat.say(_("Thank you for walking from door to door!"))


async def _village(chat: Chat, call: dict[str, Any]) -> int | None:
    own = partial(form_calls.villages_of, person_id=chat.person.id, community_id=call["community"])
    found: list[int] = await chat.look("villages", own)
    if len(found) < 2:
        return found[0] if found else None
    options = place_options.villages(call["community"])
    return int(await chat.pick("village", _("In which village are you?"), options))


async def _house(chat: Chat, call: dict[str, Any], village: int | None) -> None:
    ask = _(
        "Please tell them: the group asks what people need, with the form “{title}”. No name is written down, every "
        "question may be skipped, and only numbers are shown.\n\nAre they 16 or older, and do they agree?"
    )
    if not await chat.confirm("consent", ask.format(title=call["title"]), yes=_("Yes, they agree"), no=_("No")):
        chat.say(_("That is their right. Nothing is written down."))
        return
    same = await _same(chat, call)
    begin = {"call_id": call["id"], "entered_by": chat.person.id, "village_id": village}
    house = partial(_begin, begin, same, person_id=chat.person.id, now=chat.now(), zone=chat.zone)
    await chat.form("f", await chat.do("fill", house))
    chat.say(_("It is noted. Thank your neighbour!"))


async def _same(chat: Chat, call: dict[str, Any]) -> dict[str, str]:
    """The opening answers of the last house that hold here too: offered one by one, and the second time all at once."""
    read = partial(_opening, call_id=call["id"], person_id=chat.person.id, now=chat.now(), zone=chat.zone)
    last = await chat.look("last", read)
    answers: list[list[str]] = last["answers"]
    if not answers:
        return {}
    again = [ref for ref in last["again"] if ref in [each[0] for each in answers]]
    if again:
        named = ", ".join(words for ref, words, _value in answers if ref in again)
        text = _("As at the last house: {answers}?").format(answers=named)
        if await chat.confirm("again", text, yes=_("↻ Yes, the same"), no=_("No")):
            return {ref: value for ref, _words, value in answers if ref in again}
    options = [Option(str(at), words) for at, (_ref, words, _value) in enumerate(answers)]
    text = _("Which of these is the same as at the last house?")
    chosen = await chat.pick_many("same", text, options, optional=_("Nothing"))
    return {answers[int(at)][0]: answers[int(at)][2] for at in chosen or ()}


async def _opening(
    db: AsyncConnection, *, call_id: int, person_id: int, now: datetime, zone: ZoneInfo
) -> dict[str, Any]:
    fill_id = await fills.last_house(db, call_id=call_id, entered_by=person_id)
    if fill_id is None:
        return {"answers": [], "again": []}
    filling = await filling_of(db, fill_id=fill_id, person_id=person_id, now=now, zone=zone)
    refs = [ref for ref in filling.answered() if not ref.startswith(MORE) and "[" not in ref][:OPENING]
    asked = [filling.session.question(ref) for ref in refs]
    named = [[one.ref, _words(one), one.value] for one in asked if one.value]
    return {"answers": named, "again": filling.repeated}


def _words(asked: Any) -> str:
    return f"{plain(asked.label)} {in_short(asked)}"[:60]


async def _begin(
    begin: dict[str, Any],
    same: dict[str, str],
    db: AsyncConnection,
    *,
    person_id: int,
    now: datetime,
    zone: ZoneInfo,
) -> int:
    fill_id = await fills.house(db, **begin, consent_version=CONSENT_VERSION, now=now)
    if same:
        filling: Filling = await filling_of(db, fill_id=fill_id, person_id=person_id, now=now, zone=zone)
        filling.repeat(same)
        await filling.save(db, now=now)
    return fill_id
