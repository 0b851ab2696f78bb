"""A coordinator or leader writes down what was promised at a round table, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_options, promise_page
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.needs import Kind
from domain.people import Action
from domain.promises import Promise, Source, Vague
from locales import _
from publish import need_words, promise_words
from storage import places, promise_people, promise_reading, promise_recording
from storage.promises import Document, NewPromise

WHOLE, OTHER, A_DAY = 0, 0, "day"


async def promise_record(chat: Chat) -> None:
    community = await _community(chat)
    if community is None:
        return chat.say(_("You can write down promises once you lead a group or coordinate a municipality."))
    village, need = await _for_what(chat, community)
    speaker, office = await _speaker(chat, community)
    words = await chat.text(
        "words", _("What was promised? Please write it word for word, as it was said."), title=_("Words")
    )
    made_on = await _made_on(chat)
    source, document, photo = await _source(chat)
    due = await _due(chat, made_on)
    for_what = (community, village or None, *_need(need))
    new = NewPromise(*for_what, speaker, office, words, made_on, due, source, document)
    if not await chat.confirm("sure", partial(_read_back, new), yes=_("Yes, write it down"), no=_("No, leave it")):
        return chat.say(_("Nothing was written down."))
    record = partial(promise_recording.record, new=new, person_id=chat.person.id, media_id=photo)
    await chat.do("save", partial(record, now=chat.now(), zone=chat.zone))
    chat.say(
        _(
            "It is written down and cannot be changed any more, only added to. The official is asked whether it is "
            "right, and as its day nears I will ask the group what it sees."
        )
    )


async def _for_what(chat: Chat, community: int) -> tuple[int, str | None]:
    ask = _("For which village was it promised?")
    village = await chat.pick("village", ask, partial(_villages, community), title=_("Village"))
    need: str | None = await chat.pick(
        "need",
        _("Which need does it answer?"),
        partial(_needs, community, village),
        optional=_("None in particular"),
        title=_("Need"),
    )
    return int(village), need


async def _community(chat: Chat) -> int | None:
    where = await chat.look("where", partial(_communities, chat.person.id))
    if not where:
        return None
    if len(where) == 1:
        return int(where[0])
    ask = _("In which community was it promised?")
    return int(await chat.pick("community", ask, partial(_named, where), title=_("Community")))


async def _communities(person_id: int, db: AsyncConnection) -> list[int]:
    found = await promise_people.communities_where(db, person_id=person_id, action=Action.RECORD_PROMISE)
    return sorted(found)


async def _named(where: Sequence[int], db: AsyncConnection) -> Sequence[Option]:
    return [place_options.option(place) for place in await places.communities_named(db, community_ids=where)]


async def _villages(community: int, db: AsyncConnection) -> Sequence[Option]:
    villages = [place_options.option(place) for place in await places.villages(db, community_id=community)]
    return [*villages, Option(WHOLE, _("The whole community"))]


async def _needs(community: int, village: int, db: AsyncConnection) -> Sequence[Option]:
    """Needs in words where these were released; every other one by its kind only."""
    released = await promise_reading.released_needs(db, community_id=community, village_id=village or None)
    needs = [Option(f"need:{need.id}", promise_page.short(need.words)) for need in released if need.words]
    return [*needs, *(Option(f"kind:{kind}", need_words.kind(kind)) for kind in Kind)]


def _need(chosen: str | None) -> tuple[int | None, str | None]:
    what, _colon, value = (chosen or "").partition(":")
    return (int(value), None) if what == "need" else (None, value or None)


async def _speaker(chat: Chat, community: int) -> tuple[str, str]:
    role_id = await chat.pick("speaker", _("Who promised it?"), partial(_speakers, community), title=_("Who"))
    if role_id != OTHER:
        found: list[str] = await chat.look("who", partial(_official, community, role_id))
        return found[0], found[1]
    name = await chat.text("name", _("What is their name?"), longest=100, title=_("Name"))
    office = await chat.text("office", _("Which office do they hold?"), longest=100, title=_("Office"))
    return name, office


async def _officials(community: int, db: AsyncConnection) -> list[promise_people.Official]:
    municipality = await places.municipality_of(db, community_id=community)
    return [] if municipality is None else await promise_people.officials_of(db, municipality_id=municipality)


async def _speakers(community: int, db: AsyncConnection) -> Sequence[Option]:
    known = [Option(one.role_id, f"{one.name}, {one.office}") for one in await _officials(community, db)]
    return [*known, Option(OTHER, _("Somebody else"))]


async def _official(community: int, role_id: int, db: AsyncConnection) -> list[str]:
    return next([one.name, one.office] for one in await _officials(community, db) if one.role_id == role_id)


async def _made_on(chat: Chat) -> date:
    today = chat.today()
    days = [Option(today.isoformat(), _("Today")), Option((today - timedelta(days=1)).isoformat(), _("Yesterday"))]
    made = await chat.pick("made", _("When was it said?"), [*days, Option(A_DAY, _("Another day"))], title=_("When"))
    if made == A_DAY:
        made = await chat.date("made_on", _("On which day was it said?"), latest=today)
    return date.fromisoformat(made)


async def _source(chat: Chat) -> tuple[Source, Document | None, str | None]:
    """Where it was said; outside of a round table, whose minutes are written here, also by which paper."""
    places = [Option(where.value, promise_words.source(where)) for where in Source]
    source = Source(await chat.pick("source", _("Where was it promised?"), places, title=_("Where")))
    if source is Source.ROUND_TABLE:
        return source, None, None
    if source is Source.CANDIDATE:
        chat.say(_("A candidate's words are kept apart from promises and never counted with them."))
    number = await chat.text(
        "paper", _("Is there a paper of it? Please write its number or name."), longest=100, optional=_("There is none")
    )
    photo = await chat.photo("paper_photo", _("A photo of the paper?"), optional=_("No photo"))
    return source, Document(number) if number else None, photo["photo"] if photo else None


async def _due(chat: Chat, made_on: date) -> date | Vague:
    due = await chat.pick("due", _("By when was it promised?"), _dues(made_on), title=_("By when"))
    if due != A_DAY:
        return Vague(due)
    return date.fromisoformat(await chat.date("due_on", _("By which day?"), earliest=made_on))


def _dues(made_on: date) -> list[Option]:
    """A vague word is shown with the day that it is taken for, before anybody says yes to it."""
    vague = [Option(word.value, promise_words.in_short(Promise(made_on, word), word)) for word in Vague]
    return [Option(A_DAY, _("A day was named")), *vague]


async def _read_back(new: NewPromise, db: AsyncConnection) -> str:
    return "\n\n".join(
        [_("I read it back to you:"), await promise_page.head(db, new), _("Shall I write it down like this?")]
    )


ENTRY = Entry(
    "promise_record",
    promise_record,
    lambda: _("✍ Write down a promise"),
    action=Action.RECORD_PROMISE,
    in_menu=True,
)
