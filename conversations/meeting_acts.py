"""What a secretary or coordinator does about a round table, one thing at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import meeting_hand_on
from conversations.chat import Chat
from conversations.meeting_prepare import HOURS, issue, minutes_of
from conversations.questions.option import Option
from domain.meetings.agenda import ISSUES_BEFORE, seated
from domain.meetings.record import BRANCHES, Answer, Record, Side, Source
from domain.people import new_token
from locales import _, current
from publish import meeting_words
from storage import meeting_agenda, meeting_changes, meeting_links, meetings


async def link(chat: Chat, meeting_id: int) -> None:
    name = await chat.text("name", _("Who is invited? Name and surname, please."), longest=100)
    office = await chat.text("office", _("Which office do they hold?"), longest=100)
    branch = Side(await chat.pick("branch", _("Of the council or of the city hall?"), _branches()))

    async def give(db: AsyncConnection) -> str:
        token = new_token()
        who: dict[str, Any] = {"name": name, "office": office, "branch": branch, "by": chat.person.id}
        await meeting_links.invite(db, meeting_id=meeting_id, **who, token=token, now=chat.now())
        return token

    if chat.links.invited("") is None:
        return chat.say(_("The pages of this program have no address yet. Please ask who runs it."))
    address = str(chat.links.invited(await chat.do("give", give)))
    chat.say(_("Forward this to them alone: there they see the issues, say whether they come, and may answer."))
    invitation = partial(_invitation, chat=chat, meeting_id=meeting_id, name=name, address=address)
    chat.send(await chat.look("text", invitation), alone=True)


async def _invitation(db: AsyncConnection, *, chat: Chat, meeting_id: int, name: str, address: str) -> str:
    record = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)
    return meeting_hand_on.text(chat, record, meeting_hand_on.INVITED, name, address)


async def move(chat: Chat, meeting_id: int) -> None:
    day = await chat.date("on", _("Which day?"), earliest=chat.today() + ISSUES_BEFORE)
    hour = await chat.pick("hour", _("At what time?"), [Option(each, f"{each}:00") for each in HOURS])
    place = await chat.text("place", _("Where? Name the building and the hall."), longest=300)
    starts_at = datetime.combine(date.fromisoformat(str(day)), time(int(hour)), chat.zone)
    change = partial(meeting_changes.move, meeting_id=meeting_id, place=place, starts_at=starts_at, zone=chat.zone)
    await chat.do("moved", partial(change, by=chat.person.id, now=chat.now()))
    chat.say(_("It is changed. Everybody who has a chat hears of it; for the others you get a message to forward."))


async def agenda(chat: Chat, meeting_id: int) -> None:
    record = partial(meetings.read, meeting_id=meeting_id, zone=chat.zone)

    async def sitting(db: AsyncConnection) -> list[int]:
        return list((await record(db)).community_ids)

    async def read(db: AsyncConnection) -> list[dict[str, Any]]:
        return await meeting_agenda.issues(db, community_ids=(await record(db)).community_ids)

    seats = await chat.look("seats", sitting)
    issues = await chat.look("issues", read)
    options = [Option(each["id"], issue(each)) for each in issues]
    ask = _("Which issues come to the table? Each community's first stands before anyone's second.")
    chosen: list[str] = await chat.pick_many("agenda", ask, options)
    items = await minutes_of(chat, seated([each for each in issues if each["id"] in chosen], seats))
    change = partial(meeting_changes.agenda, meeting_id=meeting_id, items=items, zone=chat.zone)
    await chat.do("changed", partial(change, by=chat.person.id, now=chat.now()))
    chat.say(_("It is changed. Everybody who has a chat hears of it; for the others you get a message to forward."))


async def secretary(chat: Chat, meeting_id: int) -> None:
    ask = _("Who keeps the record from now on?")
    person = await chat.pick("person", ask, partial(_members, meeting_id=meeting_id))
    who: dict[str, Any] = {"person_id": int(person), "by": chat.person.id, "now": chat.now()}
    await chat.do("named", partial(meeting_changes.name_secretary, meeting_id=meeting_id, **who))
    chat.say(_("They keep the record from now on, and hear of it."))


async def letter(chat: Chat, meeting_id: int) -> None:
    before = await chat.look("before", partial(_road, meeting_id=meeting_id, zone=chat.zone))
    if before and before["stamp"]:
        chat.send(_("They went under No {number}.").format(number=before["registry"]), photo=before["stamp"])
    if before is None:
        sure = _("Was the meeting not held? From then on nobody is reminded of it.")
        if not await chat.confirm("sure", sure, yes=_("It was not held"), no=_("It will be held")):
            return chat.say(_("All right."))
    ask = _("How do the issues go to the municipality now?")
    source = Source(await chat.pick("source", ask, _roads()))
    number = _("Which number did the chancellery give it? You can write it later too, by coming here again.")
    registry = await chat.text("registry", number, longest=100, optional=_("Not yet"))
    stamp = await _stamp(chat) if registry else ""
    where: dict[str, Any] = {"source": source, "registry": registry or "", "stamp": stamp}
    go = partial(meeting_changes.another_road, meeting_id=meeting_id, **where)
    await chat.do("road", partial(go, day=chat.today(), by=chat.person.id, now=chat.now()))
    args = {"meeting": meeting_id, "language": current()}
    made = await chat.work("letter", "meeting_letter", args)
    if not made.get("document"):
        return chat.say(_("The paper could not be made. Please try again a little later."))
    words = _("The letter with the issues. Print it, sign it, and ask for its number at the chancellery.")
    chat.send(words, document=made["document"])


async def _stamp(chat: Chat) -> str:
    photo = await chat.photo("stamp", _("A photo of the stamp, if you have one."), optional=_("No photo"))
    return str(photo["photo"]) if photo else ""


async def _road(db: AsyncConnection, *, meeting_id: int, zone: ZoneInfo) -> dict[str, str] | None:
    """Where the issues went already, and what shows that the letter was handed in."""
    road = (await meetings.read(db, meeting_id=meeting_id, zone=zone)).road
    return {"registry": road.registry, "stamp": road.stamp} if road else None


async def answer(chat: Chat, meeting_id: int) -> None:
    record = partial(meetings.read, meeting_id=meeting_id, zone=chat.zone)

    async def items(db: AsyncConnection) -> Sequence[Option]:
        return [Option(each.id, meeting_words.issue(each)) for each in (await record(db)).items]

    item = await chat.pick("item", _("Which issue was answered?"), items)
    branch = Side(await chat.pick("branch", _("Of the council or of the city hall?"), _branches()))
    options = [Option(each, meeting_words.answer(each)) for each in Answer]
    said = Answer(await chat.pick("answer", _("What did they answer?"), options))
    words = await chat.text("words", _("In their own words, please:"))
    registry = await chat.text("registry", _("Which number does the answer bear?"), longest=100, optional=_("None"))

    async def keep(db: AsyncConnection) -> None:
        at: Record = await record(db)
        about: dict[str, Any] = {"item": item, "branch": branch, "answer": said, "words": words}
        who: dict[str, Any] = {"by": chat.person.id, "now": chat.now()}
        await meeting_changes.answered(db, record=at, registry=registry or "", **about, **who)

    await chat.do("kept", keep)
    chat.say(_("It is written down, with where it comes from."))


def _branches() -> list[Option]:
    return [Option(each, meeting_words.side(each)) for each in BRANCHES]


def _roads() -> list[Option]:
    return [
        Option(Source.LETTER, _("As a letter")),
        Option(Source.SESSION, _("To a session of the council")),
        Option(Source.YEARLY_REPORT, _("To the yearly report")),
    ]


async def _members(db: AsyncConnection, *, meeting_id: int) -> Sequence[Option]:
    found = await meeting_changes.members(db, meeting_id=meeting_id)
    nameless = _("a member")
    return [Option(row.person_id, f"{row.name or nameless}, {row.group}") for row in found]
