"""A coordinator opens a grant call: who gives how much, for which needs, where and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_options
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from domain import money
from domain.grants import CRITERIA, NAME
from domain.people import Action
from locales import _
from publish import need_words
from storage import grants, places, promise_people
from storage.grants import New

ALL, SOME = "all", "some"
POINTS = (0, 5, 10, 15, 20)


async def grant_open(chat: Chat) -> None:
    funder = await chat.text("funder", _("Who gives the grant?"), longest=NAME, title=_("Who gives it"))
    name = await chat.text("name", _("What is the call named?"), longest=NAME, title=_("Name"))
    amount = await chat.number(
        "amount", _("How much money is in the whole call, in lari?"), least=1, most=money.MOST, title=_("Lari")
    )
    ask = _("What is it for, and by which criteria is it decided?")
    criteria = await chat.text("criteria", ask, longest=CRITERIA, title=_("Criteria"))
    deadline = await chat.date("deadline", _("Until when can one apply?"), earliest=chat.today(), title=_("Last day"))
    communities = await _area(chat)
    kinds = await _kinds(chat)
    ask = _("Does the committee prefer needs that were found by a survey? How many points of a hundred does one bring?")
    points = await chat.pick("points", ask, [Option(each, str(each)) for each in POINTS], title=_("Points"))
    if not await chat.confirm("sure", _("Shall I open this call? The groups there hear of it."), yes=_("Yes, open it")):
        return chat.say(_("Nothing was written down."))
    new = New(funder, name, int(amount), criteria, date.fromisoformat(deadline), communities, kinds, int(points))
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now(), "today": chat.today()}
    call_id = await chat.do("open", partial(grants.open_, new=new, **who))
    chat.say(_("The call is open, and the groups hear of it. Now let the committee in: each of them by a link."))
    chat.go_on("grant_calls", call=int(call_id))


async def _area(chat: Chat) -> list[int]:
    where = await chat.look("where", partial(_reach, person_id=chat.person.id))
    if len(where) > 1:
        options = [Option(ALL, _("For all of them")), Option(SOME, _("For some"))]
        if await chat.pick("area", _("For which communities is it?"), options) == ALL:
            return [int(each) for each in where]
        chosen = await chat.pick_many("communities", _("Which communities?"), partial(_named, where), title=_("Where"))
        return [int(each) for each in chosen]
    return [int(each) for each in where]


async def _reach(db: AsyncConnection, *, person_id: int) -> list[int]:
    return sorted(await promise_people.communities_where(db, person_id=person_id, action=Action.OPEN_GRANT_CALL))


async def _named(where: Sequence[int], db: AsyncConnection) -> Sequence[Option]:
    return [place_options.option(each) for each in await places.communities_named(db, community_ids=where)]


async def _kinds(chat: Chat) -> list[str]:
    options = [Option(ALL, _("For needs of every kind")), Option(SOME, _("For some kinds"))]
    if await chat.pick("of", _("For which needs?"), options) == ALL:
        return []
    kinds = [Option(kind.value, words) for kind, words in need_words.kinds().items()]
    return list(await chat.pick_many("kinds", _("Which kinds?"), kinds, title=_("Kinds")))


ENTRY = Entry("grant_open", grant_open, lambda: _("A new grant call"), action=Action.OPEN_GRANT_CALL)
