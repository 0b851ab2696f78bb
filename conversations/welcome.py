"""A newcomer: language, who asks and why, consent, age, village; then straight on to the poll that is open there."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.about_self import age_band, sex
from conversations.chat import Chat
from conversations.home import home
from conversations.link_phone import here_already, type_code
from conversations.needs_poll import INSIDE_WELCOME, fill, kept_as_partial
from conversations.place_names import named, names
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.links import VILLAGE
from domain.people import CONSENT_AGE
from domain.refusal import Refused
from locales import LANGUAGES, _, current
from storage import erasure, people, places
from storage.people import Welcomed

ELSEWHERE = "elsewhere"  # in place of a language: the person has spoken with us on another phone


async def welcome(chat: Chat) -> None:
    """By a village's own link, by a bare /start, or by any first word."""
    known = await chat.look("known", partial(people.known, person_id=chat.person.id))
    linked = await chat.look("linked", partial(_linked, link=chat.args.get("link")))
    if known is None:
        language = await chat.pick("language", _hello(), [*_languages(chat), Option(ELSEWHERE, here_already())])
        if language == ELSEWHERE:
            return await type_code(chat.part("phone"))
        await _newcomer(chat, linked, language)
    elif linked and linked["id"] != known["village"]:
        await _moved(chat, linked)
    if chat.person.village_id is None:
        chat.say(_("Thank you. A coordinator looks for your village, and I will write to you."))
        return
    await fill(chat.part(INSIDE_WELCOME))


async def ensure_welcomed(chat: Chat, *, village: bool = True, linked: dict[str, Any] | None = None) -> None:
    """For whoever comes first by another way, which may name the village (`linked`: its id and names).

    Raises Refused, which says goodbye, without consent or below the age.
    """
    part = chat.part("w")
    if await part.look("known", partial(people.known, person_id=chat.person.id)) is None:
        language = await part.pick("language", _hello(), _languages(chat))
        await _newcomer(part, linked, language, village=village)


async def _linked(db: AsyncConnection, *, link: str | None) -> dict[str, Any] | None:
    found = await places.village_by_code(db, code=link.removeprefix(VILLAGE)) if link else None
    return {"id": found.place.id, **names(found.place)} if found else None


def _hello() -> str:
    return _("Hello! Which language shall we speak?")


async def _newcomer(chat: Chat, linked: dict[str, Any] | None, language: str, *, village: bool = True) -> None:
    chat.speak(language)
    agreed_at = await _agreed(chat, linked)
    await _old_enough(chat)
    village_id, note = (linked["id"], None) if linked else await home(chat) if village else (None, None)
    about = (await sex(chat), await age_band(chat)) if village else (None, None)  # an office has neither
    told = Welcomed(current(), village_id, note, *about)
    save = partial(people.welcome, person_id=chat.person.id, told=told, agreed_at=agreed_at)
    await chat.do("welcomed", lambda db: save(db, now=chat.now()))
    chat.person.village_id, chat.person.welcomed = village_id, True


def _languages(chat: Chat) -> list[Option]:
    """The phone's own language first."""
    phone = (chat.person.phone_language or "").partition("-")[0]
    codes = sorted(LANGUAGES, key=lambda code: code != phone)
    return [Option(code, LANGUAGES[code] + (" · 📱" if code == phone else ""), (LANGUAGES[code],)) for code in codes]


async def _agreed(chat: Chat, linked: dict[str, Any] | None) -> datetime:
    """Who asks and why, and what is kept: one yes for this purpose, and when it was given."""
    if not await chat.confirm("consent", _consent(chat, linked), yes=_("Yes, I agree"), no=_("No")):
        await _nothing_kept(chat, Refused("no_consent"))
    agreed_at = await chat.look("agreed", partial(_now, moment=chat.now()))
    return datetime.fromisoformat(agreed_at)


def _consent(chat: Chat, linked: dict[str, Any] | None) -> str:
    village = _("I am Mrgvali, and I ask on behalf of the self-help group of {village} and its coordinators.")
    anywhere = _("I am Mrgvali, and I ask on behalf of your village's self-help group and its coordinators.")
    who = village.format(village=named(linked)) if linked else anywhere
    why = _("They want to know what the village needs, take it to the municipality, and see that promises are kept.")
    keep = _(
        "I keep your village and what you answer, and ask for no name and no phone number. Numbers are published only "
        "from five people on, and your words only after your group has read them. "
        "/mydata shows what I keep, /forget erases it."
    )
    abroad = _("Messages travel through {channel}, whose computers are abroad.")
    channel = chat.person.channel.partition(":")[0]
    through = [abroad.format(channel=channel.title())] if channel in ("telegram", "viber") else []
    return "\n\n".join([f"{who} {why}", " ".join([keep, *through]), _("Do you agree?")])


async def _now(db: AsyncConnection, *, moment: datetime) -> str:
    return moment.isoformat()


async def _old_enough(chat: Chat) -> None:
    if not await chat.confirm("adult", _("Are you 16 or older?"), yes=_("Yes, I am"), no=_("No, I am younger")):
        await _nothing_kept(chat, Refused("too_young", age=CONSENT_AGE))


async def _nothing_kept(chat: Chat, refusal: Refused) -> None:
    """Says goodbye, and keeps nothing of who has not agreed or may not."""
    await chat.do("gone", lambda db: erasure.erase(db, person_id=chat.person.id, now=chat.now()))
    chat.person.erased, chat.person.welcomed = True, False
    raise refusal


async def _moved(chat: Chat, linked: dict[str, Any]) -> None:
    """A link of another village: they may live there now, or only have been shown it."""
    ask = _("This is the link of {village}. Do you live there now?").format(village=named(linked))
    if await chat.confirm("moved", ask, yes=_("Yes, I live there"), no=_("No, I stay with my village")):
        await chat.do("move", partial(people.move, person_id=chat.person.id, village_id=linked["id"]))
        chat.person.village_id = linked["id"]


ENTRY = Entry(
    "welcome",
    welcome,
    lambda: _("🏡 What does my village need?"),  # what it leads to: a talk left midway is asked about by this name
    link=VILLAGE,
    needs_welcome=False,
    on_expiry=kept_as_partial,
)
