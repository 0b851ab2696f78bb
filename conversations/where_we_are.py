"""Where the community stands in its year: the ring, a line for each step, and what only its people can tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.place_options import option
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.year import TOLD, Progress, State, Step, coming
from domain.year import Year as Standings
from locales import _, current
from publish import year_words
from storage import places, year

MOST = 10  # marks in one go
ENOUGH = "enough"


async def where_we_are(chat: Chat) -> None:
    community_id = await _community(chat)
    if community_id is None:
        return chat.say(_("I do not know your village yet. Press its link, or ask your coordinator."))
    made = await chat.work("ring", "year_ring", {"community": community_id, "language": current()})
    text = await chat.look("text", partial(_text, chat, community_id))
    chat.send(text, photo=(made.get("photos") or [None])[0])
    if not await chat.look("tells", partial(year.may_mark, person_id=chat.person.id, community_id=community_id)):
        return
    for number in range(1, MOST + 1):
        part = chat.part(str(number))
        ask = _("Is one of these further on than I know? Then press it.")
        wish = await part.pick("wish", ask, partial(_tellable, chat, community_id))
        if wish == ENOUGH:
            return
        await _tell(part, community_id, *wish.split("."))


async def _community(chat: Chat) -> int | None:
    """Asked only where this person has to do with several."""

    async def mine(db: AsyncConnection) -> list[int]:
        return sorted(await year.shares_of(db, person_id=chat.person.id, village_id=chat.person.village_id))

    async def options(db: AsyncConnection) -> Sequence[Option]:
        return [option(place) for place in await places.communities_named(db, community_ids=await mine(db))]

    ids = await chat.look("mine", mine)
    if len(ids) > 1:
        return int(await chat.pick("community", _("Which community?"), options))
    return int(ids[0]) if ids else None


async def _standing(chat: Chat, community_id: int, db: AsyncConnection) -> Standings:
    return (await year.standing(db, where=[community_id], now=chat.now(), zone=chat.zone))[community_id]


async def _text(chat: Chat, community_id: int, db: AsyncConnection) -> str:
    standing = await _standing(chat, community_id, db)
    [community] = await places.communities_named(db, community_ids=[community_id])
    head = _("{community}, {year}").format(community=community.named(current()), year=standing.number)
    budget = year_words.milestone(*coming(chat.today()))
    return "\n\n".join([head, year_words.for_everybody(standing), year_words.listed(standing), budget])


async def _tellable(chat: Chat, community_id: int, db: AsyncConnection) -> Sequence[Option]:
    """Steps that leave no trace here: what to say of each depends on what was said before."""
    standing = await _standing(chat, community_id, db)
    found = [_option(step, standing[step].state) for step in TOLD]
    return [*found, Option(ENOUGH, _("That is all"))]


def _option(step: Step, state: State) -> Option:
    name = year_words.step(step)
    if state is State.DONE:
        return Option(f"{step}.", _("{step}: not done after all").format(step=name))
    if state is State.UNDER_WAY:
        return Option(f"{step}.{Progress.DONE}", _("{step}: done").format(step=name))
    return Option(f"{step}.{Progress.BEGUN}", _("{step}: we have begun").format(step=name))


async def _tell(chat: Chat, community_id: int, step: str, progress: str) -> None:
    mark = partial(
        year.mark,
        community_id=community_id,
        year=chat.today().year,
        step=Step(step),
        progress=Progress(progress) if progress else None,
        by=chat.person.id,
        now=chat.now(),
    )
    await chat.do("mark", mark)
    chat.say(_("Noted. Everybody sees it under “Where are we?”."))


async def _known(db: AsyncConnection, person: Person) -> bool:
    return bool(await year.shares_of(db, person_id=person.id, village_id=person.village_id))


ENTRY = Entry(
    "where_we_are",
    where_we_are,
    lambda: _("🧭 Where are we?"),
    in_menu=True,
    offered=_known,
    browsing=True,
    nudge_after=None,
    expires_after=timedelta(days=1),
)
