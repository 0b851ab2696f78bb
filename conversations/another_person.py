"""Another person answers on this phone: their own yes, their own answer, and a number to ask for it later."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import slip_words
from conversations.about_self import age_band, sex
from conversations.chat import Chat
from conversations.doors import Door
from conversations.need_questions import Asking, several_needs, told_in
from conversations.person import Person
from conversations.place_names import named, names
from conversations.registry import Entry
from conversations.replay import Trail
from domain.people import CONSENT_AGE, CONSENT_VERSION
from domain.refusal import Refused
from domain.rounds import require_room
from locales import _
from storage import answers, places, polls, slips
from storage.answers import PARTIAL, Answer, Told


def door() -> Door:
    return Door("another_person", _("👥 Another person on this phone"))


def hiding() -> Door:
    return Door("hide", _("🧹 Hide what was said"))


async def another_person(chat: Chat) -> None:
    which = await chat.look("which", partial(_which, chat=chat))
    if which is None:
        chat.say(_("There is no open poll in your village now. I will write to you when one opens."))
        return
    await _agreed(chat, which)
    first = _("What does {village} need most?").format(village=named(which))
    told = await several_needs(chat, Asking(which["poll"], which["village"]), first)
    about = (await sex(chat), await age_band(chat))
    saved = await chat.do("save", partial(_save, chat=chat, which=which, told=told, about=about))
    if saved["state"] == PARTIAL:
        thanks = _("The poll closed in the meantime. What you told is kept, marked as unfinished. Thank you!")
    else:
        thanks = _("Thank you! What you said counts as yours, beside the answer of the phone's owner.")
    chat.say(thanks)
    chat.say(slip_words.for_guest(chat, saved["code"]))
    hide = _("When you have noted it: shall I take from the screen what was said here? Then hand the phone back.")
    chat.say(hide, doors=(hiding(), door()))


async def _which(db: AsyncConnection, *, chat: Chat) -> dict[str, Any] | None:
    """The poll of the village where the phone lives. Raises Refused when too many have spoken on it today."""
    village_id = chat.person.village_id
    poll_id = await polls.open_in(db, village_id=village_id, today=chat.today())
    village = await places.village(db, village_id=village_id) if village_id else None
    if poll_id is None or village is None:
        return None
    await _require_room(db, chat)
    return {"poll": poll_id, "village": village.place.id, **names(village.place)}


async def _require_room(db: AsyncConnection, chat: Chat) -> None:
    midnight = datetime.combine(chat.today(), time(), chat.zone)
    require_room(await answers.guests_since(db, person_id=chat.person.id, since=midnight))


async def _agreed(chat: Chat, which: dict[str, Any]) -> None:
    """Raises Refused without a yes or below the age: then nothing was kept of this person."""
    if not await chat.confirm("consent", _consent(chat, which), yes=_("Yes, I agree"), no=_("No")):
        raise Refused("no_consent")
    if not await chat.confirm("adult", _("Are you 16 or older?"), yes=_("Yes, I am"), no=_("No, I am younger")):
        raise Refused("too_young", age=CONSENT_AGE)


def _consent(chat: Chat, which: dict[str, Any]) -> str:
    """Who asks and why, and what is kept of somebody who borrows a phone."""
    who = _("I am Mrgvali, and I ask on behalf of the self-help group of {village} and its coordinators.")
    why = _("They want to know what the village needs, take it to the municipality, and see that promises are kept.")
    keep = _(
        "I ask for no name. I keep what you answer, and that it was said on somebody else's phone. Numbers are "
        "published only from five people on, and your words only after the group has read them."
    )
    channel = chat.person.channel.partition(":")[0]
    abroad = _("Messages travel through {channel}, whose computers are abroad.").format(channel=channel.title())
    kept = f"{keep} {abroad}" if channel in ("telegram", "viber") else keep
    asks = f"{who.format(village=named(which))} {why}"
    return "\n\n".join([_("Please hand over the phone."), asks, kept, _("Do you agree?")])


async def _save(
    db: AsyncConnection, *, chat: Chat, which: dict[str, Any], told: list[Told], about: tuple[str | None, str | None]
) -> dict[str, Any]:
    await _require_room(db, chat)
    answer = await _answer(db, chat.person, which, *about)
    state, answer_id = await answers.take(db, answer=answer, told=told, today=chat.today(), now=chat.now())
    return {"state": state, "code": await slips.issue(db, answer_id=answer_id, now=chat.now())}


async def _answer(
    db: AsyncConnection, owner: Person, which: dict[str, Any], sex_: str | None, age: str | None
) -> Answer:
    """It came by the channel of the phone, and keeps whose phone that was."""
    origin = await answers.origin_of(db, person_id=owner.id, channel=owner.channel)
    where = which["poll"], which["village"], origin
    return Answer(*where, None, None, sex_, age, CONSENT_VERSION, shared_by=owner.id)


async def kept_as_partial(
    db: AsyncConnection, person: Person, trail: Trail, args: dict[str, Any], now: datetime
) -> None:
    """What was told before they handed the phone back."""
    recorded = {key: value for _kind, key, value in trail}
    told = told_in(trail, "")
    if told and recorded.get("adult") and "save" not in recorded:
        answer = await _answer(db, person, recorded["which"], recorded.get("sex"), recorded.get("age"))
        await answers.keep(db, answer=answer, told=told, state=PARTIAL, now=now)


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return await polls.any_open_in(db, village_id=person.village_id)


ENTRY = Entry(
    "another_person",
    another_person,
    lambda: _("👥 Another person on this phone"),
    in_menu=True,
    offered=_offered,
    guest=True,
    nudge_after=None,
    on_expiry=kept_as_partial,
)
