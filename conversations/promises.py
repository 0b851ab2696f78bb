"""Everybody can read what was promised to the village, and how it stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_options, promise_further, promise_page
from conversations.chat import Chat
from conversations.promise_check import check
from conversations.promise_course import add_to
from conversations.promise_further import go_further
from conversations.promise_news import follow, unfollow
from conversations.promise_report import report
from conversations.promise_voice import see_it_too, see_otherwise
from conversations.promise_wish import answer_wish
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action
from domain.promises import Axis, Heard
from locales import _, current
from storage import (
    escalations,
    places,
    promise_agreeing,
    promise_follows,
    promise_helpers,
    promise_people,
    promise_reading,
    promise_voices,
)
from storage import promises as kept

MOST = 20  # promises read in one go
CHECK, REPORT, NOTES, MORE = "check", "report", "notes", "more"
WISH, ADD, FURTHER = "wish", "add", "further"
FOLLOW, UNFOLLOW = "follow", "unfollow"
TOO, OTHERWISE = "too", "otherwise"


async def promises(chat: Chat) -> None:
    village_id = await _village(chat)
    if village_id is None:
        return chat.say(_("No promise has been written down yet."))
    for number in range(1, MOST + 1):
        part = chat.part(str(number))
        which = await part.pick("which", partial(_heading, village_id), partial(_listed, chat, village_id))
        page = partial(_page, promise_id=which, chat=chat)
        step = await part.pick("next", page, partial(_steps, chat, which))
        if step == NOTES:
            await _notes(part, which)
        elif step in _LEAD:
            return await _LEAD[step](part, which)


async def _answer_wish(chat: Chat, promise_id: int) -> None:
    await answer_wish(chat, promise_id, await chat.look("wish", partial(_wish, promise_id, chat.today())))


async def _village(chat: Chat) -> int | None:
    """One's own village; or another, where nothing was promised to one's own."""
    own = chat.person.village_id
    if own is not None and await chat.look("own", partial(_any, own)):
        return own
    if not await chat.look("elsewhere", promise_reading.any_promise):
        return None
    ask = _("Nothing was promised to your village yet. Which other village do you want to see?")
    if own is None:
        ask = _("The promises to which village do you want to see?")
    return int(await chat.pick("village", ask, _villages))


async def _any(village_id: int, db: AsyncConnection) -> bool:
    return bool(await kept.of_village(db, village_id=village_id))


async def _villages(db: AsyncConnection) -> Sequence[Option]:
    return [place_options.option(place) for place in await promise_reading.villages_with_promises(db)]


async def _heading(village_id: int, db: AsyncConnection) -> str:
    village = await places.village(db, village_id=village_id)
    name = village.place.named(current()) if village else ""
    return _("This was promised to {village}. Press one to see how it stands.").format(village=name)


async def _listed(chat: Chat, village_id: int, db: AsyncConnection) -> Sequence[Option]:
    return promise_page.options(await kept.of_village(db, village_id=village_id), chat.today())


async def _page(db: AsyncConnection, *, promise_id: int, chat: Chat) -> str:
    """The group and the office see what the office hears first."""
    one = await kept.dossier(db, promise_id=promise_id)
    looks = await promise_people.communities_where(db, person_id=chat.person.id, action=Action.CHECK_PROMISE)
    officials = await promise_helpers.answering(db, one)
    inside = one.new.community_id in looks or chat.person.id in officials
    return await promise_page.text(db, promise_id=promise_id, today=chat.today(), inside=inside)


async def _steps(chat: Chat, promise_id: int, db: AsyncConnection) -> Sequence[Option]:
    """What this person may do with it besides reading."""
    dossier = await kept.dossier(db, promise_id=promise_id)
    may = partial(promise_people.communities_where, db, person_id=chat.person.id)
    checks = dossier.new.community_id in await may(action=Action.CHECK_PROMISE)
    reads = checks or dossier.new.community_id in await may(action=Action.RECORD_PROMISE)
    officials = await promise_helpers.answering(db, dossier)
    steps = [Option(CHECK, _("👀 Tell what I see"))] if checks else []
    steps += await _neighbour(db, dossier, chat.person.id)
    steps += [Option(NOTES, _("📝 What the group wrote"))] if reads and _wrote(dossier) else []
    steps += [Option(REPORT, _("🏛 Tell how it stands"))] if chat.person.id in officials else []
    answers = dossier.new.community_id in await may(action=Action.ANSWER_WISH)
    if answers and promise_agreeing.wished(dossier, chat.today()):
        steps.append(Option(WISH, _("🤝 Answer what the official asks for")))
    further = await escalations.offered(db, dossier=dossier, person_id=chat.person.id, now=chat.now(), zone=chat.zone)
    steps += [Option(FURTHER, promise_further.label(further))] if further else []
    if dossier.split_on is None and dossier.new.community_id in await may(action=Action.RECORD_PROMISE):
        steps.append(Option(ADD, _("➕ Add to it")))
    if await promise_follows.follows(db, dossier=dossier, person_id=chat.person.id):
        steps.append(Option(UNFOLLOW, _("🔕 Do not tell me any more")))
    else:
        steps.append(Option(FOLLOW, _("🔔 Tell me when it changes")))
    return [*steps, Option(MORE, _("Another promise"))]


def _wrote(dossier: kept.Dossier) -> bool:
    return any(told.kind in {Axis.GROUP, Axis.VOICE} or "paper" in told.body for told in dossier.told)


async def _neighbour(db: AsyncConnection, dossier: kept.Dossier, person_id: int) -> list[Option]:
    """Where something was told that they may see too or otherwise; once, until something new is told."""
    told = dossier.last(Axis.GROUP) or dossier.last(Axis.OFFICIAL)
    if told is None or dossier.split_on or not await promise_voices.may_tell(db, one=dossier, person_id=person_id):
        return []
    last = promise_voices.said_last(dossier, person_id)
    too = [] if last is Heard.SUPPORTS else [Option(TOO, _("👍 I see it too"))]
    return [*too, Option(OTHERWISE, _("✋ I see it otherwise"))]


async def _wish(promise_id: int, today: date, db: AsyncConnection) -> int:
    wish = promise_agreeing.wished(await kept.dossier(db, promise_id=promise_id), today)
    return wish.number if wish else 0


async def _notes(chat: Chat, promise_id: int) -> None:
    """Words and photos of the group's members, for the group and the coordinator only.

    The words are read whenever they are shown, and are not kept in the trail of whoever reads them.
    """
    for day, kind, file in await chat.look("photos", partial(_files, promise_id)):
        chat.send(day, **{kind: file})
    await chat.pick("noted", partial(_sights, promise_id), [Option(MORE, _("Another promise"))])


async def _sights(promise_id: int, db: AsyncConnection) -> str:
    dossier = await kept.dossier(db, promise_id=promise_id)
    seen = (promise_page.sight(told) for told in dossier.told if told.kind == Axis.GROUP)
    heard = (promise_page.heard(told) for told in promise_voices.voices(dossier))
    return "\n\n".join([*seen, *heard])


async def _files(promise_id: int, db: AsyncConnection) -> list[tuple[str, str, str]]:
    """Day, kind and file: photos of the group and of neighbours, and what the office sent with its word."""
    dossier = await kept.dossier(db, promise_id=promise_id)
    told = (one for one in dossier.told if one.media_id)
    return [(promise_page.day(one), one.body.get("paper", "photo"), str(one.media_id)) for one in told]


_LEAD: dict[str, Callable[[Chat, int], Awaitable[None]]] = {
    CHECK: check,
    REPORT: report,
    WISH: _answer_wish,
    ADD: add_to,
    FURTHER: go_further,
    TOO: see_it_too,
    OTHERWISE: see_otherwise,
    FOLLOW: follow,
    UNFOLLOW: unfollow,
}

ENTRY = Entry(
    "promises",
    promises,
    lambda: _("🤝 Promises"),
    in_menu=True,
    browsing=True,
    nudge_after=None,
    expires_after=timedelta(days=1),
)
