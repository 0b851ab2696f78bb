"""A leader or coordinator prepares a round table: the day, the place, the issues, and who is invited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_options
from conversations.chat import Chat
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.meetings.agenda import ISSUES_BEFORE, before_draft, check_notice, proposed, seated
from domain.meetings.entries import Verb
from domain.people import Action
from locales import _
from publish import need_words
from storage import meeting_agenda, meeting_guests, meetings, places, promise_people

ANOTHER = "another"
EACH_OWN = "each"
HOURS = (10, 11, 12, 14, 15, 16)
LASTS = (10, 15, 20, 30)  # minutes for an issue


async def meeting_prepare(chat: Chat) -> None:
    communities = await _communities(chat)
    if not communities:
        return chat.say(_("You can prepare a round table once you lead a group or coordinate a municipality."))
    issues = await chat.look("issues", partial(meeting_agenda.issues, community_ids=communities))
    if not issues:
        return chat.say(_("There is no agreed list in these communities yet. A round table is held on one."))
    day = await _day(chat)
    hour = await chat.pick("hour", _("At what time?"), [Option(each, f"{each}:00") for each in HOURS], title=_("Time"))
    place = await chat.text("place", _("Where? Name the building and the hall."), longest=300, title=_("Place"))
    ask = _("Which issues come to the table? Each community's first stands before anyone's second.")
    options = [Option(each["id"], issue(each)) for each in issues]
    chosen: list[str] = await chat.pick_many("agenda", ask, options)
    agenda = await minutes_of(chat, seated([each for each in issues if each["id"] in chosen], communities))
    invited: list[int] = await chat.pick_many(
        "invited", _("Whom shall I invite? They answer with one tap."), partial(_officials, communities), at_least=0
    )
    who = await chat.look("names", partial(_names, communities=communities, invited=invited))
    facts = {
        "day": in_words(day),
        "time": f"{hour}:00",
        "place": place,
        "issues": len(agenda),
        "who": who or _("nobody"),
    }
    told = _("{day} at {time}, {place}. Issues: {issues}. Invited: {who}.").format(**facts)
    sure = "\n\n".join([told, _("Shall I send the invitations, with the issues?")])
    if not await chat.confirm("sure", sure, yes=_("Yes, send them")):
        return chat.say(_("Nothing was sent."))
    starts_at = datetime.combine(day, time(int(hour)), chat.zone)
    make = partial(_make, chat=chat, communities=communities, place=place, starts_at=starts_at)
    await chat.do("made", partial(make, agenda=agenda, invited=invited))
    chat.say(
        _(
            "The round table is on {day}. Its desk, in the menu, shows you who is coming; on the day you write there."
        ).format(day=in_words(day))
    )


async def minutes_of(chat: Chat, issues: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same for all, or for each its own."""
    ask, title = _("How many minutes for each issue?"), _("Minutes for each issue")
    lasts = [Option(each, str(each)) for each in LASTS]
    each_own = [Option(EACH_OWN, _("Different for each"))] if len(issues) > 1 else []
    minutes = await chat.pick("minutes", ask, [*lasts, *each_own], title=title)
    if minutes != EACH_OWN:
        return [{**each, "minutes": int(minutes)} for each in issues]
    found = []
    for each in issues:
        ask = _("How many minutes for this one?") + f"\n{issue(each)}"
        found.append({**each, "minutes": int(await chat.part(each["id"]).pick("minutes", ask, lasts))})
    return found


async def _communities(chat: Chat) -> list[int]:
    """A coordinator may set several at one table; all of them are of one municipality."""
    where = await chat.look("where", partial(_reach, person_id=chat.person.id))
    if len(where) < 2:
        return list(where)
    ask = _("Which communities sit at the table?")
    return [int(each) for each in await chat.pick_many("communities", ask, partial(_named, where))]


async def _reach(db: AsyncConnection, *, person_id: int) -> list[int]:
    action = Action.PREPARE_MEETING
    return sorted(await promise_people.communities_where(db, person_id=person_id, action=action))


async def _named(where: Sequence[int], db: AsyncConnection) -> Sequence[Option]:
    return [place_options.option(each) for each in await places.communities_named(db, community_ids=where)]


async def _day(chat: Chat) -> date:
    found = await chat.look("days", partial(_days, chat=chat))
    days = [date.fromisoformat(each) for each in found]
    options = [Option(each.isoformat(), in_words(each)) for each in days]
    day = await chat.pick("day", _ask(days), [*options, Option(ANOTHER, _("Another day"))], title=_("Day"))
    if day == ANOTHER:
        day = await chat.date("on", _("Which day?"), earliest=chat.today() + ISSUES_BEFORE)
    chosen = date.fromisoformat(day)
    if before_draft(days[0]) and not before_draft(chosen):
        chat.say(_("This day is after 15 November: the draft budget is handed in by then, and a change is harder."))
    return chosen


def _ask(days: Sequence[date]) -> str:
    """Why these days; late in the year nobody is told that it is early enough."""
    if before_draft(days[0]):
        return _(
            "On which day? The mayor hands in the draft of next year's budget on 15 November: what is agreed before it "
            "can still stand in it. Officials need the issues ten days before."
        )
    return _(
        "On which day? The draft of next year's budget is handed in on 15 November. What is agreed later is harder to "
        "bring into it; until the council has adopted it you can still ask. Officials need the issues ten days before."
    )


async def _days(_db: AsyncConnection, *, chat: Chat) -> list[str]:
    return [each.isoformat() for each in proposed(chat.today())]


async def _officials(communities: Sequence[int], db: AsyncConnection) -> Sequence[Option]:
    return [Option(each.role_id, f"{each.name}, {each.office}") for each in await _of(db, communities)]


async def _names(db: AsyncConnection, *, communities: Sequence[int], invited: Sequence[int]) -> str:
    return "; ".join(f"{each.name}, {each.office}" for each in await _of(db, communities) if each.role_id in invited)


async def _of(db: AsyncConnection, communities: Sequence[int]) -> list[promise_people.Official]:
    municipality_id = await places.municipality_of(db, community_id=communities[0])
    return [] if municipality_id is None else await promise_people.officials_of(db, municipality_id=municipality_id)


def issue(issue: Mapping[str, Any]) -> str:
    kind = need_words.kind(issue["kind"])
    return f"{kind} – {issue['words']}" if issue["words"] else kind


async def _make(
    db: AsyncConnection,
    *,
    chat: Chat,
    communities: list[int],
    place: str,
    starts_at: datetime,
    agenda: list[dict[str, Any]],
    invited: Sequence[int],
) -> int:
    check_notice(starts_at.date(), chat.today())
    municipality_id, me, now = await places.municipality_of(db, community_id=communities[0]), chat.person.id, chat.now()
    here: dict[str, Any] = {"municipality_id": municipality_id, "community_ids": communities}
    meeting_id = await meetings.make(db, **here, place=place, starts_at=starts_at, by=me, secretary=me, now=now)
    await meetings.note(db, meeting_id=meeting_id, verb=Verb.AGENDA, body={"items": agenda}, by=me, now=now)
    for official in await _of(db, communities):
        if official.role_id in invited:
            await meeting_guests.invite_official(db, meeting_id=meeting_id, official=official, by=me, now=now)
    return meeting_id


ENTRY = Entry(
    "meeting_prepare",
    meeting_prepare,
    lambda: _("🪑 Prepare a round table"),
    action=Action.PREPARE_MEETING,
    in_menu=True,
)
