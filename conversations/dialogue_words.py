"""The list of a dialogue in words: its items, what changed, and how each of the three stands.

All of it is what the public would see: kinds, and words that were released.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.questions.calendar import in_words
from domain.dialogue import MOST, Event, How, Party, Stand, Talk
from locales import _, current
from publish import need_words
from publish.promise_words import quoted
from storage import chosen, heads, places
from storage.dialogues import Dialogue

Names = Mapping[int, str]
MARK = "👉"


async def names(db: AsyncConnection, kept: Dialogue) -> Names:
    """By which everybody knows each item that was ever on the list, or proposed for it."""
    proposed = [event.body["change"]["item"] for event in kept.events if "change" in event.body]
    items = {item for version in kept.talk.versions for item in version.items} | set(proposed)
    found = await heads.each(db, need_ids=items)
    return {item: named(found[item].kind, found[item].name) if item in found else "…" for item in items}


def named(kind: str, name: str | None) -> str:
    words = need_words.kind(kind)
    return f"{words} – {name}" if name else words


async def village(db: AsyncConnection, kept: Dialogue) -> str:
    found = await places.village(db, village_id=kept.village_id)
    return found.place.named(current()) if found else ""


def listed(items: Sequence[int], names: Names, mine: Collection[int] = ()) -> str:
    """`mine` are marked."""
    lines = [f"{place}. {names[item]}{f' {MARK}' if item in mine else ''}" for place, item in enumerate(items, start=1)]
    return "\n".join(lines)


async def page(db: AsyncConnection, kept: Dialogue, zone: ZoneInfo, *, version: int | None = None) -> str:
    """The list as it stands, or as it stood in that version."""
    called = await names(db, kept)
    number = version or kept.talk.version
    head = _("{village}: the list of urgent needs, version {version}")
    parts = [
        head.format(village=await village(db, kept), version=number),
        listed(kept.talk.versions[number - 1].items, called),
        await residents_order(db, kept),
        last_change(kept.talk, called, number),
        standing(kept, zone),
        remarks(kept.talk),
        "" if kept.talk.closed else _("Open until {day}.").format(day=in_words(kept.talk.until)),
    ]
    return "\n\n".join(part for part in parts if part)


async def residents_order(db: AsyncConnection, kept: Dialogue) -> str:
    """What the people chose, beside the list whatever becomes of it; empty where they have not chosen."""
    order = await chosen.ranked(db, poll_id=kept.poll_id, village_id=kept.village_id)
    found = await heads.each(db, need_ids=order[:MOST])
    called = {item: named(found[item].kind, found[item].name) for item in order if item in found}
    return "\n".join([_("As the people chose:"), listed(list(called), called)]) if called else ""


def last_change(talk: Talk, names: Names, number: int) -> str:
    """What is different in this version, whose wish it was, and why."""
    version = talk.versions[number - 1]
    if version.change is None or version.by is None:
        return ""
    different = _("What changed: {change}").format(change=difference(talk, number, names))
    return "\n".join([different, because(version.by)])


def difference(talk: Talk, number: int, names: Names) -> str:
    """ "Water: from place 4 to place 2"."""
    made, before = talk.versions[number - 1], talk.versions[number - 2].items
    change = made.change
    if change is None:
        return ""
    item = names[change.item]
    if change.how is How.ADD:
        return _("{item}: new, in place {place}").format(item=item, place=made.items.index(change.item) + 1)
    was = before.index(change.item) + 1
    if change.how is How.STRIKE:
        return _("{item}: no longer on the list (it was in place {place})").format(item=item, place=was)
    then = made.items.index(change.item) + 1
    return _("{item}: from place {before} to place {place}").format(item=item, before=was, place=then)


def changes(talk: Talk, names: Names) -> str:
    """Everything that was changed since the group's draft, with its reason."""
    made = [
        f"• {difference(talk, number, names)}\n  {because(version.by)}"
        for number, version in enumerate(talk.versions, start=1)
        if version.by is not None
    ]
    return "\n".join([_("What was changed in the talk:"), *made]) if made else ""


def because(event: Event) -> str:
    return _("{who}: {words}").format(who=who(event), words=quoted(event.words))


def who(event: Event) -> str:
    """An official by name and office, and by whom they answered."""
    if event.party in (None, Party.GROUP):
        return _("The group")
    through = event.body.get("through")
    if through:
        return _("{official}, answered by {colleague}").format(official=event.name, colleague=through)
    return str(event.name)


def party(one: Party) -> str:
    return {Party.GROUP: _("The group"), Party.TRUSTEE: _("The trustee"), Party.DEPUTY: _("The deputy")}[one]


def standing(kept: Dialogue, zone: ZoneInfo) -> str:
    """How each of the three stands to the newest version. Silence and an empty post are never told as a no."""
    talk = kept.talk
    stands = talk.stands or {one: talk.stand(one, vacant=one in kept.vacant) for one in Party}
    return "\n".join(f"• {_stands(kept, one, stands[one], zone)}" for one in Party)


def _stands(kept: Dialogue, one: Party, stand: Stand, zone: ZoneInfo) -> str:
    answer = kept.talk.answers.get(one)
    seat = kept.seats.get(one)
    name = who(answer) if answer is not None and one is not Party.GROUP else (seat.name if seat else None)
    called = f"{party(one)} ({name})" if name else party(one)
    if stand is Stand.VACANT:
        return _("{who}: was not asked, the post is vacant").format(who=called)
    if stand is Stand.SILENT:
        silent = _("{who}: has not answered") if kept.talk.closed else _("{who}: has not answered yet")
        return silent.format(who=called)
    if answer is None:
        return _("{who}: its members did not say yes").format(who=called)
    if stand is Stand.CONFIRMED:
        return _("{who}: confirmed on {day} ✓").format(who=called, day=day(answer.at, zone))
    return _("{who}: does not agree, because {words}").format(who=called, words=quoted(answer.words))


def remarks(talk: Talk) -> str:
    """Beside the list, word by word."""
    return "\n".join(because(event) for event in talk.remarks.values())


def conclusion(kept: Dialogue) -> str:
    if kept.talk.agreed:
        return _("All three have agreed to this list: the group, the trustee and the deputy.")
    return _("The time set for the talk is over, and the list goes on. How each stands to it:")


def day(moment: datetime, zone: ZoneInfo) -> str:
    day: date = moment.astimezone(zone).date()
    return in_words(day)
