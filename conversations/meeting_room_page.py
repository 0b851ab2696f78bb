"""What stands at each place of a round table, and what may be done there: hall, who is here, issue, promise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.questions.option import Option
from domain.meetings import vagueness
from domain.meetings.record import BRANCHES, Item, Promise, ReadBack, Record, State
from locales import _
from publish import meeting_words as said
from publish import promise_words
from storage import meeting_changes, meeting_voices, meetings

ITEM, PROMISE, PEOPLE = "item", "promise", "people"
SHORT, LONG = 40, 300  # characters of what was said: on a button, on the page
NEWEST = 5  # of opinions and of questions: all of them stand in the record
OTHER = "other"


async def page(db: AsyncConnection, *, meeting_id: int, at: str, zone: ZoneInfo) -> str:
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    place, _colon, what = at.partition(":")
    lines = list(_hall(record))
    if place == PEOPLE:
        lines = list(_people(record))
    elif place == ITEM and (item := record.item(what)):
        lines = list(_item(record, item))
    elif place == PROMISE and (promise := of(record, what)):
        lines = list(_promise(promise))
    return "\n".join(lines)


async def acts(db: AsyncConnection, *, meeting_id: int, at: str, zone: ZoneInfo) -> Sequence[Option]:
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    place, _colon, what = at.partition(":")
    if place == PEOPLE:
        return await _people_acts(db, record)
    if place == ITEM and (item := record.item(what)):
        return [*_item_acts(record, item), *_onward(record, item)]
    if place == PROMISE and (promise := of(record, what)):
        return _promise_acts(record, promise, await meeting_voices.of(db, meeting_id=meeting_id))
    return list(_hall_acts(record))


def of(record: Record, promise_id: str) -> Promise | None:
    return next((each for _item, each in record.promises if each.id == promise_id), None)


def _hall(record: Record) -> Iterator[str]:
    yield said.title(record)
    if record.state is State.NOT_HELD:
        yield _("The meeting was not held: its issues went another way.")
    if record.state is State.CLOSED:
        yield _("The meeting is over. What stands can be corrected until the minutes are locked.")
    yield from said.counts(record)
    if record.chair:
        yield _("Chair: {chair}. Secretary: {secretary}.").format(chair=record.chair, secretary=record.secretary)
    yield ""
    for number, item in enumerate(record.items, start=1):
        yield f"{number}. {said.issue(item)}{_marks(item)}"


def _marks(item: Item) -> str:
    found = [f"{said.side(each)}: {said.answer(given.answer)}" for each in BRANCHES if (given := item.answer_of(each))]
    if item.promises:
        found.append(_("promises: {count}").format(count=len(item.promises)))
    return f" – {', '.join(found)}" if found else ""


def _hall_acts(record: Record) -> Iterator[Option]:
    if record.state in (State.PLANNED, State.NOT_HELD):  # they may come after all
        yield Option("open", _("Begin the meeting"))
    yield Option(f"go:{PEOPLE}", _("Who is here"))
    if record.state is not State.CLOSED:
        yield Option("chair", _("Who is in the chair, who writes"))
    for number, item in enumerate(record.items, start=1):
        yield Option(f"go:{ITEM}:{item.id}", f"{number}. {said.issue(item)[:SHORT]}")
    if record.state is State.OPEN:
        yield Option("close", _("End the meeting"))
    yield Option("leave", _("Leave"))


def _people(record: Record) -> Iterator[str]:
    yield _("Who is here")
    yield from said.counts(record)[:1]
    yield from (f"✓ {named(each.name, each.office)}" for each in record.attendees)
    for guest in record.guests:
        if guest.name.casefold() not in present(record):
            yield f"○ {named(guest.name, guest.office)}: {said.reply(guest)}"
    if record.state is not State.CLOSED:
        yield ""
        yield _("Press a name to write down that they are here.")


async def _people_acts(db: AsyncConnection, record: Record) -> Sequence[Option]:
    found = [Option("mend:", _("Take a name out"))] if record.attendees else []
    if record.state is not State.CLOSED:
        away = [each for each in record.guests if each.name.casefold() not in present(record)]
        members = await meeting_changes.members(db, meeting_id=record.id)
        those = [row for row in members if row.name and row.name.casefold() not in present(record)]
        found = [
            *(Option(f"here:guest:{each.id}", named(each.name, each.office)) for each in away),
            *(Option(f"here:member:{row.person_id}", f"{row.name}, {row.group}") for row in those),
            Option(f"here:{OTHER}", _("Somebody else")),
            Option("code", _("They write a code themselves")),
            *found,
        ]
    return [*found, Option("go:", _("← To the issues"))]


def present(record: Record) -> set[str]:
    return {each.name.casefold() for each in record.attendees}


def named(name: str, office: str) -> str:
    return f"{name}, {office}" if office else name


def _item(record: Record, item: Item) -> Iterator[str]:
    number = [each.id for each in record.items].index(item.id) + 1
    yield f"{number}/{len(record.items)}. {said.issue(item)}"
    if item.asked:
        yield _("What is asked: {words}").format(words=cut(item.asked))
    if item.presented_by:
        yield _("Presented by: {name}").format(name=item.presented_by.name)
    if item.heard:
        yield _("Heard: {words}").format(words=cut(item.heard))
    yield from (f"💬 {each.by.name}: {cut(each.words)}" for each in item.opinions[-NEWEST:])
    for asked in item.questions[-NEWEST:]:
        yield f"❓ {asked.by.name}: {cut(asked.words)}"
        if asked.reply:
            yield f"   {asked.replied_by.name if asked.replied_by else ''}: {cut(asked.reply)}"
    for vote in item.votes:
        yield _("🗳 {about}: for {yes}, against {no}, abstained {none}").format(
            about=vote.about or _("A vote"), yes=vote.in_favour, no=vote.against, none=vote.abstained
        )
    for given in item.answers:
        words = f": {cut(given.words)}" if given.words else ""
        yield f"🏛 {said.side(given.branch)} – {said.answer(given.answer)}{words}"
    yield from (
        f"🤝 {each.speaker}: {promise_words.quoted(cut(each.words))} ({said.due(each)})" for each in item.promises
    )


def _item_acts(record: Record, item: Item) -> list[Option]:
    new = {
        "presented": _("Who presents it"),
        "heard": _("What was heard"),
        "spoke": _("An opinion"),
        "asked": _("A question"),
        "voted": _("A vote"),
        "answered": _("Answer of the municipality"),
        "promised": _("A promise"),
    }
    shown = {} if record.state is State.CLOSED else new
    unread = [each for each in item.promises if each.read_back is ReadBack.NOT_ASKED]
    return [
        *(Option(f"{key}:{item.id}", words) for key, words in shown.items()),
        *(Option(f"go:{PROMISE}:{each.id}", f"🤝 {each.words[:SHORT]}") for each in unread or item.promises),
        Option(f"mend:{item.id}", _("Correct something")),
    ]


def _onward(record: Record, item: Item) -> list[Option]:
    at = record.items.index(item)
    after = record.items[at + 1 : at + 2]
    following = [Option(f"go:{ITEM}:{each.id}", _("Next: {issue}").format(issue=said.issue(each))) for each in after]
    return [*following, Option("go:", _("← All issues"))]


def _promise(promise: Promise) -> Iterator[str]:
    yield _("Read it aloud:")
    yield ""
    yield promise_words.quoted(promise.words)
    yield ""
    yield f"{named(promise.speaker, promise.office)} · {said.due(promise)}"
    money = [each for each in (promise.money, promise.money_source, promise.check) if each]
    yield from money
    yield said.read_back(promise.read_back)
    gaps = " ".join(said.ask(each) for each in vagueness.gaps(promise))
    if vagueness.is_vague(promise):
        yield "\n" + _("Not definite yet. Ask:") + f" {gaps}"
    elif gaps:
        yield f"\n{gaps}"


def _promise_acts(record: Record, promise: Promise, voices: Collection[str]) -> list[Option]:
    item = next(item for item, each in record.promises if each.id == promise.id)
    how = {
        ReadBack.CONFIRMED: _("The speaker confirmed"),
        ReadBack.CORRECTED: _("The speaker corrected"),
        ReadBack.NOT_ASKED: _("Was not asked"),
    }
    gaps = vagueness.gaps(promise)
    pins = {
        "day": (_("A day was named"), vagueness.Gap.DAY in gaps),
        "money": (_("The money"), {vagueness.Gap.MONEY, vagueness.Gap.SOURCE} & set(gaps)),
        "check": (_("How it will be checked"), vagueness.Gap.CHECK in gaps),
    }
    return [
        *(Option(f"read:{each}:{promise.id}", words) for each, words in how.items()),
        *(Option(f"{key}:{promise.id}", words) for key, (words, open_) in pins.items() if open_),
        *(Option(f"{key}:{promise.id}", words) for key, words in _voice_acts(promise.voice in voices).items()),
        Option(f"go:{ITEM}:{item.id}", _("← Back to the issue")),
    ]


def _voice_acts(recorded: bool) -> dict[str, str]:
    if recorded:
        return {"listen": _("🎧 Listen to it"), "silence": _("Delete the recording")}
    return {"voice": _("🎤 Keep a recording beside it")}


def cut(words: str) -> str:
    return words if len(words) <= LONG else f"{words[: LONG - 1]}…"
