"""A group applies in a call, with needs of its own villages that have no money yet."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.place_options import Choices
from conversations.promise_page import short
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.grants import MOST_NEEDS
from domain.people import Action
from locales import _, current
from publish import grant_words
from storage import grant_applications, grants, groups

READ = 12  # needs are read in full in one message


async def grant_apply(chat: Chat) -> None:
    call_id = int(chat.args["call"])
    mine: list[list[Any]] = await chat.look("groups", partial(_applicants, chat=chat, call_id=call_id))
    group_id = mine[0][0] if mine else None
    if len(mine) > 1:
        group_id = await chat.pick("group", _("For which group?"), [Option(*each) for each in mine])
    where = partial(_open, chat=chat, call_id=call_id, group_id=group_id)
    if group_id is None or not await chat.look("any_open", partial(_any_of, where)):
        return chat.say(_("There is no need in your villages that fits this call and has no money yet."))
    page = partial(_card, chat=chat, call_id=call_id, group_id=int(group_id))
    chosen = await chat.pick_many("needs", page, where, at_most=MOST_NEEDS)
    if not await chat.confirm("sure", _("Shall I write down that your group applies with this?")):
        return chat.say(_("Nothing was written down."))
    here: dict[str, Any] = {"call_id": call_id, "group_id": int(group_id), "need_ids": [int(each) for each in chosen]}
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now(), "today": chat.today()}
    made = await chat.do("make", partial(grant_applications.make, **here, **who))
    chat.say(_("It is written down as planned. Take the evidence along, and tell me here once you have sent it in."))
    chat.go_on("grants", application=int(made))


async def _any_of(options: Choices, db: AsyncConnection) -> bool:
    return bool(await options(db))


async def _applicants(db: AsyncConnection, *, chat: Chat, call_id: int) -> list[list[Any]]:
    call = await grants.call(db, call_id=call_id)
    return [
        [each.id, each.name]
        for each in await groups.groups_of(db, person_id=chat.person.id, action=Action.APPLY_FOR_GRANT)
        if each.community.id in call.communities
    ]


async def _found(db: AsyncConnection, *, chat: Chat, call_id: int, group_id: int | None) -> list[tuple[int, str]]:
    call = await grants.call(db, call_id=call_id)
    who: dict[str, Any] = {"call": call, "group_id": int(group_id or 0), "by": chat.person.id, "today": chat.today()}
    found = await grant_applications.choices(db, **who)
    return [(each.need_id, _line(each.village.place.named(current()), each)) for each in found]


async def _open(db: AsyncConnection, *, chat: Chat, call_id: int, group_id: int | None) -> list[Option]:
    return [
        Option(number, short(line)) for number, line in await _found(db, chat=chat, call_id=call_id, group_id=group_id)
    ]


def _line(village: str, one: Any) -> str:
    place = f", {one.place}" if one.place else ""
    return f"{village}{place}. {grant_words.need(one.kind, one.words)}"


async def _card(db: AsyncConnection, *, chat: Chat, call_id: int, group_id: int) -> str:
    """With the needs in full, as far as they do not fit on a button."""
    found = await _found(db, chat=chat, call_id=call_id, group_id=group_id)
    lines = [f"• {line}" for _number, line in found[:READ] if line != short(line)]
    ask = _("With which needs does your group apply?")
    return "\n\n".join(
        [grant_words.card(await grants.call(db, call_id=call_id)), *filter(None, ["\n".join(lines)]), ask]
    )


ENTRY = Entry("grant_apply", grant_apply, lambda: _("An application for a grant"), action=Action.APPLY_FOR_GRANT)
