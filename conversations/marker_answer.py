"""The municipality's gender focal point reads what a group proposes, confirms it or says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.markers import LONGEST, Level
from domain.people import Action
from locales import _
from publish import marker_words
from storage import promise_markers, promises


async def marker_answer(chat: Chat) -> None:
    promise_id = chat.args.get("promise")
    if promise_id is None:
        promise_id = await chat.pick("promise", _("Which proposal will you read?"), partial(_options, chat))
    read = await chat.look("read", partial(_proposal, promise_id, chat.person.id))
    if read is None:
        return chat.say(_("This proposal has been answered already. Thank you."))
    said = await _said(chat, promise_id, Level(read["level"]))
    told: dict[str, Any] = {"promise_id": promise_id, "person_id": chat.person.id, "number": read["number"]}
    await chat.do("save", partial(promise_markers.answer, **told, said=said, on=chat.today(), now=chat.now()))
    chat.say(_("Thank you. Your answer stands beside the group's words."))


async def _said(chat: Chat, promise_id: int, proposed: Level) -> tuple[Level, str | None]:
    question = partial(_question, promise_id, chat.today())
    if await chat.confirm("agree", question, yes=_("Yes, I confirm it"), no=_("No, I see it otherwise")):
        return proposed, None
    levels = [Option(int(one), marker_words.level(one)) for one in Level if one is not proposed]
    level = Level(await chat.pick("level", _("How does the municipality see it?"), levels))
    why: str = await chat.text("why", _("Why? One sentence; everybody will read it."), longest=LONGEST)
    return level, why


async def _proposal(promise_id: int, person_id: int, db: AsyncConnection) -> dict[str, int] | None:
    """None where somebody has answered."""
    waiting = await promise_markers.to_answer(db, person_id=person_id)
    one = next((each for each in waiting if each.id == promise_id), None)
    proposal = promise_markers.marker(one).proposal if one else None
    if one is None or proposal is None:
        return None
    return {"number": promise_markers.proposal_number(one), "level": int(proposal.level)}


async def _question(promise_id: int, today: date, db: AsyncConnection) -> str:
    proposal = promise_markers.marker(await promises.dossier(db, promise_id=promise_id)).proposal
    said = await promise_page.said(db, promise_id=promise_id, today=today)
    lines = marker_words.proposal(proposal) if proposal else []
    return "\n\n".join([said, "\n".join(lines), _("Do you confirm it for the municipality?")])


async def _options(chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    found = await promise_markers.to_answer(db, person_id=chat.person.id)
    return promise_page.options(found, chat.today())


async def _waits(db: AsyncConnection, person: Person) -> bool:
    return bool(await promise_markers.to_answer(db, person_id=person.id))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _proposal(args["promise"], person.id, db) is not None if "promise" in args else True


ENTRY = Entry(
    "marker_answer",
    marker_answer,
    lambda: _("⚖️ What groups say of women and men"),
    action=Action.ANSWER_MARKER,
    in_menu=True,
    offered=_waits,
    reminder=True,
    nudge_after=None,
    expires_after=timedelta(days=30),
    still=_still,
)
