"""Composes an announcement: what, for whom, when, where; shows it with the number of receivers before it goes out."""

from __future__ import annotations

from datetime import date, time
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice, place_options, training_words, viber_cost
from conversations.chat import Chat
from conversations.questions.option import Option
from domain.people import Action
from domain.trainings import MOST_TIMES, Audience, Kind, Repeat, Topic, starts
from locales import _, current, ngettext
from publish import channel_words
from storage import places, trainings
from storage.training_receivers import counted
from storage.trainings import Plan

LONGEST_WORDS, LONGEST_PLACE = 100, 150


async def compose(chat: Chat) -> None:
    municipality_id = await place_choice.municipality(chat, Action.ANNOUNCE_TRAINING)
    if municipality_id is None:
        return
    kind, topic, words = await _what(chat)
    community_ids, audience = await _for_whom(chat, municipality_id)
    day, hour = await when(chat)
    place = await chat.text("place", _("Where?"), longest=LONGEST_PLACE, title=_("Where"))
    repeat, times = await _how_often(chat)
    plan = Plan(kind, topic, words, municipality_id, community_ids, audience, day, hour, place, repeat, times)
    sure = partial(_preview, chat, plan)
    if not await chat.confirm("sure", sure, yes=_("Yes, send it"), no=_("No, drop it")):
        chat.say(_("Dropped. Nobody heard of it."))
        return
    announce = partial(trainings.plan, by=chat.person.id, planned=plan, zone=chat.zone)
    told = await chat.do("announce", lambda db: announce(db, now=chat.now()))
    chat.say(
        ngettext(
            "It goes out to {count} person now. In “Trainings and meetings” you see who answers.",
            "It goes out to {count} people now. In “Trainings and meetings” you see who answers.",
            told,
        ).format(count=told)
    )


async def _what(chat: Chat) -> tuple[Kind, Topic, str | None]:
    kinds = [Option(kind, training_words.kind(kind)) for kind in Kind]
    kind = await chat.pick("kind", _("What is it?"), kinds, title=_("What"))
    topics = [Option(topic, training_words.topic(topic)) for topic in Topic if topic is not Topic.OWN]
    own = Option(Topic.OWN, _("In my own words"))
    topic = await chat.pick("topic", _("What is it about?"), [*topics, own], title=_("Topic"))
    words = None
    if topic == Topic.OWN:
        words = await chat.text(
            "words", _("Please name it in a few words."), longest=LONGEST_WORDS, title=_("Its name")
        )
    return Kind(kind), Topic(topic), words


async def _for_whom(chat: Chat, municipality_id: int) -> tuple[list[int] | None, list[str]]:
    community_ids = await chat.pick_many(
        "communities",
        _("For which communities?"),
        place_options.communities(municipality_id),
        optional=_("The whole municipality"),
        title=_("Communities"),
    )
    audiences = [Option(one, training_words.audience(one)) for one in Audience]
    return community_ids, await chat.pick_many("audience", _("For whom?"), audiences, title=_("For whom"))


async def when(chat: Chat) -> tuple[date, time]:
    """The day and the hour of the first; both are local."""
    day = await chat.date("day", _("On which day?"), earliest=chat.today(), title=_("Day"))
    hours = [Option(f"{hour:02}:{minute:02}", f"{hour:02}:{minute:02}") for hour in range(8, 21) for minute in (0, 30)]
    hour = await chat.pick("hour", _("At what time?"), hours, title=_("Time"))
    return date.fromisoformat(day), time.fromisoformat(hour)


async def _how_often(chat: Chat) -> tuple[Repeat, int]:
    repeats = [Option(one, training_words.repeat(one)) for one in Repeat]
    repeat = await chat.pick("repeat", _("How often?"), repeats, title=_("How often"))
    if repeat == Repeat.ONCE:
        return Repeat.ONCE, 1
    times = await chat.number("times", _("How many times in all?"), least=2, most=MOST_TIMES, title=_("How many times"))
    return Repeat(repeat), times


async def _preview(chat: Chat, plan: Plan, db: AsyncConnection) -> str:
    """What people will read, then who they are."""
    reach = await counted(
        db, municipality_id=plan.municipality_id, community_ids=plan.community_ids, audience=plan.audience
    )
    lines = [
        _("This is what they will read:"),
        "",
        f"{training_words.kind(plan.kind)}: {training_words.topic(plan.topic, plan.words)}",
        f"🗓 {training_words.when(starts(plan.day, plan.hour, chat.zone), chat.zone)}",
        f"📍 {plan.place}",
        "",
        *_series(plan),
        _("For: {audience}").format(audience=", ".join(training_words.audience(one) for one in plan.audience)),
        _("Where they live: {places}").format(places=await _named(db, plan)),
        *filter(None, [_receivers(reach), viber_cost.words(reach.get("viber", 0))]),
        "",
        _("Shall it go out?"),
    ]
    return "\n".join(lines)


def _series(plan: Plan) -> list[str]:
    if plan.repeat is Repeat.ONCE:
        return []
    how = training_words.repeat(plan.repeat)
    return [_("{how}, {times} times; people hear of each some days before.").format(how=how, times=plan.times)]


async def _named(db: AsyncConnection, plan: Plan) -> str:
    if plan.community_ids is None:
        place = await places.municipality(db, municipality_id=plan.municipality_id)
        return place.named(current()) if place else ""
    found = await places.communities_named(db, community_ids=plan.community_ids)
    return ", ".join(place.named(current()) for place in found)


def _receivers(reach: dict[str, int]) -> str:
    total = sum(reach.values())
    words = ngettext("{count} person hears of it", "{count} people hear of it", total).format(count=total)
    by_channel = ", ".join(f"{channel_words.channel(kind)} {count}" for kind, count in sorted(reach.items()))
    return f"{words} ({by_channel})." if reach else f"{words}."
