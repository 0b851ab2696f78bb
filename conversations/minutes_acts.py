"""What a secretary does with minutes, one thing at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import minutes_page as pages
from conversations import viber_cost
from conversations.chat import Chat
from conversations.questions.option import Option
from domain.minutes import FEWEST, MOST, USUAL, Fate, Seat
from domain.people import new_token
from locales import LANGUAGES, _, ngettext
from storage import (
    meeting_summary,
    meetings,
    minutes,
    minutes_amending,
    minutes_delivery,
    minutes_letterhead,
    minutes_links,
    minutes_opening,
)

IN = ("ka", "en")


async def paper(chat: Chat, meeting_id: int, form: str) -> None:
    """A draft is written anew from the desk's entries, until the minutes are open."""
    language = await chat.pick("language", _("In which language?"), [Option(each, LANGUAGES[each]) for each in IN])
    await chat.do("draft", partial(_drafted, meeting_id=meeting_id, chat=chat))
    made = await chat.work("file", "minutes_file", {"meeting": meeting_id, "form": form, "language": language})
    if made.get("document"):
        return chat.send(_("The minutes as they stand now."), document=made["document"])
    chat.say(_("The paper could not be made. Please try again a little later."))


async def _drafted(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> None:
    """Whoever kept the record when they came here, and does not any more, is handed nothing."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=chat.person.id)
    stand = await minutes.standing(db, meeting_id=meeting_id)
    if stand.until is None:
        await minutes.draft(db, meeting_id=meeting_id, by=chat.person.id, now=chat.now(), zone=chat.zone)


async def open_(chat: Chat, meeting_id: int, _act: str) -> None:
    ask = _("For how many days may those who attended ask for changes? Usual are {days}.").format(days=USUAL)
    days = await chat.number("days", ask, least=FEWEST, most=MOST)
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now(), "zone": chat.zone}
    await chat.do("opened", partial(minutes_opening.open_, meeting_id=meeting_id, days=days, **who))
    chat.say(_("They are open. Whoever attended and has a chat here hears of it."))


async def decide(chat: Chat, meeting_id: int, _act: str) -> None:
    """The secretary's own answer; and the chair's, where the chair has no chat here."""
    which = await chat.pick("which", _("Which change?"), partial(_waiting, meeting_id=meeting_id))
    seat = Seat(await chat.pick("seat", partial(_amendment, which=which), _seats()))
    await verdict(chat, meeting_id, int(which), seat)


async def verdict(chat: Chat, meeting_id: int, amendment_id: int, seat: Seat) -> None:
    yes, no = _("It is taken in"), _("It is not taken in")
    accepted = await chat.confirm("accepted", _("Is this change taken in?"), yes=yes, no=no)
    reason = None
    if not accepted:
        reason = await chat.text("reason", _("Why not? This stands in the minutes beside their words."), longest=500)
    about: dict[str, Any] = {"meeting_id": meeting_id, "amendment_id": amendment_id, "seat": seat, "accepted": accepted}
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now(), "zone": chat.zone}
    fate = await chat.do("decided", partial(minutes_amending.decide, reason=reason, **about, **who))
    chat.say(
        {
            Fate.ACCEPTED: _("Both have taken it in. It stands in the minutes."),
            Fate.REFUSED: _("It is not taken in. It is annexed in its author's own words."),
            Fate.WAITING: _("Written down. The other of the two answers next."),
        }[Fate(fate)]
    )


async def _waiting(db: AsyncConnection, *, meeting_id: int) -> Sequence[Option]:
    found = (await minutes.standing(db, meeting_id=meeting_id)).of(Fate.WAITING)
    return [Option(each.id, f"{each.name}: {each.words[:40]}") for each in found]


async def _amendment(db: AsyncConnection, *, which: int) -> str:
    return pages.amendment(await minutes.amendment(db, amendment_id=int(which)))


def _seats() -> list[Option]:
    return [Option(Seat.SECRETARY, _("I answer as the secretary")), Option(Seat.CHAIR, _("The chair says"))]


async def lock(chat: Chat, meeting_id: int, _act: str) -> None:
    ask = partial(_before, meeting_id=meeting_id)
    if not await chat.confirm("sure", ask, yes=_("Yes, lock them"), no=_("No, leave them")):
        return chat.say(_("They are left as they are."))
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now(), "zone": chat.zone}
    await chat.do("locked", partial(_locked, meeting_id=meeting_id, **who))
    about = {"meeting": meeting_id, "public_url": chat.links.public_url}
    made = await chat.work("sealed", "minutes_seal", about)
    await chat.work("told", "summary_seal", about)
    if made.get("code"):
        return chat.say(
            _("The minutes are locked and on their way. Under “Who has them” you see who has received them.")
        )
    chat.say(
        _("The minutes are locked. Their papers could not be made yet; please press “Who has them” a little later.")
    )


async def _before(db: AsyncConnection, *, meeting_id: int) -> str:
    """What locking does, and what it may cost."""
    ask = _(
        "Once locked, nothing in the minutes or in what was entered at the desk can be changed by anybody. They are "
        "sent to everybody whom they concern, and their promises are written down. Lock them?"
    )
    people, on_viber = await meeting_summary.reach(db, meeting_id=meeting_id)
    hear = ngettext(
        "{count} person who lives there hears what was asked and answered, without names.",
        "{count} people who live there hear what was asked and answered, without names.",
        people,
    ).format(count=people)
    return "\n\n".join(filter(None, (hear if people else "", viber_cost.words(on_viber), ask)))


async def _locked(db: AsyncConnection, *, meeting_id: int, **who: Any) -> str:
    version = await minutes_delivery.lock(db, meeting_id=meeting_id, **who)
    return version.hash


async def amend_link(chat: Chat, meeting_id: int, _act: str) -> None:
    """For somebody whom the secretary wrote down: to read the draft, and to ask for a change."""
    if chat.links.amend("") is None:
        return chat.say(_("This program has no public address yet, so there are no links."))
    there = partial(_there, meeting_id=meeting_id, chat=chat)
    if not await chat.look("there", there):
        return chat.say(_("Everybody who was there has a chat here, and heard of it."))

    async def options(db: AsyncConnection) -> Sequence[Option]:
        return [Option(*each) for each in await there(db)]

    who = await chat.pick("who", _("For whom?"), options)

    async def give(db: AsyncConnection) -> list[str]:
        token = new_token()
        about: dict[str, Any] = {"meeting_id": meeting_id, "attendee": str(who), "token": token, "by": chat.person.id}
        return [await minutes_links.give(db, **about, now=chat.now(), zone=chat.zone), token]

    name, token = await chat.do("given", give)
    text = _("{name}, this is the draft of the minutes of the round table. You may ask for a change here:")
    chat.say(_("Forward this to them alone:"))
    chat.send(f"{text.format(name=name)}\n{chat.links.amend(token)}", alone=True)


async def _there(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> list[tuple[str, str]]:
    record = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)
    return [(each.id, pages.receiver(each.name, each.office)) for each in minutes_links.without_chat(record)]


async def letterhead(chat: Chat, meeting_id: int, _act: str) -> None:
    blank = await chat.work("blank", "minutes_blank", {})
    if blank.get("document"):
        words = _("Our form for Word. Put your letterhead above it, and leave what stands in {{ }} and {% %} as it is.")
        chat.send(words, document=blank["document"])
    ask = _("Now send me your own form (.docx).")
    given = await chat.document("form", ask, optional=_("Use yours again"))
    where = await chat.look("where", partial(_municipality, meeting_id=meeting_id, chat=chat))
    if given is None:
        chat.say(await chat.do("ours", partial(_ours, municipality_id=where, chat=chat)))
        return
    tried = await chat.work("tried", "minutes_letterhead", {"media": given["document"], "municipality": where})
    chat.say(pages.tried(tried))


async def _municipality(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> int:
    return (await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)).municipality_id


async def _ours(db: AsyncConnection, *, municipality_id: int, chat: Chat) -> str:
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now()}
    await minutes_letterhead.put(db, municipality_id=municipality_id, media_id=None, **who)
    return _("Minutes are made with our form again.")
