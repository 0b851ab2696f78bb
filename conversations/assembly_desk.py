"""The day of a village's support assembly is set or moved, and afterwards told who came and what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_options
from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.assembly import LONGEST_PLACE, LONGEST_PROJECT, MOST, Outcome, season
from domain.people import Action
from domain.trainings import starts
from locales import _, current, ngettext
from publish import assembly_words as words
from storage import assemblies, assembly_calls, places, polls, reach
from storage.assemblies import Assembly

LEAVE, OTHER, NOTHING = "leave", "other", "nothing"
HOURS = [time(hour, minute) for hour in range(9, 21) for minute in (0, 30)]


async def assembly_desk(chat: Chat) -> None:
    village_id = int(await chat.pick("village", _("The assembly of which village?"), partial(_villages, chat)))
    act = await chat.pick("act", partial(_standing, chat, village_id), partial(_acts, chat, village_id))
    if act == LEAVE:
        return chat.say(_("All right."))
    await {"set": _set, "tell": _tell}[act](chat, village_id)


async def _villages(chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    where = await reach.reach(db, person_id=chat.person.id, action=Action.TELL_ASSEMBLY)
    return await place_options.villages_among(db, village_ids=where)


async def _standing(chat: Chat, village_id: int, db: AsyncConnection) -> str:
    one = await assemblies.newest(db, village_id=village_id)
    if one is None:
        return _("The day of this village's assembly is not set yet. It is held between January and March.")
    found = await words.chosen(db, one)
    told = words.lines(found) if found else [_("What came of it is not told yet.")] if one.over(chat.now()) else []
    return "\n".join([words.card(one, chat.zone), *told])


async def _acts(chat: Chat, village_id: int, db: AsyncConnection) -> Sequence[Option]:
    one = await assemblies.newest(db, village_id=village_id)
    ahead = one is not None and not one.over(chat.now())
    acts = {}
    if one is not None and not ahead:
        acts["tell"] = _("Tell what came of it") if one.outcome is None else _("Tell it anew")
    if village_id in await reach.reach(db, person_id=chat.person.id, action=Action.SET_ASSEMBLY):
        first, _last = season(chat.today())
        held = one is not None and not ahead and one.starts_at.astimezone(chat.zone).year == first.year
        acts |= {} if held else {"set": _("Move it") if ahead else _("Set the day")}
    return [*(Option(key, said) for key, said in acts.items()), Option(LEAVE, _("Leave"))]


async def _set(chat: Chat, village_id: int) -> None:
    first, last = season(chat.today())
    day = await chat.date("day", _("On which day?"), earliest=first, latest=last, title=_("Day"))
    hours = [Option(f"{hour:%H:%M}", f"{hour:%H:%M}") for hour in HOURS]
    hour = await chat.pick("hour", _("At what time?"), hours, title=_("Time"))
    place = await chat.text("place", _("Where?"), longest=LONGEST_PLACE, title=_("Where"))
    starts_at = starts(datetime.fromisoformat(day).date(), time.fromisoformat(hour), chat.zone)
    sure = partial(_preview, chat, village_id, starts_at, place)
    if not await chat.confirm("sure", sure, yes=_("Yes, tell everybody")):
        return chat.say(_("Nothing was changed, and nobody heard of it."))
    told: dict[str, Any] = {"village_id": village_id, "starts_at": starts_at, "place": place}
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now(), "zone": chat.zone}
    count = await chat.do("set", partial(assemblies.set_, **told, **who))
    heard = ngettext("It goes to {count} person now.", "It goes to {count} people now.", count).format(count=count)
    after = _(
        "Three days before, women hear what is first on their list; the day before, everybody is reminded. The day "
        "after, I ask you what came of it."
    )
    chat.say(f"{heard} {after}")


async def _preview(chat: Chat, village_id: int, starts_at: datetime, place: str, db: AsyncConnection) -> str:
    village = await places.village(db, village_id=village_id)
    people = await polls.residents(db, villages=[village_id])
    heads = await assemblies.listed(db, village_id=village_id)
    listed = words.listed(heads) or _("The village has no list yet; they hear of the day only.")
    reach_ = ngettext("{count} person hears of it.", "{count} people hear of it.", len(people))
    named = village.place.named(current()) if village else ""
    lines = [named, words.card(Assembly(0, village_id, starts_at, place, 0, None, None), chat.zone), ""]
    return "\n".join([*lines, listed, "", reach_.format(count=len(people)), _("Shall it go out?")])


async def _tell(chat: Chat, village_id: int) -> None:
    assembly_id = await chat.look("which", partial(_held, village_id=village_id, chat=chat))
    if assembly_id is None:
        return chat.say(_("This assembly has not been held yet."))
    hint = _("From one to four is told to others as “fewer than five”.")
    women = await chat.number("women", _("How many women came?"), least=0, most=MOST, hint=hint, title=_("Women"))
    men = await chat.number("men", _("How many men came?"), least=0, most=MOST, title=_("Men"))
    project = await chat.pick("project", _("What was chosen?"), partial(_projects, village_id), title=_("Chosen"))
    told = None
    if project == OTHER:
        ask = _("Which project was chosen? In a few words, please.")
        told = await chat.text("words", ask, longest=LONGEST_PROJECT, title=_("Project"))
    need = None if project in (OTHER, NOTHING) else int(project)
    place = await chat.look("stood", partial(_place, village_id=village_id, need=need))
    outcome = Outcome(women, men, need, place, told)
    if not await chat.confirm("sure", partial(_read_back, outcome), yes=_("Yes, tell everybody")):
        return chat.say(_("Nothing was written down."))
    save = partial(assemblies.tell_outcome, assembly_id=assembly_id, outcome=outcome)
    await chat.do("save", partial(save, by=chat.person.id, now=chat.now()))
    chat.say(_("Thank you. The village hears it now, and it stands on its page."))


async def _held(db: AsyncConnection, *, village_id: int, chat: Chat) -> int | None:
    one = await assemblies.newest(db, village_id=village_id)
    return one.id if one is not None and one.over(chat.now()) else None


async def _projects(village_id: int, db: AsyncConnection) -> Sequence[Option]:
    heads = await assemblies.listed(db, village_id=village_id)
    listed = [Option(head.id, f"{at}. {words.called(head)}") for at, head in enumerate(heads, start=1)]
    return [*listed, Option(OTHER, _("Something that is not on the list")), Option(NOTHING, _("Nothing was chosen"))]


async def _place(db: AsyncConnection, *, village_id: int, need: int | None) -> int | None:
    listed = [head.id for head in await assemblies.listed(db, village_id=village_id)]
    return listed.index(need) + 1 if need in listed else None


async def _read_back(outcome: Outcome, db: AsyncConnection) -> str:
    head = None if outcome.need is None else await assemblies.head(db, need_id=outcome.need)
    lines = words.lines(words.Chosen(outcome, head))
    return "\n".join([*lines, "", _("Everybody will read it like this. Is it right?")])


async def assembly_season(chat: Chat) -> None:
    """To coordinators and trustees, in January."""
    ask = _(
        "From January to March the villages hold the assemblies of the village support programme. Once you know the "
        "day of one, please set it here: everybody who lives there hears of it."
    )
    chat.say(ask, doors=(Door("assembly_desk", _("Set the day")),))


async def _none_set(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await assembly_calls.none_set(db, municipality_id=int(args["municipality"]), year=int(args["year"]))


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await reach.reach(db, person_id=person.id, action=Action.TELL_ASSEMBLY))


ENTRIES = (
    Entry(
        "assembly_desk",
        assembly_desk,
        lambda: _("🙋 The assembly of a village"),
        action=Action.TELL_ASSEMBLY,
        in_menu=True,
        offered=_offered,
        nudge_after=None,
    ),
    Entry(
        "assembly_season",
        assembly_season,
        lambda: _("🙋 The assembly of a village"),
        notice=True,
        reminder=True,
        still=_none_set,
    ),
)
