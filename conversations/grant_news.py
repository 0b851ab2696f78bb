"""What is told of grants: a call has opened, an application was decided, and what was done with the money."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.registry import Entry
from domain.grants import DECISIONS, Stage, Step
from locales import _, current
from publish import grant_words, money_words
from storage import grant_applications, grants, groups, needs, places


async def grant_call_news(chat: Chat) -> None:
    """To the groups of its communities, while one can still apply."""
    words = await chat.look("card", partial(_card, chat, int(chat.args["call"])))
    if words:
        chat.say(words, doors=(Door("grants", _("💶 Grants for our needs")),))


async def _card(chat: Chat, call_id: int, db: AsyncConnection) -> str | None:
    call = await grants.call(db, call_id=call_id)
    if not call.terms.takes(chat.today()):
        return None
    return _("A grant call has opened, for which your group can apply:") + "\n\n" + grant_words.card(call)


async def grant_near(chat: Chat) -> None:
    """To the group, while what it planned was not sent in."""
    words = await chat.look("near", partial(_near, int(chat.args["application"])))
    if words:
        chat.say(words, doors=(Door("grants", _("💶 Grants for our needs")),))


async def _near(application_id: int, db: AsyncConnection) -> str:
    one = await grant_applications.read(db, application_id=application_id)
    call = await grants.call(db, call_id=one.call_id)
    ask = _("Your group has planned an application and not sent it in yet. If you have sent it, please tell me.")
    return "\n".join([ask, grant_words.title(call), grant_words.until(call)])


async def _still(db: AsyncConnection, _person: Person, args: dict[str, Any], _now: datetime) -> bool:
    one = await grant_applications.read(db, application_id=int(args["application"]))
    call = await grants.call(db, call_id=one.call_id)
    return one.stage is Stage.PLANNED and not call.terms.ended


async def grant_news(chat: Chat) -> None:
    """To the village: once for each decision, and when it is done."""
    application_id, at = int(chat.args["application"]), int(chat.args["step"])
    words = await chat.look("news", partial(_news, application_id=application_id, at=at))
    if words:
        chat.say(words)


async def _news(db: AsyncConnection, *, application_id: int, at: int) -> str | None:
    """None where it was decided anew before this person could hear of it."""
    one = await grant_applications.read(db, application_id=application_id)
    if any(each.stage in DECISIONS for each in one.steps[at + 1 :]):
        return None
    call, group = await grants.call(db, call_id=one.call_id), await groups.group(db, group_id=one.group_id)
    found = await needs.public_each(db, need_ids=one.needs)
    lines = [f"• {await _where(db, each.village_id)}: {grant_words.need(each.kind, each.words)}" for each in found]
    head = _said(one.steps[at]).format(
        funder=call.funder, group=group.name if group else "", amount=money_words.lari(one.steps[at].amount or 0)
    )
    return "\n".join([head, *lines, *([one.steps[at].reason] if one.steps[at].reason else [])])


async def _where(db: AsyncConnection, village_id: int) -> str:
    village = await places.village(db, village_id=village_id)
    return village.place.named(current()) if village else ""


def _said(step: Step) -> str:
    return {
        Stage.GRANTED: _(
            "💶 Good news: {funder} gives {amount} for what your village needs. “{group}” had applied for:"
        ),
        Stage.REFUSED: _("{funder} has decided: this time there is no grant. “{group}” had applied for:"),
        Stage.LATER: _("{funder} has not decided yet and will come back to it. “{group}” has applied for:"),
        Stage.DONE: _("✅ It is done, with the grant of {funder}. “{group}” had applied for:"),
    }[step.stage]


ENTRIES = (
    Entry("grant_call_news", grant_call_news, lambda: _("A grant call has opened"), notice=True),
    Entry(
        "grant_near",
        grant_near,
        lambda: _("An application waits to be sent"),
        notice=True,
        reminder=True,
        still=_still,
    ),
    Entry("grant_news", grant_news, lambda: _("News of a grant"), notice=True),
)
